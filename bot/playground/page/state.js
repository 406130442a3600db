// What the page knows: the world, who one acts as and where, and what was not seen yet.

import * as api from "./api.js";
import { Histories } from "./histories.js";
import { nameOf } from "./names.js";
import { authorOf } from "./standing.js";

const NO_MENU = { commands: [], description: "" };

/**
 * The page's state; whoever shows a part of it listens:
 * "world" (people, chats or commands are others), "selection" (another person or chat), "topic",
 * "message", "edit", "delete", "typing", "draft", "answer", "offers" (each with what happened),
 * "gone" (the open chat is, with that chat), "unread".
 */
export class State {
  bot = { id: 0, first_name: "Bot", username: "" };
  people = [];
  chats = [];
  as = 0;
  chat = 0;
  /** The topic one reads: its id, 0 for General, null for all of them. */
  topic = null;
  /** Whether one writes in the name of the group. */
  anonymous = false;
  /** The bot's commands and description as one is shown them here. */
  menu = NO_MENU;
  #histories = new Histories((name, detail) => this.#tell(name, detail));
  #topics = new Map();
  #news = new Set();
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
  async load(as = this.as, chat = this.chat, topic = this.topic) {
    const { cursor } = await this.refresh();
    this.#histories.clear();
    await this.select(as, chat, topic);
    return cursor;
  }

  /** Read who and what is there; messages stay as they are known. */
  async refresh() {
    const world = await api.world();
    ({ bot: this.bot, people: this.people, chats: this.chats } = world);
    this.#blocking = new Set(world.blocked);
    // Before somebody is chosen there is nothing to show.
    if (this.person(this.as) && this.current) {
      await this.#readMenu();
      this.#tell("world");
    }
    return world;
  }

  async #readMenu() {
    const { as, chat } = this;
    const menu = await api.menu(chat, as).catch(() => NO_MENU);
    if (as === this.as && chat === this.chat) this.menu = menu;
  }

  person(id) {
    return this.people.find((person) => person.id === id);
  }

  /** The chats of a person: the private one with the bot, then the groups and channels. */
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

  get isPrivate() {
    return this.current?.type === "private";
  }

  /** Whether one is among others who may all write. */
  get isGroup() {
    return ["group", "supergroup"].includes(this.current?.type);
  }

  /** Act as a person in a chat; of what does not exist the nearest that does. */
  async select(as, chat, topic = this.#topics.get(chat) ?? null) {
    const person = this.person(as) ?? this.people[0];
    const chats = this.chatsOf(person.id);
    const there = chats.find((one) => one.id === chat) ?? chats[0];
    this.as = person.id;
    this.chat = there.id;
    this.topic = topicIn(there, topic);
    this.anonymous = false;
    this.#unread.delete(`${this.as}:${this.chat}`);
    this.#see();
    const missing = chats.filter((one) => !this.#histories.has(one.id));
    const wanted = `${this.as}:${this.chat}`;
    await Promise.all([this.#readMenu(), ...missing.map((one) => this.#histories.read(one.id))]);
    // Chosen otherwise meanwhile: that choice tells.
    if (wanted !== `${this.as}:${this.chat}`) return;
    this.#tell("selection");
    this.#tell("unread");
  }

  /** Read another topic of the open chat. */
  chooseTopic(topic) {
    this.topic = topicIn(this.current, topic);
    this.#topics.set(this.chat, this.topic);
    this.#see();
    this.#tell("topic");
  }

  /** The messages of a chat, oldest first. */
  messages(chat = this.chat) {
    return this.#histories.of(chat);
  }

  message(id, chat = this.chat) {
    return this.#histories.message(id, chat);
  }

  /** The messages of the open chat and topic, oldest first. */
  shown() {
    return this.messages().filter((message) => this.shows(message));
  }

  /** Whether what is in a topic is shown: a message, or typing. */
  shows(one) {
    return this.topic === null || this.topic === topicOf(one);
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

  /** Whether something came in a topic of the open chat while another was read. */
  hasNews(topic) {
    return this.#news.has(`${this.chat}:${topic}`);
  }

  #see() {
    for (const key of [...this.#news]) {
      const [chat, topic] = key.split(":").map(Number);
      if (chat === this.chat && (this.topic ?? topic) === topic) this.#news.delete(key);
    }
  }

  /** Take in messages that the playground gave as an answer, before their event comes. */
  receive(messages) {
    for (const message of messages) this.#histories.put(message);
  }

  /** Take in an event of the feed. */
  apply(event) {
    switch (event.type) {
      case "message":
        this.#histories.apply(event);
        this.#count(event.message);
        break;
      case "edit":
      case "reaction":
      case "delete":
        this.#histories.apply(event);
        break;
      case "typing":
      case "draft":
        this.#tell(event.type, event);
        break;
      case "callback_answer":
        this.#tell("answer", event);
        break;
      case "inline_answer":
        this.#tell("offers", event);
        break;
      case "chat":
        this.takeChat(event.chat);
        break;
      case "person":
      case "commands":
        this.refresh().catch(() => {});
        break;
    }
  }

  /** A chat that is new, or in which something has changed. */
  takeChat(chat) {
    const before = this.current;
    const others = this.chats.filter((one) => one.id !== chat.id);
    const at = this.chats.findIndex((one) => one.id === chat.id);
    this.chats = at < 0 ? [...others, chat] : others.toSpliced(at, 0, chat);
    if (this.current) {
      if (topicIn(this.current, this.topic) !== this.topic) this.chooseTopic(null);
      this.#tell("world");
    } else {
      this.#follow(before);
    }
  }

  /** Where one goes when the open chat is none of one's own any more. */
  async #follow(before) {
    // The supergroup is told of just after the group that it replaces.
    if (!before) return;
    const { became } = this.chats.find((one) => one.id === this.chat) ?? {};
    if (became) await this.refresh();
    await this.select(this.as, became ?? this.as);
    this.#tell("gone", { ...before, became });
  }

  /** Whether the one who acts has blocked the bot. */
  get hasBlocked() {
    return this.#blocking.has(this.as);
  }

  #count(message) {
    const chat = message.chat.id;
    for (const person of this.people) {
      const open = person.id === this.as && chat === this.chat;
      const own = authorOf(message)?.id === person.id;
      const theirs = this.chatsOf(person.id).some((one) => one.id === chat);
      if (theirs && !own && !open) {
        this.#unread.set(`${person.id}:${chat}`, this.unread(person.id, chat) + 1);
      } else if (!own && open && !this.shows(message)) {
        this.#news.add(`${chat}:${topicOf(message)}`);
      }
    }
    this.#tell("unread");
  }
}

/** The topic of a message, or of typing: 0 is General, or a chat without topics. */
export function topicOf({ is_topic_message: inTopic, action, message_thread_id: thread = 0 }) {
  return inTopic || action ? thread : 0;
}

/** A topic, if the chat has it; else all of them. */
function topicIn(chat, topic) {
  if (!chat.is_forum || topic === null) return null;
  return topic === 0 || chat.topics.some(({ id }) => id === topic) ? topic : null;
}
