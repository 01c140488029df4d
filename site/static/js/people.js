/* Small helps for allies. Every page works without them. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ url: button.dataset.share }).catch(() => {}));
}
/* A newcomer's time zone is the one of their device, unless the server already knows better. */
for (const form of document.querySelectorAll("[data-guess-zone]")) {
  const select = form.querySelector("select[name=timezone]");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (form.querySelector("[aria-invalid]") || !select) continue;
  if ([...select.options].some((option) => option.value === here)) select.value = here;
}
/* A word of others goes into the field in place of the one being typed. */
for (const field of document.querySelectorAll("[data-tags]")) {
  const input = field.querySelector("input");
  field.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-tag]");
    if (!chosen) return;
    const words = input.value.split(",").slice(0, -1).map((word) => word.trim());
    input.value = [...words, chosen.dataset.tag].filter(Boolean).join(", ") + ", ";
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
