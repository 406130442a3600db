// The messages of the chats that were looked at, as they stand now.

import * as api from "./api.js";

export class Histories {
  #known = new Map();
  #reading = new Map();
  #tell;

  /** `tell` is called with "message", "edit" or "delete", and with what happened. */
  constructor(tell) {
    this.#tell = tell;
  }

  has(chat) {
    return this.#known.has(chat);
  }

  clear() {
    this.#known.clear();
  }

  /** Read a chat's messages; what happens there meanwhile is not lost. */
  read(chat) {
    const begun = this.#reading.get(chat);
    if (begun) return begun.done;
    const reading = { early: [], done: null };
    this.#reading.set(chat, reading);
    reading.done = this.#take(chat, reading.early).finally(() => this.#reading.delete(chat));
    return reading.done;
  }

  async #take(chat, early) {
    const { messages, cursor } = await api.history(chat);
    const byId = new Map(messages.map((message) => [message.message_id, message]));
    this.#known.set(chat, { cursor, messages: byId });
    for (const event of early) this.apply(event);
  }

  /** The messages of a chat, oldest first. */
  of(chat) {
    return [...(this.#known.get(chat)?.messages.values() ?? [])];
  }

  message(id, chat) {
    return this.#known.get(chat)?.messages.get(id);
  }

  /** Take in an event of the feed about a message. */
  apply(event) {
    const { chat_id: chat, message_id: id } = event;
    if (!this.#known.has(chat)) {
      this.#reading.get(chat)?.early.push(event);
    } else if (event.type === "reaction") {
      const message = this.message(id, chat);
      if (message) this.put({ ...message, reactions: event.reaction });
    } else if (event.type === "delete") {
      if (this.#known.get(chat).messages.delete(id)) this.#tell("delete", { chat, id });
    } else {
      this.put(event.message, event.id);
    }
  }

  /** A message that is new or has changed; without an event's number it is the newest. */
  put(message, eventId = Infinity) {
    const history = this.#known.get(message.chat.id);
    if (!history || eventId <= history.cursor) return;
    const known = history.messages.get(message.message_id);
    // Reactions are told apart from messages.
    const fresh = known?.reactions ? { reactions: known.reactions, ...message } : message;
    // What one sends comes twice: as the answer and as an event.
    if (known && JSON.stringify(known) === JSON.stringify(fresh)) return;
    history.messages.set(message.message_id, fresh);
    this.#tell(known ? "edit" : "message", fresh);
  }
}
