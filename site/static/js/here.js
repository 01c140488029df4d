/* The time zone of this device goes along with a subscription, so that letters come at eight in the reader's morning.
   Without it the site's own zone is taken, and can be changed on the page of one's choices. */
document.addEventListener("submit", tellWhere, true);
document.addEventListener("htmx:configRequest", (event) => {
  const field = event.target.querySelector?.("[data-here]");
  if (field) event.detail.parameters[field.name] = here();
});
function tellWhere(event) {
  const field = event.target.querySelector("[data-here]");
  if (field) field.value = here();
}
function here() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "";
}
