// How people stand in a chat, and what they may do with its messages.

const RUNNING = ["creator", "administrator"];
const EDITABLE = ["text", "caption", "document", "photo", "voice"];
const LABELS = { creator: "owner", administrator: "admin", restricted: "may only read" };

/** How somebody stands in a chat, as Telegram names it. */
export const statusOf = (chat, id) => chat.standings?.[id] ?? "left";

/** Whether somebody is a chat's creator or an administrator. */
export const runs = (chat, id) => RUNNING.includes(statusOf(chat, id));

/** The word beside a name: "owner", "admin", or nothing. */
export const labelOf = (chat, id) => LABELS[statusOf(chat, id)] ?? "";

/** Who wrote a message, even if it stands there in the name of a chat. */
export const authorOf = (message) => message.written_by ?? message.from;

/** Whether somebody may write in a chat: in a channel only who runs it. */
export function mayWrite(chat, id) {
  if (chat.type === "private") return true;
  return chat.type === "channel" ? runs(chat, id) : statusOf(chat, id) !== "restricted";
}

/** Whether somebody may edit a message: their own, or any post where they run the channel. */
export function isEditable(message, id, chat) {
  const theirs = authorOf(message)?.id === id || (chat.type === "channel" && runs(chat, id));
  const asItWas = !message.forward_origin && !message.via_bot;
  return theirs && asItWas && EDITABLE.some((part) => message[part] !== undefined);
}

/** Whether somebody may delete a message. */
export const isDeletable = (message, id, chat) =>
  chat.type === "private" || authorOf(message)?.id === id || runs(chat, id);
