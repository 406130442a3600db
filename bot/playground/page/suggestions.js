// The bot's commands: all from the "/" button, those that fit while one is being typed.

import { byId, element } from "./dom.js";

export class Suggestions {
  #state;
  #text;
  #list = byId("suggestions");
  #button = byId("commands");
  #send;
  #all = false;
  #dismissed = false;
  #active = -1;

  /** `send` gets the command that was chosen. */
  constructor(state, text, send) {
    this.#state = state;
    this.#text = text;
    this.#send = send;
    this.#button.addEventListener("click", () => {
      this.#all = this.#list.hidden;
      this.#dismissed = !this.#all;
      this.#text.focus();
      this.#show();
    });
    this.#text.addEventListener("blur", (event) => {
      if (event.relatedTarget !== this.#button) this.#close();
    });
  }

  /** The text or the commands changed. */
  update() {
    this.#all = false;
    this.#dismissed = false;
    this.#show();
  }

  #matches() {
    const commands = this.#state.bot.commands ?? [];
    this.#button.hidden = commands.length === 0;
    if (this.#all) return commands;
    const typed = /^\/(\w*)$/u.exec(this.#text.value);
    if (!typed || this.#dismissed) return [];
    return commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase()));
  }

  #show() {
    const options = this.#matches().map(({ command, description }, index) => {
      const option = element(
        "li",
        { role: "option", id: `command-${index}`, "data-name": command, "aria-selected": "false" },
        element("strong", {}, `/${command}`),
        " ",
        element("span", { dir: "auto" }, description),
      );
      // Before the text loses the focus, which closes the list.
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => this.#choose(command));
      return option;
    });
    this.#list.replaceChildren(...options);
    this.#list.hidden = options.length === 0;
    this.#button.setAttribute("aria-expanded", String(options.length > 0));
    this.#activate(options.length > 0 ? 0 : -1);
  }

  #activate(index) {
    this.#active = index;
    [...this.#list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
      if (at === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.#text.removeAttribute("aria-activedescendant");
    else this.#text.setAttribute("aria-activedescendant", `command-${index}`);
  }

  #close() {
    this.#all = false;
    this.#dismissed = true;
    this.#show();
  }

  #choose(command) {
    this.#close();
    const { isGroup, bot } = this.#state;
    this.#send(isGroup ? `/${command}@${bot.username}` : `/${command}`);
  }

  /** Whether a key was meant for the list. */
  onKey(event) {
    if (this.#list.hidden) return false;
    const options = [...this.#list.children];
    const name = options[this.#active]?.dataset.name;
    if (event.key === "ArrowDown") this.#activate((this.#active + 1) % options.length);
    else if (event.key === "ArrowUp") this.#activate((this.#active || options.length) - 1);
    else if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && !event.shiftKey && name) this.#choose(name);
    else if (event.key === "Tab" && !event.shiftKey && name) {
      this.#text.value = `/${name} `;
      this.#close();
    } else return false;
    event.preventDefault();
    return true;
  }
}
