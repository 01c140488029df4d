/* Printing, copying an article's address, and players that are loaded only when somebody asks. Every page works without it. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-copy-address]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copyAddress);
    for (const place of [button.querySelector("span"), button.nextElementSibling]) place.textContent = button.dataset.done;
  });
}
for (const film of document.querySelectorAll("[data-player]")) {
  const button = film.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = film.dataset.title;
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
    frame.src = film.dataset.player;
    film.querySelector("img")?.remove();
    film.prepend(frame);
    button.remove();
    frame.focus();
  });
}
