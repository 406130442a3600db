// A photo over the whole window.

import { element, iconButton } from "./dom.js";

/** Show the photo of a message large, until it is closed; the focus goes back to it. */
export function openPhoto(photo) {
  const { src } = photo.querySelector("img");
  const picture = element("img", { src, alt: "Photo" });
  const dialog = element("dialog", { class: "viewer", "aria-label": "Photo" }, picture);
  dialog.append(iconButton("close", "Close the photo", { onclick: () => dialog.close() }));
  // Anywhere beside the picture, and on it: there is nothing else to press.
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
