// The bot's commands: all from the "/" button, those that fit while one is being typed.

import { Choices } from "./choices.js";
import { byId, element } from "./dom.js";

export class Suggestions {
  #state;
  #text;
  #choices;
  #button = byId("commands");
  #send;
  #all = false;
  #dismissed = false;

  /** `send` gets the command that was chosen. */
  constructor(state, text, send) {
    this.#state = state;
    this.#text = text;
    this.#choices = new Choices(byId("suggestions"), text);
    this.#send = send;
    this.#button.addEventListener("click", () => {
      this.#all = !this.#choices.isOpen;
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
    const { current, menu } = this.#state;
    const commands = current.type === "channel" ? [] : menu.commands;
    this.#button.hidden = commands.length === 0;
    if (this.#all) return commands;
    const typed = /^\/(\w*)$/u.exec(this.#text.value);
    if (!typed || this.#dismissed) return [];
    return commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase()));
  }

  #show() {
    const options = this.#matches().map(({ command, description }, index) =>
      element(
        "li",
        {
          role: "option",
          id: `command-${index}`,
          "data-name": command,
          onclick: () => this.#choose(command),
        },
        element("strong", {}, `/${command}`),
        " ",
        element("span", { dir: "auto" }, description),
      ),
    );
    this.#choices.show(options);
    this.#button.setAttribute("aria-expanded", String(options.length > 0));
  }

  #close() {
    this.#all = false;
    this.#dismissed = true;
    this.#show();
  }

  #choose(command) {
    this.#close();
    const { isPrivate, bot } = this.#state;
    this.#send(isPrivate ? `/${command}` : `/${command}@${bot.username}`);
  }

  /** Whether a key was meant for the list. */
  onKey(event) {
    if (!this.#choices.isOpen) return false;
    const name = this.#choices.active?.dataset.name;
    if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && !event.shiftKey && name) this.#choose(name);
    else if (event.key === "Tab" && !event.shiftKey && name) {
      this.#text.value = `/${name} `;
      this.#close();
    } else if (!this.#choices.move(event.key)) return false;
    event.preventDefault();
    return true;
  }
}
