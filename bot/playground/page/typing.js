// "Cuttings is typing…", for the few seconds that Telegram shows it.

import { byId, element } from "./dom.js";
import { nameOf } from "./names.js";

const SHOWN_FOR = 5500;
const WORDS = { upload_document: "is sending a file", upload_photo: "is sending a picture" };

export class Typing {
  #state;
  #now = new Map();

  constructor(state) {
    this.#state = state;
    state.on("typing", (event) => this.#begin(event.chat_id, event));
  }

  #begin(chat, event) {
    clearTimeout(this.#now.get(chat)?.timer);
    const timer = setTimeout(() => this.#end(chat), SHOWN_FOR);
    this.#now.set(chat, { event, timer });
    this.show();
  }

  #end(chat) {
    clearTimeout(this.#now.get(chat)?.timer);
    this.#now.delete(chat);
    this.show();
  }

  /** A message of the bot came: it is no longer typing. */
  end(message) {
    if (message.from?.id === this.#state.bot.id) this.#end(message.chat.id);
  }

  show() {
    const event = this.#now.get(this.#state.chat)?.event;
    const now = event && this.#state.shows(event);
    const words = now ? `${nameOf(this.#state.bot)} ${WORDS[event.action] ?? "is typing"}` : "";
    const dots = element("span", { class: "dots", "aria-hidden": "true" }, "…");
    byId("typing").replaceChildren(...(now ? [words, dots] : []));
  }
}
