// Presses Preview while somebody types, keeps their draft every few seconds and at Ctrl+S, asks before they leave what is
// not kept, and has what is found told beside it. A finding leads to its words. Without JavaScript Preview and Save are
// buttons, and a finding leads to its field.
const form = document.querySelector("form[data-writing]");
const preview = form.querySelector("[data-preview]");
const kept = document.getElementById("kept");
const autosave = form.dataset.autosave;
let shown = 0;
let saving = 0;
let last = text();
let isSent = false;

function text() {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "since" && name !== "line"));
}

function say(words) {
  if (kept) kept.textContent = words;
}

function look() {
  const checks = document.getElementById("checks");
  if (!checks) return;
  checks.dataset.fresh = "";
  document.dispatchEvent(new Event("stirred"));
}

async function keep() {
  const now = text();
  if (now === last) return;
  try {
    const answer = await fetch(autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) {
      form.elements.since.value = told.since;
      last = now;
      look();
      say("Kept at " + new Date().toLocaleTimeString());
    } else {
      say(told.problem || "Not kept.");
    }
  } catch {
    say("Not kept: the server cannot be reached. It tries again as you type.");
  }
}

// The preview shows what is being written.
form.addEventListener("formdata", ({ formData }) => {
  const { value, selectionEnd } = form.elements.body ?? { value: "", selectionEnd: 0 };
  formData.set("line", value.slice(0, selectionEnd).split("\n").length - 1);
});
form.addEventListener("input", () => {
  clearTimeout(shown);
  shown = setTimeout(() => form.requestSubmit(preview), 600);
  if (!autosave) return;
  clearTimeout(saving);
  saving = setTimeout(keep, 3000);
});
form.addEventListener("submit", ({ submitter }) => { isSent = submitter !== preview; });
window.addEventListener("beforeunload", (event) => { if (!isSent && text() !== last) event.preventDefault(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (autosave) keep();
  else form.requestSubmit();
});
document.getElementById("checks")?.parentElement.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-place]");
  const field = link && form.elements[link.hash.slice(1)];
  if (!field) return;
  event.preventDefault();
  for (let each = field.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
  const start = field.value.indexOf(link.dataset.place);
  if (start >= 0) field.setSelectionRange(start, start + link.dataset.place.length);
  field.blur();
  field.focus();
});
form.requestSubmit(preview);
