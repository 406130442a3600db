// Choosing several messages, to forward them together.

import { byId } from "./dom.js";
import { counted } from "./names.js";

export class Selecting {
  #log = byId("log");
  #chosen = new Set();
  #on = false;
  #onChange;

  /** `onForward` gets the ids that were chosen; `onChange` whether choosing begins or ends. */
  constructor(onForward, onChange) {
    this.#onChange = onChange;
    byId("forward-selected").addEventListener("click", () => onForward([...this.#chosen]));
    byId("cancel-selection").addEventListener("click", () => this.end());
    this.#log.addEventListener("change", (event) => {
      if (event.target.matches(".pick")) this.#take(event.target);
    });
    this.#log.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#on) this.end();
    });
  }

  get on() {
    return this.#on;
  }

  begin(id) {
    this.#on = true;
    this.#log.classList.add("selecting");
    this.#onChange(true);
    this.toggle(this.#log.querySelector(`[data-id="${id}"]`));
    byId("forward-selected").focus();
  }

  /** Choose a message, or no longer. */
  toggle(message) {
    const pick = message?.querySelector(".pick");
    if (!pick) return;
    pick.checked = !pick.checked;
    this.#take(pick);
  }

  #take(pick) {
    const id = Number(pick.closest("[data-id]").dataset.id);
    if (pick.checked) this.#chosen.add(id);
    else this.#chosen.delete(id);
    this.#show();
  }

  /** A message was drawn anew, or is gone. */
  refresh(id) {
    const pick = this.#log.querySelector(`[data-id="${id}"] .pick`);
    if (pick) pick.checked = this.#chosen.has(id);
    else this.#chosen.delete(id);
    this.#show();
  }

  #show() {
    byId("selected-count").textContent = counted(this.#chosen.size, "message");
    byId("forward-selected").disabled = this.#chosen.size === 0;
  }

  end() {
    if (!this.#on) return;
    this.#on = false;
    this.#chosen.clear();
    this.#log.classList.remove("selecting");
    for (const pick of this.#log.querySelectorAll(".pick")) pick.checked = false;
    this.#onChange(false);
  }
}
