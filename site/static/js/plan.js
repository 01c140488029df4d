/* Days of a schedule, dragged: each section's day gets a slider on one common line of days. Nothing is sent before the
   form is: the sliders write into its date fields. Without this file the days are typed. */
const DAY = 86_400_000, WEEK = 7;
const whole = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

/* Where there is room for all lines beside one another none of them is folded. */
const roomy = matchMedia("(min-width: 48rem)").matches;

for (const form of document.querySelectorAll("[data-plan]")) {
  if (roomy) for (const one of form.querySelectorAll(".plan__one")) one.open = true;
  const rows = [...form.querySelectorAll("fieldset")].map((place) => {
    const field = place.querySelector("[type=date]");
    const slider = Object.assign(document.createElement("input"), { type: "range", className: "plan__slide", step: 1 });
    slider.setAttribute("aria-label", `${place.querySelector("legend").textContent}: ${field.labels[0].firstChild.textContent.trim()}`);
    place.querySelector(".plan__fields").append(slider);
    return { field, slider, told: place.querySelector("[data-plan-day]") };
  });
  const along = form.querySelector("[data-plan-along]");
  const day = (row) => (row.field.value ? Date.parse(row.field.value) / DAY : null);
  const dated = () => rows.filter((row) => day(row) !== null);

  /* One line for all, from a week before the first day to four weeks after the last. */
  function draw() {
    const days = dated().map(day);
    const [from, to] = [Math.min(...days) - WEEK, Math.max(...days) + 4 * WEEK];
    for (const row of rows) {
      row.slider.hidden = day(row) === null;
      if (row.slider.hidden) continue;
      Object.assign(row.slider, { min: from, max: to, value: day(row) });
      say(row);
    }
    form.querySelector("[data-plan-how]").hidden = !days.length;
  }
  function say(row) {
    row.slider.setAttribute("aria-valuetext", whole.format(day(row) * DAY));
  }
  function tell(row) {
    row.told.textContent = day(row) === null ? "" : whole.format(day(row) * DAY);
  }
  function put(row, number) {
    row.field.value = new Date(number * DAY).toISOString().slice(0, 10);
    row.slider.value = number;
    say(row);
    tell(row);
  }
  /* Sections keep their order: those in the way make room, or all that follow move along. */
  function move(row, to) {
    const all = dated(), at = all.indexOf(row), by = to - day(row);
    put(row, to);
    all.forEach((other, place) => {
      if (place > at && along.checked) put(other, day(other) + by);
      else if (place > at && day(other) < to) put(other, to);
      else if (place < at && day(other) > to) put(other, to);
    });
  }
  for (const row of rows) {
    row.slider.addEventListener("input", () => move(row, row.slider.valueAsNumber));
    row.slider.addEventListener("change", draw);
    row.slider.addEventListener("keydown", (event) => {
      const by = { PageUp: WEEK, PageDown: -WEEK }[event.key];
      if (!by) return;
      event.preventDefault();
      move(row, day(row) + by);
      draw();
    });
    row.field.addEventListener("change", () => { tell(row); draw(); });
  }
  draw();
}
