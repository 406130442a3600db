// A menu of actions beside the button that opened it.

import { element, icon } from "./dom.js";

const MARGIN = 8;

/**
 * Open a menu at `anchor`, or at a point; `items` are {label, icon, run, danger}, or {label,
 * picture, note, checked, run} where one is chosen of several. Arrow keys move, Escape and a press elsewhere close, and the focus goes back to the anchor.
 */
export function openMenu(anchor, items, point = null) {
  const menu = element("div", { class: "menu", role: "menu", popover: "auto" });
  for (const item of items) {
    const entry = element(
      "button",
      { type: "button", tabindex: "-1", class: item.danger ? "danger" : "", ...roleOf(item) },
      item.picture ?? icon(item.icon),
      element("span", { dir: "auto" }, item.label),
      item.note ? element("span", { class: "standing" }, item.note) : null,
      item.checked ? icon("check") : null,
    );
    entry.addEventListener("click", () => {
      menu.hidePopover();
      item.run();
    });
    menu.append(entry);
  }
  menu.addEventListener("keydown", (event) => moveFocus(menu, event));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const inside = menu.contains(document.activeElement);
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (inside || document.activeElement === document.body) anchor.focus({ preventScroll: true });
  });
  // What lies beside an open dialog, or an open drawer, cannot be pressed.
  anchor.closest("dialog, aside, main").append(menu);
  menu.showPopover();
  place(menu, anchor, point);
  anchor.setAttribute("aria-expanded", "true");
  (menu.querySelector("[aria-checked=true]") ?? menu.firstElementChild).focus();
}

function roleOf({ checked }) {
  if (checked === undefined) return { role: "menuitem" };
  return { role: "menuitemradio", "aria-checked": String(checked) };
}

function moveFocus(menu, event) {
  const entries = [...menu.children];
  const at = entries.indexOf(document.activeElement);
  const next = {
    ArrowDown: at + 1,
    ArrowUp: at - 1 + entries.length,
    Home: 0,
    End: entries.length - 1,
  }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (next === undefined) return;
  event.preventDefault();
  entries[next % entries.length].focus();
}

/** Where it fits: below the anchor, or above it, and never out of the window. */
function place(menu, anchor, point) {
  const { width, height } = menu.getBoundingClientRect();
  const from = anchor.getBoundingClientRect();
  const beside = from.right < innerWidth / 2 ? from.left : from.right - width;
  const left = point ? point.x : beside;
  let top = point ? point.y : from.bottom + 2;
  if (top + height > innerHeight - MARGIN) top = (point ? point.y : from.top - 2) - height;
  menu.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, top)}px`;
}
