// How people, chats, times and sizes are written.

const HUES = 7;
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });

/** The full name of a user, or the title of a chat. */
export function nameOf(sender) {
  if (!sender) return "Somebody";
  return sender.title ?? [sender.first_name, sender.last_name].filter(Boolean).join(" ");
}

/** One or two letters for an avatar. */
export function initials(name) {
  const words = name.trim().split(/\s+/u);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...word][0] ?? "?").join("").toUpperCase();
}

/** One of the seven colours, always the same for an id or a name. */
export function hueOf(id) {
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 1_000_003;
  return `hue-${sum % HUES}`;
}

/** Who wrote a message. */
export function senderOf(message) {
  return message.sender_chat ?? message.from ?? message.chat;
}

/** Who wrote a forwarded message first. */
export function originName(origin) {
  if (origin.type === "user") return nameOf(origin.sender_user);
  if (origin.type === "hidden_user") return origin.sender_user_name;
  const chat = origin.chat ?? origin.sender_chat;
  const signature = origin.author_signature;
  return signature ? `${nameOf(chat)} (${signature})` : nameOf(chat);
}

const moment = (seconds) => new Date(seconds * 1000);

export const timeOf = (seconds) => TIME.format(moment(seconds));
export const dateOf = (seconds) => DATE.format(moment(seconds));
export const dayKey = (seconds) => moment(seconds).toDateString();

/** "Today", "Yesterday", or the day's date. */
export function dayName(seconds) {
  const today = new Date();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (dayKey(seconds) === today.toDateString()) return "Today";
  if (dayKey(seconds) === yesterday.toDateString()) return "Yesterday";
  return DAY.format(moment(seconds));
}

/** A file's size, such as "12 kB". */
export function sizeOf(bytes) {
  if (bytes === undefined) return "";
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** How long a sound is: minutes and seconds, such as "1:05". */
export function lengthOf(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A number with the word that fits it: "1 message", "2 messages". */
export function counted(number, word) {
  return `${number.toLocaleString("en-GB")} ${word}${number === 1 ? "" : "s"}`;
}
