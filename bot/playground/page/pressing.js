// Inline buttons: pressing them, and what the bot answers.

import * as api from "./api.js";
import { alertDialog } from "./dialogs.js";
import { nameOf } from "./names.js";
import { attempt, toast } from "./notices.js";

const PATIENCE = 30_000;

export class Pressing {
  #state;
  #open;
  #waiting = new Map();
  #answered = new Set();

  /** `open` follows the link that an answer may bring. */
  constructor(state, open) {
    this.#state = state;
    this.#open = open;
    state.on("answer", (answer) => this.#onAnswer(answer));
  }

  /** Press a key of a message's inline keyboard. */
  async press(message, key) {
    const [row, column] = key.dataset.key.split(":").map(Number);
    const button = message.reply_markup.inline_keyboard[row][column];
    if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      toast("Copied.");
    } else if (button.callback_data !== undefined) {
      await this.#ask(message, key, button.callback_data);
    } else {
      toast("The playground knows no such button.", { fault: true });
    }
  }

  async #ask(message, key, data) {
    key.setAttribute("aria-busy", "true");
    const calm = () => key.removeAttribute("aria-busy");
    const { chat, as } = this.#state;
    const pressed = await attempt(async () => {
      const { query_id: query } = await api.press(chat, message.message_id, as, data);
      if (this.#answered.delete(query)) calm();
      else this.#waiting.set(query, calm);
      setTimeout(() => this.#calm(query), PATIENCE);
    });
    if (!pressed) calm();
  }

  #calm(query) {
    this.#waiting.get(query)?.();
    return this.#waiting.delete(query);
  }

  #onAnswer({ query_id: query, person, text, show_alert: alert, url }) {
    if (person !== this.#state.as) return;
    // The event may come before the answer to the press itself.
    if (!this.#calm(query)) this.#answered.add(query);
    if (url) this.#open(url);
    if (!text) return;
    if (alert) alertDialog(nameOf(this.#state.bot), text);
    else toast(text);
  }
}
