// Keeps what moves up to date: every element marked `data-fresh` is replaced by its like from a fresh copy of the page,
// until a copy has none. It waits longer than the server took, leaves alone whatever somebody is using, and rests while
// nobody looks. Without JavaScript the page loads itself again.
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const marked = () => [...document.querySelectorAll("[data-fresh]")];

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected) return false;
  const copy = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of marked()) {
    const fresh = copy.getElementById(old.id);
    if (fresh && !old.contains(document.activeElement)) old.replaceWith(document.importNode(fresh, true));
  }
  return true;
}

async function keepFresh() {
  while (marked().length) {
    const started = performance.now();
    try {
      if (!document.hidden && !(await refresh())) return;
    } catch { /* offline for a moment: the next round tries again */ }
    await wait(Math.max(2000, 5 * (performance.now() - started)));
  }
}

setTimeout(keepFresh, 2000);
