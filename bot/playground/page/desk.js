// The foot of the page: START, UNBLOCK, the chosen messages, or the composer.

import * as api from "./api.js";
import { byId } from "./dom.js";
import { nameOf } from "./names.js";
import { attempt } from "./notices.js";
import { mayWrite } from "./standing.js";

export class Desk {
  #state;
  #composer;
  #payload = null;
  #selecting = false;

  constructor(state, composer) {
    this.#state = state;
    this.#composer = composer;
    state.on("world", () => this.show());
    byId("start").addEventListener("click", () => this.#press());
  }

  /** Another chat: what was offered for the one before is no longer meant. */
  reset() {
    this.#payload = null;
    this.show();
  }

  /** Offer to start the bot with a payload, as links to it do. */
  offer(payload) {
    this.#payload = payload;
    this.show();
    byId("start").focus();
  }

  set selecting(on) {
    this.#selecting = on;
    this.show();
  }

  show() {
    const { isPrivate, bot, hasBlocked, current, as } = this.#state;
    const blocked = hasBlocked && isPrivate;
    const empty = isPrivate && this.#state.messages().length === 0;
    const offers = blocked || empty || this.#payload !== null;
    const reads = !mayWrite(current, as);
    byId("selection-bar").hidden = !this.#selecting;
    byId("start-bar").hidden = this.#selecting || !offers;
    byId("reader-bar").hidden = this.#selecting || !reads;
    byId("composer").hidden = this.#selecting || offers || reads;
    byId("reader-words").textContent = `${nameOf(this.#state.person(as))} ${
      current.type === "channel" ? "reads this channel: its administrators post" : "may only read here"
    }.`;
    byId("start").textContent = blocked ? `UNBLOCK ${nameOf(bot)}` : "START";
  }

  async #press() {
    if (this.#state.hasBlocked && this.#state.isPrivate) {
      await attempt(() => api.block(this.#state.as, false));
      return;
    }
    const command = this.#payload ? `/start ${this.#payload}` : "/start";
    this.#payload = null;
    await this.#composer.sendNow(command);
    this.show();
    this.#composer.focus();
  }
}
