// One message as an element.

import { shown, titleOf } from "./attachments.js";
import { avatar } from "./avatar.js";
import { element, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { dateOf, hueOf, nameOf, originName, senderOf, timeOf } from "./names.js";
import { serviceNote } from "./notes.js";
import { richContent } from "./rich.js";
import { authorOf, labelOf } from "./standing.js";
import { topicOf } from "./state.js";

const SNIPPET = 160;

/** What a message says, in one line. */
export function summaryOf(message, longest = SNIPPET) {
  const rich = message.rich_message ? richContent(message.rich_message).textContent : "";
  const words = message.text ?? message.caption ?? rich;
  const line = [titleOf(message), words].filter(Boolean).join(": ");
  const short = line.slice(0, longest).replace(/\s+/gu, " ").toWellFormed().trim();
  return short || serviceNote(message) || "A message";
}

/** A message in one line, with who wrote it where that is not clear. */
export function lineOf(message, longest = SNIPPET) {
  const summary = summaryOf(message, longest);
  const isPost = message.chat.type === "channel";
  return serviceNote(message) || isPost ? summary : `${nameOf(senderOf(message))}: ${summary}`;
}

/** The element of a message of `chat`, as person `as` sees it; `topics`: with its topic's name. */
export function bubble(message, { as, chat, topics }) {
  const sender = senderOf(message);
  const time = timeOf(message.date);
  const note = serviceNote(message);
  if (note) {
    return element("article", { class: "service", ...identity(message, sender, time) }, note);
  }
  const own = chat.type !== "channel" && authorOf(message)?.id === as;
  const named = !own && ["group", "supergroup"].includes(chat.type);
  const body = element(
    "div",
    { class: "bubble" },
    topics ? topicName(chat, message) : null,
    named ? senderName(sender, chat) : null,
    via(message),
    forwardedFrom(message),
    replyHeader(message),
    shown(message),
    ...foot(message, time),
  );
  return element(
    "article",
    { class: `message ${own ? "own" : "other"}`, ...identity(message, sender, time) },
    element("input", {
      type: "checkbox",
      class: "pick",
      "aria-label": `Select the message of ${nameOf(sender)} at ${time}`,
    }),
    named ? avatar(sender) : null,
    element("div", { class: "stack" }, body, keyboard(message)),
    iconButton("more", `Actions for the message of ${nameOf(sender)} at ${time}`, {
      class: "round more",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: "Actions",
    }),
  );
}

function identity(message, sender, time) {
  return {
    "aria-label": `${nameOf(sender)}, ${time}`,
    "data-id": message.message_id,
    "data-sender": sender.id,
    "data-topic": topicOf(message),
    "data-date": message.date,
    "data-album": message.media_group_id,
  };
}

function senderName(sender, chat) {
  // Who writes in the name of the group runs it.
  const label = sender.id === chat.id ? "admin" : labelOf(chat, sender.id);
  return element(
    "p",
    { class: "sender" },
    element("span", { class: `sender-name ${hueOf(sender.id)}`, dir: "auto" }, nameOf(sender)),
    label ? element("span", { class: "standing" }, label) : null,
  );
}

function topicName(chat, message) {
  const topic = topicOf(message);
  const name = chat.topics.find(({ id }) => id === topic)?.name ?? "General";
  return element(
    "button",
    { type: "button", class: "topic-name", "data-go-topic": topic, title: "Read this topic" },
    icon("topic"),
    element("span", { dir: "auto" }, name),
  );
}

function via({ via_bot: bot }) {
  return bot ? element("p", { class: "via" }, "via ", element("strong", {}, `@${bot.username}`)) : null;
}

function forwardedFrom(message) {
  if (!message.forward_origin) return null;
  const name = element("strong", { dir: "auto" }, originName(message.forward_origin));
  return element("p", { class: "forwarded" }, "Forwarded from ", name);
}

function replyHeader(message) {
  const target = message.reply_to_message;
  if (!target) return null;
  const name = nameOf(senderOf(target));
  const snippet = message.quote?.text ?? summaryOf(target);
  return element(
    "button",
    {
      type: "button",
      class: `reply ${hueOf(senderOf(target).id)}`,
      "data-reply-to": target.message_id,
      title: "Go to that message",
    },
    element("strong", { dir: "auto" }, name),
    message.quote ? icon("quote") : null,
    element("span", { class: "snippet", dir: "auto" }, snippet),
  );
}

/** The words, and the time beside them; where there are reactions, beside those. */
function foot(message, time) {
  const row = (...parts) => element("div", { class: "words" }, ...parts);
  const [said, below, when] = [words(message), reactions(message), meta(message, time)];
  return below ? [said && row(said), row(below, when)] : [row(said, when)];
}

function words(message) {
  if (message.rich_message) {
    return element("div", { class: "text rich", dir: "auto" }, richContent(message.rich_message));
  }
  const text = message.text ?? message.caption;
  if (!text) return null;
  const entities = message.entities ?? message.caption_entities;
  return element("div", { class: "text", dir: "auto" }, formatted(text, entities));
}

function meta(message, time) {
  const { author_signature: signature, edit_date: edited, date } = message;
  return element(
    "p",
    { class: "meta" },
    edited ? element("span", { class: "edited", title: dateOf(edited) }, "edited ") : null,
    signature ? element("span", { dir: "auto" }, `${signature}, `) : null,
    element("time", { datetime: new Date(date * 1000).toISOString(), title: dateOf(date) }, time),
  );
}

function reactions(message) {
  const emoji = (message.reactions ?? []).map((reaction) => reaction.emoji).filter(Boolean);
  if (emoji.length === 0) return null;
  const chips = emoji.map((one) => element("li", {}, one));
  return element("ul", { class: "reactions", "aria-label": "Reactions" }, ...chips);
}

function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  const made = rows.map((row, y) =>
    element("div", { class: "keys" }, ...row.map((button, x) => key(button, `${y}:${x}`))),
  );
  return element("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, ...made);
}

function key(button, place) {
  const label = element("span", { dir: "auto" }, button.text);
  if (!button.url) {
    return element("button", { type: "button", class: "key", "data-key": place }, label);
  }
  const attributes = { href: button.url, target: "_blank", rel: "noopener noreferrer" };
  return element("a", { class: "key", "data-key": place, ...attributes }, label, icon("out"));
}
