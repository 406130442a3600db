// What a message shows above its words: a photo, a voice message, a file.

import { fileAddress } from "./api.js";
import { element, icon } from "./dom.js";
import { lengthOf, sizeOf } from "./names.js";

const FILES = ["document", "audio", "video", "animation", "video_note", "sticker"];

const fileOf = (message) => FILES.map((kind) => message[kind]).find(Boolean);
const nameOfFile = (file) => file.file_name ?? file.title ?? "File";

/** What a message shows, in a word or two; "" for nothing. */
export function titleOf(message) {
  if (message.photo) return "Photo";
  if (message.voice) return "Voice message";
  const file = fileOf(message);
  return file ? nameOfFile(file) : "";
}

/** The element of what a message shows, or null. */
export function shown(message) {
  if (message.photo) return photo(message.photo.at(-1));
  if (message.voice) return player(message.voice);
  const file = fileOf(message);
  return file ? fileLink(file) : null;
}

/** A picture that opens; its size is known before it is there, so that nothing jumps. */
function photo({ file_id: id, width, height }) {
  const picture = element("img", { src: fileAddress(id), alt: "", width, height });
  const style = `--width: ${width}px; --ratio: ${width / height}`;
  const label = { "aria-label": "Open the photo", title: "Open the photo" };
  return element("button", { type: "button", class: "photo", style, ...label }, picture);
}

function player({ file_id: id, duration }) {
  return element(
    "div",
    { class: "voice" },
    element("p", {}, `Voice message, ${lengthOf(duration)}`),
    element("audio", {
      controls: true,
      preload: "metadata",
      src: fileAddress(id),
      "aria-label": `Voice message, ${lengthOf(duration)}`,
    }),
  );
}

function fileLink(file) {
  const name = nameOfFile(file);
  return element(
    "a",
    { class: "file", href: fileAddress(file.file_id), download: name, title: `Download ${name}` },
    element("span", { class: "file-icon" }, icon("file")),
    element("span", { class: "file-name", dir: "auto" }, name),
    element("span", { class: "file-size" }, sizeOf(file.file_size)),
  );
}
