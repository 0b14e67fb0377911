// Zoom and turn without a reload; keys.js presses the buttons. Without scripts links do it all.
"use strict";

const FITTING = 1200;
const PIXELS_A_PERCENT = 8; // as minzheng/web/archive/viewer.py
const the_sheet = () => document.querySelector(".sheet");
const pictures = () => [...document.querySelectorAll(".sheet .page-image")];

/** The pictures of a page; those of an Office file come when they are drawn. */
function open_sheet() {
  const sheet = the_sheet();
  const [image] = pictures();
  if (!image || sheet.dataset.opened) return;
  sheet.dataset.opened = "yes";
  const steps = image.dataset.steps.split(",").map(Number);
  let zoom = Number(image.dataset.zoom);
  let turn = Number(image.dataset.turn);

  const shown = () => zoom || Math.round(image.clientWidth / PIXELS_A_PERCENT);
  const larger = () => steps.find((one) => one > shown()) ?? steps.at(-1);
  const smaller = () => steps.findLast((one) => one < shown()) ?? steps[0];

  function with_choice(address) {
    const url = new URL(address, location.href);
    zoom ? url.searchParams.set("zoom", zoom) : url.searchParams.delete("zoom");
    return url;
  }

  function show() {
    const across = (sheet.scrollLeft + sheet.clientWidth / 2) / sheet.scrollWidth;
    const down = (sheet.scrollTop + sheet.clientHeight / 2) / sheet.scrollHeight;
    image.addEventListener(
      "load",
      () => {
        sheet.classList.toggle("sized", zoom !== 0);
        sheet.scrollLeft = across * sheet.scrollWidth - sheet.clientWidth / 2;
        sheet.scrollTop = down * sheet.scrollHeight - sheet.clientHeight / 2;
      },
      { once: true },
    );
    for (const one of pictures()) {
      const picture = new URL(one.dataset.picture, location.href);
      picture.searchParams.set("width", zoom * PIXELS_A_PERCENT || FITTING);
      if (turn) picture.searchParams.set("turn", turn);
      one.removeAttribute("width"); // the room that was kept is that of the page as it lay
      one.removeAttribute("height");
      one.src = picture;
    }
    document.querySelector(".zoom").textContent = zoom ? `${zoom}%` : "";
    for (const link of document.querySelectorAll("[data-zoom][href]")) {
      link.toggleAttribute("aria-current", Number(link.dataset.zoom) === zoom);
    }
    const here = with_choice(location.href);
    turn ? here.searchParams.set("turn", turn) : here.searchParams.delete("turn");
    history.replaceState(null, "", here);
    for (const link of document.querySelectorAll(".turning [rel], .pages a, #next-hit, #previous-hit")) {
      link.href = with_choice(link.href);
    }
  }

  for (const link of document.querySelectorAll("[data-zoom][href], [data-turn][href]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const asked = link.dataset.zoom;
      if (link.dataset.turn) turn = (turn + Number(link.dataset.turn) + 4) % 4;
      else zoom = asked === "larger" ? larger() : asked === "smaller" ? smaller() : Number(asked);
      show();
    });
  }

  // A page that is larger than its window begins at the first found word.
  const begin = () => {
    if (zoom && !turn && image.dataset.mark) {
      sheet.scrollTop = Number(image.dataset.mark) * image.clientHeight - sheet.clientHeight / 3;
    }
  };
  image.complete ? begin() : image.addEventListener("load", begin, { once: true });
}

open_sheet();
document.addEventListener("htmx:afterSettle", open_sheet);
