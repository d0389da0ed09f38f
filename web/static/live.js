// Shows what is found while somebody writes: a segment's people, a search. Without JavaScript the button does the same.
// `data-live` says how long the writer has to pause, in milliseconds; `data-keep` puts the question into the address.
const field = document.querySelector("[data-live]");
const pause = Number(field.dataset.live) || 500;
let timer, asked = 0;

async function show() {
  const mine = ++asked;
  const address = new URL(field.form.action);
  address.searchParams.set("q", field.value);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const copy = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = copy.getElementById("found");
  if (mine !== asked || !fresh) return;
  document.getElementById("found").replaceWith(document.importNode(fresh, true));
  if ("keep" in field.dataset) history.replaceState(null, "", address);
}

field.addEventListener("input", () => {
  const saved = document.getElementById("query");
  if (saved) saved.value = field.value;
  clearTimeout(timer);
  timer = setTimeout(() => show().catch(() => { /* offline for a moment: the next letter tries again */ }), pause);
});
