// Photos chosen and not yet sent stay on a phone: it may end a page while its camera is open, and they are nowhere else.
// Only for who chose them, for a day, until they are sent, not wanted, or that person signs out;
// whatever page opens for somebody else, or a day later, erases them.
// Not at a desk: the files lie on its disk, and others sit at it.
"use strict";

const KEPT_MS = 24 * 3600 * 1000;
const NAME = "scans";

const keptScans = (() => {
  const box = document.getElementById("upload");
  const whose = { who: document.querySelector("[data-who]")?.dataset.who, place: location.pathname + location.search };
  const is_phone = matchMedia("(pointer: coarse)").matches;
  const mine = new Set(); // kept by this page itself: not offered to it
  let opened;

  const answer = (asked) =>
    new Promise((done, failed) => {
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });

  function database() {
    opened ??= (async () => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(NAME, { keyPath: "key", autoIncrement: true });
      const found = await answer(asked);
      found.onversionchange = () => found.close(); // signed out in another tab
      return found;
    })();
    return opened;
  }

  const ask = async (mode, deed) => answer(deed((await database()).transaction(NAME, mode).objectStore(NAME)));

  // A browser that keeps nothing (a private window, a full disk) sends photos all the same.
  async function keep(file) {
    if (!is_phone) return null;
    try {
      const key = await ask("readwrite", (store) => store.add({ ...whose, at: Date.now(), file }));
      mine.add(key);
      return key;
    } catch {
      return null;
    }
  }

  async function forget(kept) {
    const key = await kept;
    if (key) await ask("readwrite", (store) => store.delete(key)).catch(() => {});
  }

  async function left() {
    const all = await ask("readonly", (store) => store.getAll()).catch(() => []);
    const is_strange = (one) => whose.who !== undefined && one.who !== whose.who; // nobody signed in: who chose them may
    const is_over = (one) => is_strange(one) || Date.now() - one.at > KEPT_MS;
    all.filter(is_over).forEach((one) => forget(one.key));
    return all.filter((one) => !is_over(one) && !mine.has(one.key));
  }

  const button = (text, deed) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", deed);
    return made;
  };

  function line(text, ...buttons) {
    const made = Object.assign(document.createElement("p"), { className: "notice", role: "status" });
    made.append(text, " ", ...buttons);
    box.querySelector(".drop").before(made);
    return made;
  }

  // What was chosen here before, and on the page of another paper: each is offered where it belongs.
  async function offer(take) {
    const found = await left();
    const here = found.filter((one) => one.place === whose.place);
    const forget_all = (some) => some.forEach((one) => forget(one.key));
    if (here.length) {
      const told = line(
        `上次在这里选的 ${here.length} 张还没有传。`,
        button("取来接着传", () => {
          told.remove();
          take(here.map((one) => one.file));
          forget_all(here);
        }),
        button("不要了", () => {
          told.remove();
          forget_all(here);
        }),
      );
    }
    for (const place of new Set(found.map((one) => one.place))) {
      if (place === whose.place) continue;
      const link = Object.assign(document.createElement("a"), { href: place, textContent: "到那一页接着传" });
      line(`另有 ${found.filter((one) => one.place === place).length} 张是在另一份材料那里选的，还没有传。`, link);
    }
  }

  async function tidy() {
    try {
      const known = await indexedDB.databases?.();
      if (!known || known.some((one) => one.name === NAME)) await left();
    } catch {
      // A browser that keeps nothing.
    }
  }

  return { keep, forget, offer, tidy };
})();

keptScans.tidy();
document.querySelector("form.who")?.addEventListener("submit", () => indexedDB.deleteDatabase("scans"));
