// A round picture of initials.

import { element } from "./dom.js";
import { hueOf, initials, nameOf } from "./names.js";

/** The avatar of a person, a bot or a chat; it says nothing to screen readers. */
export function avatar(of) {
  const name = nameOf(of);
  return element(
    "span",
    { class: `avatar ${hueOf(of.id)}${of.is_forum ? " forum" : ""}`, "aria-hidden": "true" },
    initials(name),
  );
}
