// Who is in a group or a channel, how they stand, and who could be brought in.

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { openDialog } from "./dialogs.js";
import { element, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { nameOf } from "./names.js";
import { attempt } from "./notices.js";
import { labelOf, runs, statusOf } from "./standing.js";

export class Members {
  #state;
  #list = element("ul", { class: "members" });

  constructor(state) {
    this.#state = state;
    state.on("world", () => {
      if (this.#list.isConnected) this.#draw();
    });
  }

  /** Show the members of the open chat. */
  open() {
    this.#draw();
    openDialog(this.#state.current.title, [this.#list], { submit: "Done", cancel: false });
  }

  #draw() {
    const { bot, people, current } = this.#state;
    const everybody = [...people, bot];
    const here = everybody.filter(({ id }) => current.members.includes(id));
    const away = everybody.filter(({ id }) => !current.members.includes(id));
    const focused = document.activeElement?.closest(".members li")?.dataset.user;
    const rows = here.map((one) => this.#member(one));
    const offers = this.#mayAdd() ? away.map((one) => this.#offer(one)) : [];
    this.#list.replaceChildren(...rows, ...offers);
    if (focused) this.#list.querySelector(`[data-user="${focused}"] button`)?.focus();
  }

  #mayAdd() {
    const { as, current } = this.#state;
    return current.type !== "channel" || runs(current, as);
  }

  #member(one) {
    const { current } = this.#state;
    const label = labelOf(current, one.id);
    const actions = this.#actions(one);
    const more = iconButton("more", `Change ${nameOf(one)}`, {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: (event) => openMenu(event.currentTarget, actions),
    });
    return this.#row(one, label || "member", actions.length > 0 ? more : null);
  }

  #offer(one) {
    const add = element(
      "button",
      { type: "button", class: "plain", "aria-label": `Add ${nameOf(one)}` },
      "Add",
    );
    add.addEventListener("click", () => this.#change("add", one));
    return this.#row(one, "not here", add);
  }

  #row(one, label, button) {
    return element(
      "li",
      { "data-user": one.id },
      avatar(one),
      element("span", { class: "member-name", dir: "auto" }, nameOf(one)),
      element("span", { class: "standing" }, label),
      button,
    );
  }

  #actions(one) {
    const { as, bot, current } = this.#state;
    const status = statusOf(current, one.id);
    if (!runs(current, as) || status === "creator" || one.id === as) return [];
    const isAdmin = status === "administrator";
    // In a channel a bot is an administrator or not there at all.
    const bound = current.type === "channel" && one.id === bot.id;
    return [
      !bound && {
        label: isAdmin ? "Make an ordinary member" : "Make an administrator",
        icon: "shield",
        run: () => this.#change("promote", one, { admin: !isAdmin }),
      },
      {
        label: "Remove",
        icon: "block",
        danger: true,
        run: () => this.#change("remove", one),
      },
    ].filter(Boolean);
  }

  #change(action, one, more = {}) {
    const { as, chat } = this.#state;
    return attempt(() => api.changeMember(chat, as, action, { who: one.id, ...more }));
  }
}
