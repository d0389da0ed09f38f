// Keeps what moves up to date: every element marked `data-fresh` is replaced by what the server sends when it changes,
// until none is marked. Where no stream is to be had, the page asks for itself now and then instead, waiting longer than
// the server took. What somebody is using is left alone until they go on, and it rests while nobody looks. What an
// element `data-says` is spoken when it changes, and nothing else. Without JavaScript the page loads itself again.
const ROUNDS = 10; // of asking, before a stream is tried again
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const kept = new Map();
const marked = () => [...document.querySelectorAll("[data-fresh]")].filter((each) => !kept.has(each.id));
const address = () => document.querySelector("[data-at]")?.dataset.at || location.href; // an answer to a form has none
const voice = document.createElement("p");

function element(markup) {
  const holder = document.createElement("template");
  holder.innerHTML = markup;
  return holder.content.firstElementChild;
}

function put(id, fresh) {
  const old = document.getElementById(id);
  if (!old || !fresh) return;
  if (old.contains(document.activeElement)) return kept.set(id, fresh);
  kept.delete(id);
  const opened = [...old.querySelectorAll("details")].map((each) => each.open);
  fresh.querySelectorAll("details").forEach((each, place) => { each.open ||= opened[place]; });
  if (fresh.dataset.says !== old.dataset.says) voice.textContent = fresh.dataset.says || "";
  old.replaceWith(fresh);
}

async function refresh() {
  const answer = await fetch(address(), { headers: { Accept: "text/html" } });
  if (answer.redirected) return false;
  const copy = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of marked()) {
    const fresh = copy.getElementById(old.id);
    if (fresh) put(old.id, document.importNode(fresh, true));
    else old.remove();
  }
  return true;
}

async function ask() {
  for (let round = 0; round < ROUNDS && marked().length; round += 1) {
    const started = performance.now();
    try {
      if (!document.hidden && !(await refresh())) return;
    } catch { /* offline for a moment: the next round tries again */ }
    await wait(Math.max(2000, 5 * (performance.now() - started)));
  }
  listen();
}

async function renew() {
  rest();
  try { await refresh(); } catch { /* the stream will say it again */ }
  await wait(500);
  listen();
}

let source;
function listen() {
  if (!marked().length || document.hidden || source) return;
  source = new EventSource(address());
  source.addEventListener("parts", ({ data }) => {
    const parts = JSON.parse(data);
    for (const [id, markup] of Object.entries(parts)) if (markup) put(id, element(markup));
    if (marked().some((each) => !(each.id in parts))) renew();
  });
  source.addEventListener("error", () => { if (source?.readyState === EventSource.CLOSED) { rest(); ask(); } });
}

function rest() {
  source?.close();
  source = undefined;
}

voice.className = "trap";
voice.setAttribute("role", "status");
document.querySelector("main").append(voice);
document.addEventListener("focusout", () => setTimeout(() => {
  kept.forEach((fresh, id) => put(id, fresh));
  listen();
}));
document.addEventListener("stirred", listen); // somebody has marked more
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
listen();
