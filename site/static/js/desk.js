/* Keys at the desk: j and k walk the comments, x ticks, a lets stand, r goes to the reason, and Enter there takes
   down: a writer is told at once, so one key alone never does it. Its buttons do the same without. */
(() => {
  const form = document.querySelector("[data-desk]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-desk-row]")];
  const box = (row) => row.querySelector('input[type="checkbox"][name="comment"]:not(:disabled)');
  const why = form.elements.why;
  let here = -1;

  const goTo = (place) => {
    here = Math.max(0, Math.min(place, rows.length - 1));
    const row = rows[here];
    (box(row) || row).focus();
    row.scrollIntoView({ block: "nearest" });
  };

  const ticked = () => {
    if (rows.some((row) => box(row)?.checked)) return true;
    if (here < 0 || !box(rows[here])) return false;
    box(rows[here]).checked = true;
    return true;
  };

  const decide = (act) => {
    if (!ticked()) return;
    form.requestSubmit(form.querySelector(`button[name="act"][value="${act}"]`));
  };

  const keys = {
    j: () => goTo(here + 1),
    k: () => goTo(here - 1),
    x: () => { if (here >= 0) box(rows[here])?.click(); },
    a: () => decide("approve"),
    r: () => { if (ticked()) why.focus(); },
  };

  form.addEventListener("focusin", (event) => {
    const place = rows.findIndex((row) => row.contains(event.target));
    if (place >= 0) here = place;
  });

  why.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();  // Enter would press the first button, which lets them stand
    if (!event.repeat) decide("remove");
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]');
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
