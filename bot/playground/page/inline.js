// What the bot offers while one types behind its name, in any chat: cards above the message box.

import * as api from "./api.js";
import { Choices } from "./choices.js";
import { byId, element, icon } from "./dom.js";
import { hueOf, initials } from "./names.js";

const PAUSE = 250;

export class Inline {
  #state;
  #text;
  #list = byId("cards");
  #choices;
  #on;
  #timer = 0;
  /** What was asked last, in which chat and by whom; "" while nothing is. */
  #asked = "";
  #query = "";
  #early = new Map();

  /** `on.choose` gets a query and the result chosen of it, `on.start` the button's parameter. */
  constructor(state, text, on) {
    this.#state = state;
    this.#text = text;
    this.#choices = new Choices(this.#list, text);
    this.#on = on;
    state.on("offers", (answer) => this.#take(answer));
    text.addEventListener("blur", () => this.#close());
    text.addEventListener("focus", () => this.update());
  }

  /** The text changed: ask again where it is another question. */
  update() {
    const { as, chat } = this.#state;
    const typed = document.activeElement === this.#text ? this.#typed() : null;
    const asked = typed === null ? "" : `${as}:${chat}:${typed}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    clearTimeout(this.#timer);
    if (typed === null) this.#close();
    else this.#timer = setTimeout(() => this.#ask(typed, asked), PAUSE);
  }

  /** What stands behind the bot's name, or null where the text does not begin with it. */
  #typed() {
    const name = `@${this.#state.bot.username} `.toLowerCase();
    const { value } = this.#text;
    return value.toLowerCase().startsWith(name) ? value.slice(name.length).trim() : null;
  }

  async #ask(typed, asked) {
    this.#early.clear();
    this.#list.setAttribute("aria-busy", "true");
    let found;
    try {
      found = await api.askInline(this.#state.as, typed, this.#state.chat);
    } catch (error) {
      // A bot without inline mode: the words are a message like any other.
      this.#list.removeAttribute("aria-busy");
      if (!(error instanceof api.ApiError)) throw error;
      return;
    }
    if (asked !== this.#asked) return;
    this.#query = found.query_id;
    const answer = found.answer ?? this.#early.get(found.query_id);
    if (answer) this.#show(answer);
  }

  #take(answer) {
    if (answer.query_id === this.#query) this.#show(answer);
    // The event may come before the answer to the question itself.
    else this.#early.set(answer.query_id, answer);
  }

  #show({ query_id: query, results, button }) {
    this.#list.removeAttribute("aria-busy");
    const cards = results.map((result, index) => this.#card(query, result, index));
    if (button) cards.unshift(this.#button(button));
    // Enter still sends what was written, until one goes to a card.
    this.#choices.show(cards, -1);
  }

  #card(query, { id, title, description }, index) {
    return element(
      "li",
      { role: "option", class: "card", id: `card-${index}`, onclick: () => this.#choose(query, id) },
      element("span", { class: `thumb ${hueOf(title)}`, "aria-hidden": "true" }, initials(title)[0]),
      element("strong", { dir: "auto" }, title),
      description ? element("span", { class: "about", dir: "auto" }, description) : null,
    );
  }

  #button({ text, start_parameter: parameter }) {
    const start = () => {
      this.#leave();
      this.#on.start(parameter);
    };
    return element(
      "li",
      { role: "option", class: "card-button", id: "card-button", onclick: start },
      element("span", { dir: "auto" }, text),
      icon("out"),
    );
  }

  #choose(query, id) {
    this.#leave();
    this.#on.choose(query, id);
  }

  #leave() {
    this.#text.value = "";
    this.#close();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked = this.#query = "";
    this.#choices.show([]);
  }

  /** Whether a key was meant for the cards. */
  onKey(event) {
    if (!this.#choices.isOpen) return false;
    const { active } = this.#choices;
    if (event.key === "Enter" && active) active.click();
    else if (event.key === "Escape") this.#choices.show([]);
    else if (!this.#choices.move(event.key)) return false;
    event.preventDefault();
    return true;
  }
}
