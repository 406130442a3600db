// The topics of a forum, as a row above its messages.

import { byId, element, icon } from "./dom.js";

export class Topics {
  #state;
  #onNew;

  /** `onNew` is called when a topic shall be opened. */
  constructor(state, onNew) {
    this.#state = state;
    this.#onNew = onNew;
  }

  /** Show the row of the open chat; none where it has no topics. */
  show() {
    const { is_forum: isForum, topics } = this.#state.current;
    const row = byId("topics");
    const focused = row.contains(document.activeElement) && document.activeElement.dataset.topic;
    row.hidden = !isForum;
    if (!isForum) return;
    const tabs = [this.#tab(null, "All"), this.#tab(0, "General")];
    for (const { id, name } of topics) tabs.push(this.#tab(id, name));
    byId("topic-list").replaceChildren(...tabs, this.#adder());
    const chosen = row.querySelector("[aria-pressed=true]");
    chosen.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) (row.querySelector(`[data-topic="${focused}"]`) ?? chosen).focus();
  }

  #tab(topic, name) {
    const news = topic !== null && this.#state.hasNews(topic);
    const tab = element(
      "button",
      {
        type: "button",
        class: "tab",
        "data-topic": topic ?? "all",
        "aria-pressed": String(this.#state.topic === topic),
        onclick: () => this.#state.chooseTopic(topic),
      },
      element("span", { dir: "auto" }, name),
      news ? element("span", { class: "news" }, element("span", { class: "unseen" }, "news")) : null,
    );
    return element("li", {}, tab);
  }

  #adder() {
    const label = { "aria-label": "New topic", title: "New topic", "data-topic": "new" };
    const button = element(
      "button",
      { type: "button", class: "tab", ...label, onclick: this.#onNew },
      icon("plus"),
    );
    return element("li", {}, button);
  }
}
