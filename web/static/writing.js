// Presses Preview while somebody types, and keeps their draft every few seconds. Without JavaScript both are buttons.
const form = document.querySelector("form[data-writing]");
const preview = form.querySelector("[data-preview]");
const kept = document.getElementById("kept");
const autosave = form.dataset.autosave;
let shown = 0;
let saving = 0;
let last = text();

function text() {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "since"));
}

function say(words) {
  if (kept) kept.textContent = words;
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
      say("Kept at " + new Date().toLocaleTimeString());
    } else {
      say(told.problem || "Not kept.");
    }
  } catch {
    say("Not kept: the server cannot be reached. It tries again as you type.");
  }
}

form.addEventListener("input", () => {
  clearTimeout(shown);
  shown = setTimeout(() => form.requestSubmit(preview), 600);
  if (!autosave) return;
  clearTimeout(saving);
  saving = setTimeout(keep, 3000);
});
form.requestSubmit(preview);
