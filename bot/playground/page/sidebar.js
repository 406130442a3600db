// Who one acts as, and their chats. On a phone it is a drawer.

import { avatar } from "./avatar.js";
import { lineOf, summaryOf } from "./bubble.js";
import { byId, element, icon } from "./dom.js";
import { counted, dayKey, dayName, nameOf, timeOf } from "./names.js";
import { serviceNote } from "./notes.js";
import { authorOf } from "./standing.js";

const NARROW = matchMedia("(max-width: 45rem)");
const SIGNS = { group: "people", supergroup: "people", channel: "channel" };

export class Sidebar {
  #state;
  #onAdd;
  #open = false;

  /** `onAdd` is called when somebody shall be added. */
  constructor(state, onAdd) {
    this.#state = state;
    this.#onAdd = onAdd;
    byId("open-drawer").addEventListener("click", () => this.setOpen(true));
    byId("close-drawer").addEventListener("click", () => this.setOpen(false));
    byId("sidebar").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.setOpen(false);
    });
    byId("chats").addEventListener("click", () => this.setOpen(false));
    document.addEventListener("click", ({ target }) => {
      const beside = !target.closest("#sidebar, #open-drawer, dialog, .menu");
      if (this.#open && beside) this.setOpen(false);
    });
    NARROW.addEventListener("change", () => this.setOpen(false));
  }

  /** Open or close the drawer; beside a wide conversation it always stands. */
  setOpen(open) {
    const before = this.#open;
    this.#open = open && NARROW.matches;
    byId("sidebar").classList.toggle("open", this.#open);
    byId("conversation").inert = this.#open;
    byId("open-drawer").setAttribute("aria-expanded", String(this.#open));
    if (this.#open) byId("close-drawer").focus();
    else if (before && NARROW.matches) byId("open-drawer").focus();
  }

  show() {
    const { bot, people, as } = this.#state;
    const focused = document.activeElement?.dataset?.person;
    byId("bot-name").textContent = nameOf(bot);
    byId("you").textContent = nameOf(this.#state.person(as));
    byId("people").replaceChildren(...people.map((person) => this.#person(person)), this.#adder());
    byId("chats").replaceChildren(...this.#state.chatsOf(as).map((chat) => this.#chat(chat)));
    if (focused) byId("people").querySelector(`[data-person="${focused}"]`)?.focus();
    const elsewhere = this.#state.unreadOf(as, this.#state.chat);
    byId("elsewhere").hidden = elsewhere === 0;
    byId("elsewhere").textContent = elsewhere;
    byId("open-drawer").setAttribute(
      "aria-label",
      elsewhere ? `People and chats, ${elsewhere} unread` : "People and chats",
    );
  }

  #person(person) {
    const current = person.id === this.#state.as;
    const news = current ? 0 : this.#state.unreadOf(person.id);
    const name = nameOf(person);
    const label = news ? `Be ${name}, ${counted(news, "unread message")}` : `Be ${name}`;
    const button = element(
      "button",
      {
        type: "button",
        class: "person",
        "data-person": person.id,
        "aria-pressed": String(current),
        "aria-label": label,
      },
      avatar(person),
      element("span", { class: "person-name", dir: "auto" }, name),
      news ? element("span", { class: "dot" }) : null,
    );
    button.addEventListener("click", () => this.#state.select(person.id, this.#sameChat(person)));
    return element("li", {}, button);
  }

  /** The group one reads, for its other members too; else everybody's own chat. */
  #sameChat(person) {
    return this.#state.isPrivate ? person.id : this.#state.chat;
  }

  #adder() {
    const button = element(
      "button",
      { type: "button", class: "person", "aria-label": "Add a person" },
      element("span", { class: "avatar adder" }, icon("plus")),
      element("span", { class: "person-name" }, "Add"),
    );
    button.addEventListener("click", this.#onAdd);
    return element("li", {}, button);
  }

  #chat(chat) {
    const { as, bot } = this.#state;
    const last = this.#state.messages(chat.id).at(-1);
    const news = this.#state.unread(as, chat.id);
    const link = element(
      "a",
      {
        href: `#chat=${chat.id}&as=${as}`,
        "aria-current": chat.id === this.#state.chat ? "true" : undefined,
      },
      avatar(chat.type === "private" ? bot : chat),
      element(
        "span",
        { class: "chat-line" },
        element("strong", { dir: "auto" }, sign(chat), chat.title),
        element("span", { class: "chat-time" }, last ? shortDate(last.date) : ""),
      ),
      element(
        "span",
        { class: "chat-line" },
        element("span", { class: "preview", dir: "auto" }, this.#preview(chat, last)),
        news
          ? element("span", { class: "badge" }, String(news),
              element("span", { class: "unseen" }, " unread"))
          : null,
      ),
    );
    return element("li", {}, link);
  }

  #preview(chat, last) {
    if (!last) return chat.type === "private" ? "Press START to begin" : "No messages yet";
    const own = chat.type !== "channel" && authorOf(last)?.id === this.#state.as;
    if (own && !serviceNote(last)) return `You: ${summaryOf(last)}`;
    return chat.type === "private" ? summaryOf(last) : lineOf(last);
  }
}

/** What kind of chat it is, where several are in it. */
function sign(chat) {
  const name = chat.is_forum ? "topic" : SIGNS[chat.type];
  return name ? icon(name) : null;
}

const shortDate = (seconds) =>
  dayKey(seconds) === new Date().toDateString() ? timeOf(seconds) : dayName(seconds);
