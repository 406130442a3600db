// Files that wait to be sent: from the paper clip, dropped, or pasted; pictures are shown small.

import { byId, element, icon, iconButton } from "./dom.js";
import { sizeOf } from "./names.js";
import { isPicture, isVoice } from "./parcels.js";

export class Tray {
  #files = [];
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
    const input = byId("files");
    byId("attach").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.add([...input.files]);
      input.value = "";
      byId("message").focus();
    });
  }

  /** Whether pictures and sounds shall be sent as files, too. */
  get asFiles() {
    return byId("as-files").checked;
  }

  set asFiles(on) {
    byId("as-files").checked = on;
  }

  get files() {
    return this.#files;
  }

  set files(files) {
    this.#files = files;
    this.#show();
  }

  add(files) {
    this.files = [...this.#files, ...files];
  }

  #show() {
    const list = byId("tray");
    list.hidden = this.#files.length === 0;
    list.replaceChildren(...this.#files.map((file) => this.#entry(file)));
    byId("file-choice").hidden = !this.#files.some((file) => isPicture(file) || isVoice(file));
    this.#onChange();
  }

  #entry(file) {
    const leave = () => {
      this.files = this.#files.filter((other) => other !== file);
      byId("message").focus();
    };
    return element(
      "li",
      {},
      isPicture(file) ? thumbnail(file) : icon(isVoice(file) ? "voice" : "file"),
      element("span", { class: "file-name", dir: "auto" }, file.name),
      element("span", { class: "file-size" }, sizeOf(file.size)),
      iconButton("close", `Remove ${file.name}`, { onclick: leave }),
    );
  }
}

function thumbnail(file) {
  const src = URL.createObjectURL(file);
  const done = () => URL.revokeObjectURL(src);
  return element("img", { src, alt: "", onload: done, onerror: done });
}

/** Let files be dropped on a part of the page. */
export function acceptDrops(target, onFiles) {
  const sign = byId("drop");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  let inside = 0;
  const show = (change) => {
    inside = change === 0 ? 0 : Math.max(0, inside + change);
    sign.hidden = inside === 0;
  };
  target.addEventListener("dragenter", (event) => { if (hasFiles(event)) show(1); });
  target.addEventListener("dragleave", (event) => { if (hasFiles(event)) show(-1); });
  // Without this a file dropped beside the target would replace the page.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => event.preventDefault());
  target.addEventListener("drop", (event) => {
    show(0);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(files);
  });
}
