// Shows which button a form is on its way with. Where the page stays, as with a preview in a frame, nothing is shown.
addEventListener("submit", ({ target: form, submitter, defaultPrevented }) => {
  if (submitter && !defaultPrevented && !form.target && !submitter.formTarget) submitter.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", ({ persisted }) => { // when somebody comes back to it
  if (persisted) document.querySelectorAll("button[aria-busy]").forEach((each) => each.removeAttribute("aria-busy"));
});
