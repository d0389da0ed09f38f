// Shows whom a segment finds while somebody writes it. Without JavaScript the button does the same.
const field = document.querySelector("[data-live]");
let timer, asked = 0;

async function show() {
  const mine = ++asked;
  const address = new URL(field.form.action);
  address.searchParams.set("q", field.value);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const copy = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = copy.getElementById("found");
  if (mine === asked && fresh) document.getElementById("found").replaceWith(document.importNode(fresh, true));
}

field.addEventListener("input", () => {
  const saved = document.getElementById("query");
  if (saved) saved.value = field.value;
  clearTimeout(timer);
  timer = setTimeout(() => show().catch(() => { /* offline for a moment: the next letter tries again */ }), 500);
});
