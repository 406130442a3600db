// What the page knows: the world, who one acts as, and the messages of the chats shown.

import * as api from "./api.js";
import { nameOf } from "./names.js";

/**
 * The page's state; whoever shows a part of it listens:
 * "world" (people, chats or commands are others), "selection" (another person or chat),
 * "message", "edit", "delete", "typing", "draft", "answer" (each with what happened), "unread".
 */
export class State {
  bot = { id: 0, first_name: "Bot", username: "", commands: [] };
  people = [];
  chats = [];
  as = 0;
  chat = 0;
  #histories = new Map();
  #unread = new Map();
  #blocking = new Set();
  #listeners = new Map();

  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  #tell(name, detail) {
    for (const listener of this.#listeners.get(name) ?? []) listener(detail);
  }

  /** Read everything anew and be there as somebody; the cursor from which events go on. */
  async load(as = this.as, chat = this.chat) {
    const { cursor } = await this.refresh();
    this.#histories.clear();
    await this.select(as, chat);
    return cursor;
  }

  /** Read who and what is there; messages stay as they are known. */
  async refresh() {
    const world = await api.world();
    ({ bot: this.bot, people: this.people, chats: this.chats } = world);
    this.#blocking = new Set(world.blocked);
    // Before somebody is chosen there is nothing to show.
    if (this.person(this.as)) this.#tell("world");
    return world;
  }

  person(id) {
    return this.people.find((person) => person.id === id);
  }

  /** The chats of a person: the private one with the bot, then the groups. */
  chatsOf(person) {
    const shared = this.chats.filter(
      (chat) => chat.type !== "private" && chat.members.includes(person),
    );
    const own = { id: person, type: "private", title: nameOf(this.bot), members: [person] };
    return [own, ...shared];
  }

  get current() {
    return this.chatsOf(this.as).find((chat) => chat.id === this.chat);
  }

  get isGroup() {
    return this.current?.type !== "private";
  }

  /** Act as a person in a chat; of what does not exist the nearest that does. */
  async select(as, chat) {
    const person = this.person(as) ?? this.people[0];
    const chats = this.chatsOf(person.id);
    this.as = person.id;
    this.chat = (chats.find((one) => one.id === chat) ?? chats[0]).id;
    this.#unread.delete(`${this.as}:${this.chat}`);
    const missing = chats.filter((one) => !this.#histories.has(one.id));
    const wanted = `${this.as}:${this.chat}`;
    await Promise.all(missing.map((one) => this.#readHistory(one.id)));
    // Chosen otherwise meanwhile: that choice tells.
    if (wanted !== `${this.as}:${this.chat}`) return;
    this.#tell("selection");
    this.#tell("unread");
  }

  async #readHistory(chat) {
    const { messages, cursor } = await api.history(chat);
    const byId = new Map(messages.map((message) => [message.message_id, message]));
    this.#histories.set(chat, { cursor, messages: byId });
  }

  /** The messages of a chat, oldest first. */
  messages(chat = this.chat) {
    return [...(this.#histories.get(chat)?.messages.values() ?? [])];
  }

  message(id, chat = this.chat) {
    return this.#histories.get(chat)?.messages.get(id);
  }

  /** How many messages of a chat a person has not seen. */
  unread(person, chat) {
    return this.#unread.get(`${person}:${chat}`) ?? 0;
  }

  /** How many a person has not seen in all chats, or in all but one. */
  unreadOf(person, except) {
    return this.chatsOf(person)
      .filter((chat) => chat.id !== except)
      .reduce((sum, chat) => sum + this.unread(person, chat.id), 0);
  }

  /** Take in messages that the playground gave as an answer, before their event comes. */
  receive(messages) {
    for (const message of messages) this.#put(message);
  }

  /** Take in an event of the feed. */
  apply(event) {
    switch (event.type) {
      case "message":
        this.#put(event.message, event.id);
        this.#count(event.message);
        break;
      case "edit":
        this.#put(event.message, event.id);
        break;
      case "reaction":
        this.#react(event);
        break;
      case "delete":
        this.#drop(event.chat_id, event.message_id);
        break;
      case "typing":
      case "draft":
        this.#tell(event.type, event);
        break;
      case "callback_answer":
        this.#tell("answer", event);
        break;
      case "person":
      case "commands":
        this.refresh().catch(() => {});
        break;
    }
  }

  #put(message, eventId = Infinity) {
    const history = this.#histories.get(message.chat.id);
    if (!history || eventId <= history.cursor) return;
    const known = history.messages.get(message.message_id);
    // Reactions are told apart from messages.
    const fresh = known?.reactions ? { reactions: known.reactions, ...message } : message;
    // What one sends comes twice: as the answer and as an event.
    if (known && JSON.stringify(known) === JSON.stringify(fresh)) return;
    history.messages.set(message.message_id, fresh);
    this.#tell(known ? "edit" : "message", fresh);
  }

  /** Whether the one who acts has blocked the bot. */
  get hasBlocked() {
    return this.#blocking.has(this.as);
  }

  #react({ chat_id: chat, message_id: id, reaction }) {
    const message = this.message(id, chat);
    if (message) this.#put({ ...message, reactions: reaction });
  }

  #drop(chat, id) {
    const history = this.#histories.get(chat);
    if (history?.messages.delete(id)) this.#tell("delete", { chat, id });
  }

  #count(message) {
    const chat = message.chat.id;
    for (const person of this.people) {
      const open = person.id === this.as && chat === this.chat;
      const own = message.from?.id === person.id;
      const theirs = this.chatsOf(person.id).some((one) => one.id === chat);
      if (theirs && !own && !open) {
        this.#unread.set(`${person.id}:${chat}`, this.unread(person.id, chat) + 1);
      }
    }
    this.#tell("unread");
  }
}
