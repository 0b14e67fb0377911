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

  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) {
    const far = [...document.querySelectorAll("body *")].filter(
      (one) => seen(one) && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"),
    );
    told.push(`wider than the screen (${wide}) ${far.length ? named(far.at(-1)) : ""}`);
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
    if (!seen(cell) || getComputedStyle(cell).overflow !== "visible") return false;
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

  // With letters twice as large, a bar that stays must not lie over the field that is written in.
  if (size === "zoomed") {
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
    document.activeElement?.blur();
    scrollTo(0, 0);
    for (const bar of document.querySelectorAll("body *")) {
      const style = getComputedStyle(bar);
      if (!["sticky", "fixed"].includes(style.position) || !seen(bar) || bar.matches("th, td, th *")) continue;
      if (bar.getBoundingClientRect().height > innerHeight / 4) told.push(`a bar takes a quarter ${named(bar)}`);
    }
  }
  return told;
};
