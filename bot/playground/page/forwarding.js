// Dialogs that send something on: messages of a chat, or a post made up from elsewhere.

import * as api from "./api.js";
import { choice, field, openDialog } from "./dialogs.js";
import { element } from "./dom.js";
import { counted, nameOf } from "./names.js";
import { mayWrite } from "./standing.js";

const ORIGINS = [
  { value: "channel", label: "a channel" },
  { value: "user", label: "a person" },
  { value: "hidden_user", label: "a person who hides their account" },
];
const comment = () =>
  field("Comment", { name: "comment", rows: 2 }, "Sent as a message of its own, just before.");

/** Ask where to forward messages of the open chat, and do it. */
export function forwardMessages(state, ids, onSent) {
  const options = state
    .chatsOf(state.as)
    .filter((chat) => mayWrite(chat, state.as))
    .map((chat) => ({ value: chat.id, label: chat.title }));
  openDialog(`Forward ${counted(ids.length, "message")}`, [choice("To", "to", options), comment()], {
    submit: "Forward",
    action: async (form) => {
      const to = Number(form.get("to"));
      const answer = await api.forward(to, state.as, {
        from_chat: state.chat,
        message_ids: [...ids].sort((a, b) => a - b),
        ...written(form, "comment"),
      });
      onSent(to, answer.messages);
    },
  });
}

/** Make up a post, and forward it to the open chat as if it came from there. */
export function forwardPost(state, onSent) {
  openDialog(
    "Forward a post",
    [
      choice("Forwarded from", "type", ORIGINS),
      field("Name", { name: "name", required: true, maxlength: 128, value: "The Morning Post" }),
      field("Text", { name: "text", required: true, rows: 6, autofocus: true }),
      comment(),
    ],
    {
      submit: "Forward",
      action: async (form) => {
        const answer = await api.forward(state.chat, state.as, {
          origin: origin(form.get("type"), form.get("name").trim()),
          message: { text: form.get("text") },
          topic: state.topic || undefined,
          ...written(form, "comment"),
        });
        onSent(state.chat, answer.messages);
      },
    },
  );
}

const origin = (type, name) => (type === "channel" ? { type, title: name } : { type, name });

/** Ask for a new person, and add them. */
export function addPerson(onAdded) {
  openDialog(
    "Add a person",
    [
      field("First name", { name: "first_name", required: true, maxlength: 64, autofocus: true }),
      field("Username", { name: "username", pattern: "@?[A-Za-z][A-Za-z0-9_]{4,31}" },
        "Optional: at least five letters, digits or _."),
      field("Language", { name: "language_code", pattern: "[a-z]{2,3}(-[A-Za-z0-9]+)*" },
        "Optional: a code such as en, de or ar."),
    ],
    {
      submit: "Add",
      action: async (form) => {
        const username = (form.get("username") ?? "").replace(/^@/, "");
        const { person } = await api.addPerson({
          first_name: form.get("first_name").trim(),
          ...(username ? { username } : {}),
          ...written(form, "language_code"),
        });
        await onAdded(person);
      },
    },
  );
}

/** Ask once before a message is deleted. */
export function confirmDeletion(state, message, onDeleted) {
  openDialog(
    "Delete this message?",
    [
      element(
        "p",
        { class: "dialog-text" },
        `${nameOf(state.bot)} is not told: Telegram tells no bot what people delete.`,
      ),
    ],
    {
      submit: "Delete",
      danger: true,
      action: async () => {
        await api.remove(state.chat, message.message_id, state.as);
        onDeleted();
      },
    },
  );
}

/** A field of a form under its name, or nothing where nothing was written. */
function written(form, name) {
  const value = (form.get(name) ?? "").trim();
  return value ? { [name]: value } : {};
}
