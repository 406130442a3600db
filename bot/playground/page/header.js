// The head of a conversation: where one is, who is there, and what can be done here.

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { byId, element } from "./dom.js";
import { forwardPost } from "./forwarding.js";
import { newChannel, newGroup, newTopic } from "./gathering.js";
import { Members } from "./members.js";
import { openMenu } from "./menu.js";
import { counted, nameOf } from "./names.js";
import { attempt } from "./notices.js";
import { mayWrite, runs } from "./standing.js";

export class Header {
  #state;
  #selecting;
  #afterForward;
  #members;

  constructor({ state, selecting, afterForward }) {
    this.#state = state;
    this.#selecting = selecting;
    this.#afterForward = afterForward;
    this.#members = new Members(state);
    byId("chat-menu").addEventListener("click", (event) => this.#openMenu(event.currentTarget));
    byId("new-chat").addEventListener("click", (event) =>
      openMenu(event.currentTarget, this.#newChats()),
    );
  }

  show() {
    const { as, bot, current, isPrivate } = this.#state;
    byId("chat-title").textContent = current.title;
    byId("chat-avatar").replaceChildren(avatar(isPrivate ? bot : current));
    byId("chat-status").replaceChildren(isPrivate ? `bot, @${bot.username}` : this.#status());
    document.title = `${nameOf(this.#state.person(as))} · ${current.title}`;
  }

  /** How many are here, and whether the bot is: a button that shows them. */
  #status() {
    const { bot, current } = this.#state;
    const here = current.members.includes(bot.id);
    const word = current.type === "channel" ? "subscriber" : "member";
    const people = counted(current.members.length, word);
    const role = here && runs(current, bot.id) && current.type !== "channel";
    const name = nameOf(bot);
    const bots = here ? `with ${name}${role ? " as admin" : ""}` : `without ${name}`;
    return element(
      "button",
      {
        type: "button",
        class: "status",
        "aria-haspopup": "dialog",
        title: "Who is here",
        onclick: () => this.#members.open(),
      },
      `${people}, ${bots}`,
    );
  }

  #newChats() {
    return [
      { label: "New group…", icon: "people", run: () => newGroup(this.#state) },
      { label: "New channel…", icon: "channel", run: () => newChannel(this.#state) },
    ];
  }

  #openMenu(anchor) {
    const items = [
      ...(this.#state.isPrivate ? this.#newChats() : this.#gathering()),
      ...this.#messages(),
      ...(this.#state.isPrivate ? this.#private() : this.#leaving()),
    ];
    openMenu(anchor, items.filter(Boolean));
  }

  #messages() {
    const { current, as } = this.#state;
    const last = this.#state.shown().at(-1);
    return [
      mayWrite(current, as) && {
        label: "Forward a post…",
        icon: "forward",
        run: () => forwardPost(this.#state, this.#afterForward),
      },
      last && {
        label: "Select messages",
        icon: "check",
        run: () => this.#selecting.begin(last.message_id),
      },
    ];
  }

  #private() {
    const { as, bot, hasBlocked } = this.#state;
    return [
      {
        label: `${hasBlocked ? "Unblock" : "Block"} ${nameOf(bot)}`,
        icon: "block",
        danger: !hasBlocked,
        run: () => attempt(() => api.block(as, !hasBlocked)),
      },
    ];
  }

  #gathering() {
    const { as, bot, chat, current } = this.#state;
    const manages = runs(current, as);
    const isChannel = current.type === "channel";
    const here = current.members.includes(bot.id);
    const isAdmin = runs(current, bot.id);
    const name = nameOf(bot);
    return [
      { label: "Members", icon: "people", run: () => this.#members.open() },
      current.is_forum && {
        label: "New topic…",
        icon: "topic",
        run: () => newTopic(this.#state),
      },
      !here && (manages || !isChannel) && {
        label: `Add ${name}`,
        icon: "plus",
        run: () => this.#changeBot("add"),
      },
      here && manages && !isChannel && {
        label: isAdmin ? `Make ${name} an ordinary member` : `Make ${name} an administrator`,
        icon: "shield",
        run: () => this.#changeBot("promote", { admin: !isAdmin }),
      },
      current.type === "group" && manages && {
        label: "Turn into a supergroup",
        icon: "up",
        run: () => attempt(() => api.migrate(chat)),
      },
    ];
  }

  #changeBot(action, more = {}) {
    const { as, bot, chat } = this.#state;
    return attempt(() => api.changeMember(chat, as, action, { who: bot.id, ...more }));
  }

  #leaving() {
    const { as, bot, chat, current, topic } = this.#state;
    return [
      topic && runs(current, as) && {
        label: "Delete this topic",
        icon: "bin",
        danger: true,
        run: () => attempt(() => api.deleteTopic(chat, topic, as)),
      },
      current.members.includes(bot.id) && runs(current, as) && {
        label: `Remove ${nameOf(bot)}`,
        icon: "block",
        danger: true,
        run: () => this.#changeBot("remove"),
      },
      {
        label: current.type === "channel" ? "Leave the channel" : "Leave the group",
        icon: "out",
        danger: true,
        run: () => attempt(() => api.changeMember(chat, as, "leave")),
      },
    ];
  }
}
