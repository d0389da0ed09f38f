// Puts a picture where the caret is while somebody writes: one at hand, or one that it uploads. Without JavaScript it goes to
// the end of the letter, or its page shows what to copy.
const upload = document.getElementById("upload");
const panel = document.getElementById("picture");
const told = document.getElementById("picture-told");
const letter = document.getElementById("body");
const { file, alt } = upload.elements;
let isBegun = false;

function take(files) {
  if (!files.length) return false;
  file.files = files;
  panel.open = true;
  told.textContent = `${files[0].name || "The picture"}: say what it shows, then upload it.`;
  alt.focus();
  return true;
}

// In a paragraph of its own; at the end, until somebody has been in the letter.
function putIn(words) {
  const { value } = letter;
  const [start, end] = isBegun ? [letter.selectionStart, letter.selectionEnd] : [value.length, value.length];
  const before = start === 0 || value.endsWith("\n", start) ? "" : "\n\n";
  const after = value.startsWith("\n", end) ? "" : "\n\n";
  letter.focus();
  letter.setRangeText(before + words + after, start, end, "end");
  letter.dispatchEvent(new Event("input", { bubbles: true }));
}

async function send() {
  told.textContent = "It is being uploaded …";
  try {
    const answer = await fetch(upload.action, { method: "POST", body: new FormData(upload), headers: { Accept: "application/json" } });
    const said = await answer.json();
    told.textContent = answer.ok ? "It stands in the letter." : said.problem || "It could not be uploaded: it may be too large.";
    if (!answer.ok) return;
    upload.reset();
    putIn(said[document.getElementById("format").value]);
  } catch {
    told.textContent = "It could not be uploaded: it is larger than 10 MB, or the server cannot be reached.";
  }
}

for (const button of panel.querySelectorAll("button[name=picture]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    putIn(button.dataset[document.getElementById("format").value]);
    told.textContent = "It stands in the letter.";
  });
}
upload.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
letter.addEventListener("focus", () => { isBegun = true; });
letter.addEventListener("paste", (event) => {
  if (take(event.clipboardData.files)) event.preventDefault();
});
letter.addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) event.preventDefault();
});
letter.addEventListener("drop", (event) => {
  if (take(event.dataTransfer.files)) event.preventDefault();
});
