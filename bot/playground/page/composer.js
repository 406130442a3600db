// Writing: text, replies, edits, files; what was begun is kept for each chat.

import * as api from "./api.js";
import { summaryOf } from "./bubble.js";
import { byId, hasMouse } from "./dom.js";
import { Inline } from "./inline.js";
import { counted, nameOf, senderOf } from "./names.js";
import { attempt } from "./notices.js";
import { parcelsOf } from "./parcels.js";
import { isEditable } from "./standing.js";
import { Suggestions } from "./suggestions.js";
import { Tray } from "./tray.js";

const LONGEST_MESSAGE = 4096;
const NOTHING = { text: "", context: null, files: [], asFiles: false };

export class Composer {
  #state;
  #text = byId("message");
  #tray = new Tray(() => this.#refresh());
  #suggestions;
  #inline;
  #drafts = new Map();
  #key = "";
  /** What the text is for: null, {reply, quote} or {edit}. */
  #context = null;
  #sending = Promise.resolve();

  /** `onStart` gets the parameter with which the bot shall be started. */
  constructor(state, onStart) {
    this.#state = state;
    this.#inline = new Inline(state, this.#text, {
      choose: (query, result) => this.#sendCard(query, result),
      start: (parameter) => {
        this.#refresh();
        onStart(parameter);
      },
    });
    this.#suggestions = new Suggestions(state, this.#text, (command) => {
      this.#text.value = "";
      this.sendNow(command);
    });
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("input", () => this.#refresh());
    this.#text.addEventListener("keydown", (event) => this.#onKey(event));
    this.#text.addEventListener("paste", (event) => this.#onPaste(event));
    byId("cancel-context").addEventListener("click", () => this.#leaveContext());
  }

  /** Put what was begun in the chat before aside, and take up what was begun in this one. */
  show() {
    if (this.#key) this.#drafts.set(this.#key, this.#draft());
    this.#key = this.#keyOf(this.#state.as);
    this.#take(this.#drafts.get(this.#key) ?? NOTHING);
    this.label();
  }

  /** Say where what is written goes. */
  label() {
    const { current, topic } = this.#state;
    const named = current.topics?.find(({ id }) => id === topic)?.name;
    const general = current.is_forum ? "General" : current.title;
    const verb = current.type === "channel" ? "Post in" : "Message";
    this.#text.placeholder = `${verb} ${named ?? general}`;
  }

  #keyOf(person) {
    return `${person}:${this.#state.chat}:${this.#state.topic ?? 0}`;
  }

  /** Let another person go on with what was begun; an edit stays with who began it. */
  handOver(person) {
    const draft = this.#draft();
    if (draft.context?.edit) return;
    this.#drafts.set(this.#keyOf(person), draft);
    this.#take(NOTHING);
  }

  focus() {
    this.#text.focus();
  }

  replyTo(message, quote = "") {
    this.#leaveEdit();
    this.#setContext({ reply: message, quote });
    this.focus();
  }

  edit(message) {
    this.#text.value = message.text ?? message.caption ?? "";
    this.#setContext({ edit: message });
    this.focus();
    this.#text.setSelectionRange(this.#text.value.length, this.#text.value.length);
  }

  addFiles(files) {
    this.#leaveEdit();
    this.#tray.add(files);
    if (hasMouse()) this.focus();
  }

  /** A message was deleted: no reply and no edit can be for it any longer. */
  forget(id) {
    const target = this.#context?.edit ?? this.#context?.reply;
    if (target?.message_id === id) this.#leaveContext();
  }

  /** Send a text as it is, such as a command that was pressed. */
  sendNow(text) {
    return this.#queue({ ...NOTHING, text });
  }

  #submit() {
    const draft = this.#draft();
    const text = draft.text.trim();
    if (!text && draft.files.length === 0) return;
    if (draft.context?.edit && text === (draft.context.edit.text ?? draft.context.edit.caption)) {
      this.#leaveContext();
      return;
    }
    this.#take(NOTHING);
    this.#queue(draft);
  }

  /** One after another, so that messages stand in the order they were sent in. */
  #queue(draft) {
    const { as, chat, topic, anonymous } = this.#state;
    const key = this.#key;
    const where = { topic: topic || undefined, anonymous: anonymous || undefined };
    this.#sending = this.#sending.then(async () => {
      const sent = await attempt(() => this.#post(draft, as, chat, where));
      const untouched = !this.#text.value && this.#key === key;
      if (!sent && untouched) this.#take(draft);
    });
    return this.#sending;
  }

  #sendCard(query, result) {
    this.#setContext(null);
    const { chat, topic } = this.#state;
    return attempt(async () => {
      const sent = await api.chooseInline(query, result, chat, topic || undefined);
      this.#state.receive(sent.messages);
    });
  }

  async #post(draft, as, chat, where) {
    const { text, context, files, asFiles } = draft;
    if (context?.edit) {
      const name = context.edit.text === undefined ? "caption" : "text";
      await api.edit(chat, context.edit.message_id, as, { [name]: text });
      return;
    }
    const replyTo = context?.reply.message_id;
    if (files.length === 0) {
      const options = { replyTo, quote: context?.quote || undefined, ...where };
      this.#state.receive((await api.sendText(chat, as, text, options)).messages);
      return;
    }
    const options = { caption: text.trim(), replyTo, ...where };
    for (const parcel of await parcelsOf(files, asFiles)) {
      this.#state.receive((await api.sendFiles(chat, as, parcel, options)).messages);
      // Where a later one is refused, what is sent is not to be sent again.
      Object.assign(draft, { text: "", context: null });
      draft.files = draft.files.slice(parcel.files.length);
      options.caption = options.replyTo = undefined;
    }
  }

  #draft() {
    const { files, asFiles } = this.#tray;
    return { text: this.#text.value, context: this.#context, files, asFiles };
  }

  #take({ text, context, files, asFiles }) {
    this.#text.value = text;
    this.#tray.asFiles = asFiles;
    this.#tray.files = files;
    this.#setContext(context);
  }

  #setContext(context) {
    this.#context = context;
    const target = context?.edit ?? context?.reply;
    byId("context").hidden = !context;
    if (context?.edit) {
      byId("context-label").textContent = "Edit message";
      byId("context-text").textContent = summaryOf(target);
    } else if (context) {
      const name = nameOf(senderOf(target));
      byId("context-label").textContent = context.quote ? `Quote ${name}` : `Reply to ${name}`;
      byId("context-text").textContent = context.quote || summaryOf(target);
    }
    const cancel = byId("cancel-context");
    cancel.title = context?.edit ? "Cancel the edit" : "Cancel the reply";
    cancel.setAttribute("aria-label", cancel.title);
    byId("send").setAttribute("aria-label", context?.edit ? "Save the edit" : "Send");
    byId("attach").disabled = Boolean(context?.edit);
    this.#refresh();
  }

  #leaveContext() {
    this.#leaveEdit();
    this.#setContext(null);
    this.focus();
  }

  #leaveEdit() {
    if (this.#context?.edit) {
      this.#text.value = "";
      this.#setContext(null);
    }
  }

  #refresh() {
    this.#text.style.height = "auto";
    // Nothing is measured while it is hidden.
    const needed = this.#text.scrollHeight;
    if (needed > 0) this.#text.style.height = `${needed}px`;
    this.#suggestions.update();
    if (!this.#context?.edit) this.#inline.update();
    const { length } = this.#text.value;
    const hint = byId("hint");
    hint.textContent = length > LONGEST_MESSAGE && !this.#context?.edit
      ? `${counted(length, "character")}: will be cut into several messages, as Telegram does.`
      : "";
    hint.hidden = !hint.textContent;
  }

  #onKey(event) {
    if (event.isComposing || this.#inline.onKey(event) || this.#suggestions.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#context) {
      this.#leaveContext();
    } else if (event.key === "ArrowUp" && !this.#text.value && !this.#context) {
      const { as, current } = this.#state;
      const last = this.#state.shown().findLast((message) => isEditable(message, as, current));
      if (!last) return;
      event.preventDefault();
      this.edit(last);
    }
  }

  #onPaste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    this.addFiles(files);
  }
}
