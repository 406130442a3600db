// A list above the message box from which one chooses with the keys while one writes.

export class Choices {
  #list;
  #text;
  #active = -1;

  constructor(list, text) {
    this.#list = list;
    this.#text = text;
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  /** The option that the keys are at, or null. */
  get active() {
    return this.#list.children[this.#active] ?? null;
  }

  /** Offer these options, elements with an id; none: the list is closed. */
  show(options, active = 0) {
    for (const option of options) {
      // Before the text loses the focus, which closes the list.
      option.addEventListener("pointerdown", (event) => event.preventDefault());
    }
    this.#list.replaceChildren(...options);
    this.#list.hidden = options.length === 0;
    if (this.isOpen) this.#text.setAttribute("aria-controls", this.#list.id);
    this.#activate(options.length > 0 ? active : -1);
  }

  #activate(index) {
    this.#active = index;
    [...this.#list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
      if (at === index) option.scrollIntoView({ block: "nearest" });
    });
    if (this.active) this.#text.setAttribute("aria-activedescendant", this.active.id);
    else this.#text.removeAttribute("aria-activedescendant");
  }

  /** Whether a key moved within the list. */
  move(key) {
    const { length } = this.#list.children;
    if (key === "ArrowDown") this.#activate((this.#active + 1) % length);
    else if (key === "ArrowUp") this.#activate((this.#active > 0 ? this.#active : length) - 1);
    else return false;
    return true;
  }
}
