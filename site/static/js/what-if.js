/* Beside each number a slider that says the same. Without this the numbers are typed. It only sets the number: every
   answer is work for a machine, so nothing is asked before the button (or Enter) is pressed. */
function addSliders(place) {
  for (const field of place.querySelectorAll("[data-slider]")) {
    if (field.previousElementSibling?.type === "range") continue;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: field.min, max: field.max, step: field.dataset.slider });
    slider.id = `${field.id}_slider`;
    slider.value = field.value;
    slider.className = "slider";
    slider.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? "");
    slider.addEventListener("input", () => { field.value = slider.value; });
    slider.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      field.form.requestSubmit();
    });
    field.addEventListener("input", () => { slider.value = field.value; });
    field.before(slider);
  }
}
/* The answer brings the form anew. htmx puts the focus back by id, but the sliders are not there yet when it does. */
let held = "";
document.addEventListener("htmx:beforeSwap", () => { held = document.activeElement?.id ?? ""; });
document.addEventListener("htmx:load", (event) => {
  addSliders(event.target);
  if (held && document.activeElement === document.body) document.getElementById(held)?.focus({ preventScroll: true });
  held = "";
});
addSliders(document);
