// Expandable quotes: three lines, and a button that shows the rest.

import { element, icon } from "./dom.js";

let made = 0;

/** A quote that opens and closes; the button is there only when it has more to show. */
export function foldable(content) {
  made += 1;
  const body = element("blockquote", { class: "fold-body", id: `fold-${made}` }, content);
  const button = element(
    "button",
    { type: "button", class: "fold-toggle", "aria-controls": body.id },
    icon("down"),
  );
  const fold = element("div", { class: "fold" }, body, button);
  setOpen(fold, false);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    setOpen(fold, !isOpen(fold));
  });
  body.addEventListener("click", () => {
    if (!button.hidden && getSelection().isCollapsed) setOpen(fold, true);
  });
  // A link further down that gets the focus must be seen.
  body.addEventListener("focusin", () => setOpen(fold, true));
  new ResizeObserver(() => {
    button.hidden = !isOpen(fold) && body.scrollHeight <= body.clientHeight + 1;
    fold.classList.toggle("short", button.hidden);
  }).observe(body);
  return fold;
}

export const isOpen = (fold) => fold.classList.contains("open");

/** Open or close a fold. */
export function setOpen(fold, open) {
  const button = fold.querySelector(":scope > .fold-toggle");
  fold.classList.toggle("open", open);
  button.setAttribute("aria-expanded", String(open));
  button.setAttribute("aria-label", open ? "Show less of the quote" : "Show the whole quote");
}

/** Open every fold around a node. */
export function unfoldAround(node) {
  const around = node.parentElement?.closest(".fold");
  if (around) setOpen(around, true);
}
