// What is wrong with the page that is open; run by script/page_sweep.py at each size.
({ size }) => {
  const told = [];
  const LEAST_GAP = 16; // px between cards; 20 is wanted, borders and rounding take some
  const seen = (one) => {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    if (!one.checkVisibility()) return false;
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && style.opacity !== "0";
  };
  const named = (one) => {
    const text = one.textContent.trim().replace(/\s+/g, " ").slice(0, 24);
    return `<${one.tagName.toLowerCase()} class="${one.className}"> ${text}`;
  };
  const main = document.querySelector("main") ?? document.body;

  const header = document.querySelector("header.top");
  if (header && !header.querySelector("form.who")) told.push("the header knows nobody");

  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) {
    const far = [...document.querySelectorAll("body *")].filter(
      (one) => seen(one) && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"),
    );
    told.push(`wider than the screen (${wide}) ${far.length ? named(far.at(-1)) : ""}`);
  }

  // Nothing is dragged sideways inside the page either; what is laid out for paper is, and at a
  // desk the rows of a register, whose last column stays in view.
  const sheets = size === "wide" ? ".sheet-head, .register-rows" : ".sheet-head";
  for (const box of [...main.querySelectorAll(".scroll")].filter(seen)) {
    if (box.scrollWidth > box.clientWidth + 1 && !box.querySelector(sheets)) {
      told.push(`scrolls sideways (${box.scrollWidth} in ${box.clientWidth}) ${named(box)}`);
    }
  }

  // Text that stands one character beside the next only downwards.
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const narrow = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const owner = node.parentElement;
    if (node.data.trim().length < 4 || !seen(owner) || owner.closest("svg, select, script, style")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const letter = parseFloat(getComputedStyle(owner).fontSize);
    if (getComputedStyle(owner).writingMode.startsWith("vertical")) continue;
    if (box.width < 1.7 * letter && box.height > 4.5 * letter) narrow.add(named(owner));
  }
  for (const one of [...narrow].slice(0, 3)) told.push(`one character wide ${one}`);

  // Cells whose words run over their neighbour.
  const over = [...main.querySelectorAll("th, td")].filter((cell) => {
    const is_closed = cell.querySelector("details:not([open])"); // what is folded has a size of its own
    if (!seen(cell) || is_closed || getComputedStyle(cell).overflow !== "visible") return false;
    const range = document.createRange();
    range.selectNodeContents(cell);
    const text = range.getBoundingClientRect();
    return text.width > 0 && text.right > cell.getBoundingClientRect().right + 2;
  });
  for (const one of over.slice(0, 3)) told.push(`printed over its neighbour ${named(one)}`);

  // Cards and notices that touch the next one.
  const CARDS = ".card, .notice, .alert, .figures, .numbers";
  for (const card of main.querySelectorAll(CARDS)) {
    const next = card.nextElementSibling;
    if (!next || !seen(card) || !seen(next) || !next.matches(`${CARDS}, form, section, table, ul, h2`)) continue;
    const gap = next.getBoundingClientRect().top - card.getBoundingClientRect().bottom;
    if (gap > -1 && gap < LEAST_GAP) told.push(`only ${Math.round(gap)} px below ${named(card)}`);
  }

  // Something to use, or an answer, on the first screen.
  if (size !== "zoomed") {
    const USEFUL =
      "a[href]:not(.crumbs a), button, input:not([type=hidden]), select, textarea, table, .card, .hit, dl, .empty";
    const first = [...main.querySelectorAll(USEFUL)].find(seen);
    if (first && first.getBoundingClientRect().top + scrollY > innerHeight - 40) {
      told.push(`nothing to use on the first screen; first ${named(first)}`);
    }
  }

  // A bar that stays must not lie over the field that is written in.
  const fields = [...main.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(seen);
  const step = Math.max(1, Math.floor(fields.length / 30));
  const covered = new Set();
  fields
    .filter((_, place) => place % step === 0)
    .forEach((field) => {
      field.focus();
      const box = field.getBoundingClientRect();
      const y = Math.min(box.bottom - 3, box.top + 20);
      const top = document.elementFromPoint(Math.max(1, box.left + Math.min(box.width / 2, 30)), y);
      const is_own = top && (top === field || field.contains(top) || top.contains(field) || top.closest("label, .field"));
      if (top && !is_own) covered.add(`${named(top)} lies over ${field.name || field.type}`);
    });
  for (const one of [...covered].slice(0, 3)) told.push(`covered: ${one}`);

  // Whoever goes by keyboard sees where: a ring of 3:1 against what lies behind it, not cut off.
  const LEAST_RING = 3;
  const rgba = (text) => text.match(/[\d.]+/g).map(Number);
  const light = (rgb) =>
    rgb
      .slice(0, 3)
      .map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const [red, green, blue, alpha = 1] = rgba(getComputedStyle(at).backgroundColor);
      if (alpha > 0.99) return [red, green, blue];
    }
    return [255, 255, 255];
  };
  const ringed = (one) =>
    [getComputedStyle(one).opacity === "0" ? null : one, one.closest("label, .button")].find((at) => {
      const style = at && getComputedStyle(at);
      return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
  const cut_sides = (ring, reach) => {
    const box = ring.getBoundingClientRect();
    const sides = new Set();
    for (let at = ring.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX === "visible" && getComputedStyle(at).overflowY === "visible") continue;
      const room = at.getBoundingClientRect();
      if (box.left - reach < room.left + at.clientLeft - 1) sides.add("left");
      if (box.top - reach < room.top + at.clientTop - 1) sides.add("top");
      if (box.right + reach > room.left + at.clientLeft + at.clientWidth + 1) sides.add("right");
      if (box.bottom + reach > room.top + at.clientTop + at.clientHeight + 1) sides.add("bottom");
    }
    return sides;
  };
  const rings = new Set();
  const kinds = new Set();
  const STOPS = "a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select, textarea, summary";
  for (const one of document.querySelectorAll(STOPS)) {
    const kind = [one, one.parentElement, one.parentElement.parentElement].map((at) => at.tagName + at.className).join();
    if (kinds.has(kind) || !one.checkVisibility() || one.getBoundingClientRect().width < 2) continue;
    kinds.add(kind);
    one.focus({ focusVisible: true });
    const ring = ringed(one);
    if (!ring) {
      rings.add(`no ring at ${named(one)}`);
      continue;
    }
    const style = getComputedStyle(ring);
    const offset = parseFloat(style.outlineOffset);
    const behind = ground(offset < 0 ? ring : ring.parentElement);
    const is = contrast(rgba(style.outlineColor), behind);
    if (is < LEAST_RING) rings.add(`ring of ${is.toFixed(2)} on ${behind} at ${named(one)}`);
    const sides = cut_sides(ring, offset + parseFloat(style.outlineWidth));
    if (sides.size > 1) rings.add(`ring cut off (${[...sides].join(" ")}) at ${named(one)}`);
  }
  told.push(...[...rings].slice(0, 6));
  document.activeElement?.blur();
  scrollTo(0, 0);

  // With letters twice as large, no bar takes a quarter of the screen.
  if (size === "zoomed") {
    for (const bar of document.querySelectorAll("body *")) {
      const style = getComputedStyle(bar);
      if (!["sticky", "fixed"].includes(style.position) || !seen(bar) || bar.matches("th, td, th *")) continue;
      if (bar.getBoundingClientRect().height > innerHeight / 4) told.push(`a bar takes a quarter ${named(bar)}`);
    }
  }
  return told;
};
