// Puts a picture where the caret is while somebody writes: one at hand, or one that it uploads. Without JavaScript it goes to
// the end of the letter, or its page shows what to copy.
const upload = document.getElementById("upload");
const panel = document.getElementById("picture");
const told = document.getElementById("picture-told");
const letter = document.getElementById("body");
const { file, alt } = upload.elements;
let isBegun = false;

function take(files) {
  panel.open = true;
  if (!file.accept.split(",").includes(files[0].type)) {
    told.textContent = `${files[0].name} is no picture that mail programs show: a PNG, JPEG, GIF or WebP is.`;
    return panel.scrollIntoView({ block: "nearest" });
  }
  file.files = files;
  told.textContent = `${files[0].name}: say what it shows, then upload it.`;
  alt.focus();
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
// Office programs offer a picture of words beside the words: then the words are meant.
letter.addEventListener("paste", (event) => {
  const { files } = event.clipboardData;
  if (!files.length || event.clipboardData.getData("text/plain")) return;
  event.preventDefault();
  take(files);
});
// Anywhere on the page, since a browser would leave it for a picture that falls beside the letter; its own field takes one.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (event.target === file || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    if (kind === "drop" && event.dataTransfer.files.length) take(event.dataTransfer.files);
  });
}
