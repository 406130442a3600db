// Short notices over the conversation, and words for screen readers.

import { byId, element, iconButton } from "./dom.js";
import { ApiError } from "./api.js";

const SHOWN_FOR = 6000;

/** Show a notice for a while; a fault is told at once, even in the middle of a sentence. */
export function toast(text, { fault = false } = {}) {
  const notice = element(
    "div",
    { class: fault ? "toast fault" : "toast", role: fault ? "alert" : "status" },
  );
  byId("toasts").append(notice);
  // Filled after it is in the page: only then is it read out.
  notice.append(
    element("p", { dir: "auto" }, text),
    iconButton("close", "Dismiss", { onclick: () => notice.remove() }),
  );
  let timer = 0;
  const leave = () => { timer = setTimeout(() => notice.remove(), SHOWN_FOR); };
  notice.addEventListener("pointerenter", () => clearTimeout(timer));
  notice.addEventListener("pointerleave", leave);
  leave();
}

/** Say something to screen readers when they have time. */
export function announce(text) {
  const words = element("p", {}, text);
  byId("announcer").append(words);
  setTimeout(() => words.remove(), SHOWN_FOR);
}

/** Do something; whether it succeeded. The playground's refusals are told. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, { fault: true });
    return false;
  }
}
