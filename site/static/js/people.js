/* Small helps for allies. Every page works without them. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
}
/* A newcomer's time zone is the one of their device, unless the server already knows better. */
for (const form of document.querySelectorAll("[data-guess-zone]")) {
  const select = form.querySelector("select[name=timezone]");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (form.querySelector("[aria-invalid]") || !select) continue;
  if ([...select.options].some((option) => option.value === here)) select.value = here;
}
