// What the bot is about to say: the draft of a message, until the message comes.

import { byId, element } from "./dom.js";

const SHOWN_FOR = 30_000;

export class Drafts {
  #state;
  #conversation;
  #drafts = new Map();

  constructor(state, conversation) {
    this.#state = state;
    this.#conversation = conversation;
    state.on("draft", ({ chat_id: chat, text }) => this.#take(chat, text));
  }

  #take(chat, text) {
    clearTimeout(this.#drafts.get(chat)?.timer);
    const timer = setTimeout(() => this.#end(chat), SHOWN_FOR);
    this.#drafts.set(chat, { text, timer });
    this.show();
  }

  #end(chat) {
    clearTimeout(this.#drafts.get(chat)?.timer);
    if (this.#drafts.delete(chat)) this.show();
  }

  /** A message of the bot came: its draft is done. */
  end(message) {
    if (message.from?.id === this.#state.bot.id) this.#end(message.chat.id);
  }

  /** Show the draft in the open chat below all messages, or none. */
  show() {
    const log = byId("log");
    log.querySelector(".draft")?.remove();
    const text = this.#drafts.get(this.#state.chat)?.text;
    if (!text) return;
    const words = element("div", { class: "text", dir: "auto" }, text);
    const bubble = element("div", { class: "bubble" }, words);
    const draft = element(
      "div",
      { class: "message other first last draft" },
      element("div", { class: "stack" }, bubble),
    );
    this.#conversation.append(draft);
  }
}
