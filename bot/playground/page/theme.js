// Light, dark, or as the system says; the choice is kept in the browser.

import { byId, icon } from "./dom.js";

const KEY = "playground-theme";
const DARK = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (document.documentElement.dataset.theme ?? (DARK.matches ? "dark" : "light")) === "dark";

/** Restore the choice of last time, and let the button change it. */
export function setUpTheme() {
  const kept = read();
  if (kept) document.documentElement.dataset.theme = kept;
  byId("theme").addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // A browser that keeps nothing still changes its colours.
    }
    show();
  });
  DARK.addEventListener("change", show);
  show();
}

function show() {
  const label = isDark() ? "Light colours" : "Dark colours";
  const button = byId("theme");
  button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  button.setAttribute("aria-label", label);
  button.title = label;
}

function read() {
  try {
    const kept = localStorage.getItem(KEY);
    return ["light", "dark"].includes(kept) ? kept : null;
  } catch {
    return null;
  }
}
