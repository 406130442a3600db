// The messages of the open chat: drawing, days, scrolling, jumping.

import { bubble } from "./bubble.js";
import { byId, element } from "./dom.js";
import { isOpen, setOpen, unfoldAround } from "./folds.js";
import { counted, dayKey, dayName } from "./names.js";
import { markText, placeOf, unmark } from "./places.js";
import { toast } from "./notices.js";
import { authorOf } from "./standing.js";
import { topicOf } from "./state.js";
import { welcome } from "./welcome.js";

const SHOWN_AT_FIRST = 200;
const NEAR_THE_END = 80;
const SAME_RUN = 300;

export class Conversation {
  #state;
  #log = byId("log");
  #pill = byId("pill");
  #unseen = 0;
  #everything = false;
  #stuck = true;

  constructor(state) {
    this.#state = state;
    this.#log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#pill.addEventListener("click", () => {
      this.toEnd();
      this.#log.focus({ preventScroll: true });
    });
    // A growing composer, or a phone's keyboard, takes room from below.
    new ResizeObserver(() => { if (this.#stuck) this.toEnd(); }).observe(this.#log);
  }

  /** Draw the open chat anew, from its end. */
  show() {
    this.#everything = false;
    this.#draw();
    this.toEnd();
  }

  /** Draw the open chat anew, and stay where one reads. */
  refresh() {
    const { scrollTop } = this.#log;
    this.#draw();
    if (this.#stuck) this.toEnd();
    else this.#log.scrollTop = scrollTop;
  }

  #draw() {
    const messages = this.#state.shown();
    this.#log.classList.toggle("posts", this.#state.current.type === "channel");
    const shown = this.#everything ? messages : messages.slice(-SHOWN_AT_FIRST);
    this.#log.replaceChildren(...shown.map((message) => this.#bubble(message)));
    if (messages.length === 0) this.#log.append(welcome(this.#state));
    if (shown.length < messages.length) this.#log.prepend(this.#earlierButton());
    this.#arrange();
  }

  #earlierButton() {
    const button = element("button", { type: "button", class: "plain earlier" }, "Earlier messages");
    button.addEventListener("click", () => {
      const first = this.#log.querySelector("[data-id]");
      this.#drawEverything();
      this.element(first.dataset.id)?.scrollIntoView();
    });
    return button;
  }

  #drawEverything() {
    this.#everything = true;
    this.#draw();
  }

  #bubble(message) {
    const { as, current: chat, topic } = this.#state;
    return bubble(message, { as, chat, topics: chat.is_forum && topic === null });
  }

  element(id) {
    return this.#log.querySelector(`[data-id="${id}"]`);
  }

  /** The text of a message in the page, or null where it has none. */
  textOf(id) {
    return this.element(id)?.querySelector(".text") ?? null;
  }

  add(message) {
    this.#log.querySelector(".welcome")?.remove();
    const follow = this.#stuck || authorOf(message)?.id === this.#state.as;
    this.#log.append(this.#bubble(message));
    this.#arrange();
    if (follow) {
      this.toEnd();
    } else {
      this.#unseen += 1;
      this.#showPill();
    }
  }

  /** Add something that is no message. */
  append(node) {
    this.#log.append(node);
    if (this.#stuck) this.toEnd();
  }

  replace(message) {
    const old = this.element(message.message_id);
    if (!old) return;
    const fresh = this.#bubble(message);
    const focus = focusWithin(old);
    keepOpenFolds(old, fresh);
    old.replaceWith(fresh);
    this.#arrange();
    if (focus) (fresh.querySelector(focus) ?? fresh.querySelector(".more") ?? fresh).focus();
    if (this.#stuck) this.toEnd();
  }

  remove(id) {
    const old = this.element(id);
    if (old?.contains(document.activeElement)) this.#log.focus();
    old?.remove();
    if (this.#state.shown().length === 0) this.#draw();
    else this.#arrange();
  }

  /** Days between messages, and which messages of one sender stand together. */
  #arrange() {
    for (const day of this.#log.querySelectorAll(".day")) day.remove();
    let before = null;
    for (const message of this.#log.querySelectorAll("[data-id]")) {
      const sameDay = before && dayKey(before.dataset.date) === dayKey(message.dataset.date);
      const together = sameDay && areTogether(before, message);
      const album = message.dataset.album;
      before?.classList.toggle("last", !together);
      message.classList.toggle("first", !together);
      message.classList.toggle("album", Boolean(album) && album === before?.dataset.album);
      if (!sameDay) {
        const name = element("span", {}, dayName(message.dataset.date));
        message.before(element("h3", { class: "day" }, name));
      }
      before = message;
    }
    before?.classList.add("last");
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    if (this.#stuck) this.#unseen = 0;
    this.#showPill();
  }

  #showPill() {
    this.#pill.hidden = this.#stuck;
    const count = this.#unseen;
    byId("pill-text").textContent = count ? `${count} new` : "";
    const news = count ? `${counted(count, "new message")}: ` : "";
    this.#pill.setAttribute("aria-label", `${news}to the end`);
  }

  toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#stuck = true;
    this.#unseen = 0;
    this.#showPill();
  }

  /** Go to a message and, where a quote is given, mark the quoted words in it. */
  jump(id, quote) {
    const message = this.#state.message(id);
    if (message && !this.#state.shows(message)) this.#state.chooseTopic(topicOf(message));
    if (message && !this.element(id)) this.#drawEverything();
    const target = this.element(id);
    if (!target) {
      toast("That message is no longer here.");
      return;
    }
    unmark(this.#log);
    const text = this.textOf(id);
    const place = quote && text ? placeOf(quote, text.textContent) : null;
    const marks = place ? markText(text, place) : [];
    for (const mark of marks) unfoldAround(mark);
    point(target);
    const fits = target.offsetHeight < this.#log.clientHeight;
    const block = marks.length > 0 || fits ? "center" : "start";
    (marks[0] ?? target).scrollIntoView({ block });
    // Now, and not with the next scroll event: a new message must not take the view away.
    this.#scrolled();
  }
}

/** Give a message the focus, and show that, for as long as it keeps it. */
function point(message) {
  message.classList.add("pointed");
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  message.addEventListener(
    "blur",
    () => {
      message.classList.remove("pointed");
      message.removeAttribute("tabindex");
    },
    { once: true },
  );
}

function areTogether(before, message) {
  return (
    before.dataset.sender === message.dataset.sender &&
    before.dataset.topic === message.dataset.topic &&
    before.matches(".message") &&
    message.matches(".message") &&
    message.dataset.date - before.dataset.date < SAME_RUN
  );
}

/** A selector for what has the focus in a message, to find the same in its new version. */
function focusWithin(message) {
  const focused = document.activeElement;
  if (!message.contains(focused)) return null;
  if (focused.dataset.key) return `[data-key="${focused.dataset.key}"]`;
  return [".fold-toggle", ".photo", "audio"].find((one) => focused.matches(one)) ?? ".more";
}

function keepOpenFolds(old, fresh) {
  const olds = old.querySelectorAll(".fold");
  fresh.querySelectorAll(".fold").forEach((fold, index) => {
    if (olds[index] && isOpen(olds[index])) setOpen(fold, true);
  });
}
