/* Beside each number a slider that says the same. Without this the numbers are typed. */
function addSliders(place) {
  for (const field of place.querySelectorAll("[data-slider]")) {
    if (field.previousElementSibling?.type === "range") continue;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: field.min, max: field.max, step: field.dataset.slider });
    slider.value = field.value;
    slider.className = "slider";
    slider.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? "");
    slider.addEventListener("input", () => { field.value = slider.value; });
    slider.addEventListener("change", () => field.form.requestSubmit());
    field.addEventListener("input", () => { slider.value = field.value; });
    field.before(slider);
  }
}
document.addEventListener("htmx:load", (event) => addSliders(event.target));
addSliders(document);
