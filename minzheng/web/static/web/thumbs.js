// A small picture that is still to be drawn is asked for again, some times and ever more seldom.
"use strict";

const MOST_TRIES = 15;
const SECONDS_A_TRY = 2;

for (const picture of document.querySelectorAll(".thumb img")) {
  let tries = 0;
  const again = () => {
    tries += 1;
    if (tries > MOST_TRIES) return;
    setTimeout(() => picture.setAttribute("src", picture.getAttribute("src")), tries * SECONDS_A_TRY * 1000);
  };
  picture.addEventListener("error", again);
  if (picture.complete && !picture.naturalWidth && picture.loading !== "lazy") again();
}
