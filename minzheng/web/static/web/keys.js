// Keys for what a mouse does; ? lists those of the page. None of them works inside a field.
"use strict";

const KEY_NAMES = { ArrowLeft: "←", ArrowRight: "→" };
const HITS = ".hit h2 a, .doubts .doubt-head > a, .lines a, table.plain tbody tr:has(a, button, input)";

const is_written_in = (place) => place.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

/** Go to the next or the last of the things listed. */
function step(by) {
  const stops = [...document.querySelectorAll(HITS)]
    .map((one) => (one.matches("tr") ? one.querySelector("a, button, input") : one))
    .filter((one) => one?.checkVisibility());
  if (!stops.length) return;
  const here = stops.findIndex((one) => one === document.activeElement || one.closest("article, li, tr")?.contains(document.activeElement));
  const next = stops[Math.max(0, Math.min(stops.length - 1, here < 0 ? 0 : here + by))];
  next.focus();
  next.scrollIntoView({ block: "center" });
}

/** Tick what stands in the row or card that has the focus. */
function tick() {
  const row = document.activeElement?.closest("article, li, tr");
  row?.querySelector('input[type="checkbox"]')?.click();
}

const EVERYWHERE = [
  { keys: ["/"], told: "到查找框", has: () => document.querySelector('main input[type="search"]'), go: (box) => box.focus() },
  { keys: ["j"], told: "下一件", has: () => document.querySelector(HITS), go: () => step(1) },
  { keys: ["k"], told: "上一件", has: () => document.querySelector(HITS), go: () => step(-1) },
  { keys: ["x"], told: "勾选这一件", has: () => document.querySelector('main :is(article, li, tr) input[type="checkbox"]'), go: tick },
  { keys: ["["], told: "前一页", has: () => document.querySelector('main [rel="prev"]'), go: (link) => link.click() },
  { keys: ["]"], told: "后一页", has: () => document.querySelector('main [rel="next"]'), go: (link) => link.click() },
];

function of_buttons() {
  return [...document.querySelectorAll("[data-key]")].map((one) => ({
    keys: [one.dataset.key],
    told: one.getAttribute("aria-label") || one.textContent.trim(),
    has: () => one,
    go: () => one.click(),
  }));
}

const known_keys = () => [...of_buttons(), ...EVERYWHERE].filter((one) => one.has());

function show_keys() {
  let shown = document.querySelector("dialog.keys");
  if (shown) {
    shown.open ? shown.close() : shown.showModal();
    return;
  }
  shown = document.createElement("dialog");
  shown.className = "keys";
  shown.setAttribute("aria-label", "这一页的键");
  const rows = known_keys().map((one) => [KEY_NAMES[one.keys[0]] ?? one.keys[0].toUpperCase(), one.told]);
  const always = [["Tab、Shift+Tab", "到下一个、上一个按钮或链接"], ["Enter、空格", "按下它"], ["?", "显示、收起这张表"]];
  const title = document.createElement("h2");
  title.textContent = "这一页的键";
  const list = document.createElement("dl");
  for (const [key, told] of [...rows, ...always]) {
    const term = document.createElement("dt");
    const says = document.createElement("dd");
    term.textContent = key;
    says.textContent = told;
    list.append(term, says);
  }
  const close = document.createElement("button");
  close.textContent = "收起";
  close.addEventListener("click", () => shown.close());
  shown.append(title, list, close);
  document.body.append(shown);
  shown.showModal();
}

document.addEventListener("keydown", (event) => {
  if (is_written_in(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "?") {
    event.preventDefault();
    show_keys();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  const pressed = event.key === "=" ? "+" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // In a page that is wider than its window the arrows push it about.
  const sheet = event.target.closest?.(".sheet");
  if (sheet && sheet.scrollWidth > sheet.clientWidth && pressed.startsWith("Arrow")) return;
  const found = known_keys().find((one) => one.keys.includes(pressed));
  if (found) {
    event.preventDefault();
    found.go(found.has());
  }
});
