// One message as an element.

import { shown, titleOf } from "./attachments.js";
import { avatar } from "./avatar.js";
import { element, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { dateOf, hueOf, nameOf, originName, senderOf, timeOf } from "./names.js";
import { richContent } from "./rich.js";

const SNIPPET = 160;

/** What a message says, in one line. */
export function summaryOf(message, longest = SNIPPET) {
  const rich = message.rich_message ? richContent(message.rich_message).textContent : "";
  const words = message.text ?? message.caption ?? rich;
  const line = [titleOf(message), words].filter(Boolean).join(": ");
  const short = line.slice(0, longest).replace(/\s+/gu, " ").toWellFormed().trim();
  return short || serviceNote(message) || "A message";
}

/** The element of a message, as person `as` sees it. */
export function bubble(message, { as, isGroup }) {
  const sender = senderOf(message);
  const own = message.from?.id === as;
  const time = timeOf(message.date);
  const note = serviceNote(message);
  if (note) {
    return element("article", { class: "service", ...identity(message, sender, time) }, note);
  }
  const body = element(
    "div",
    { class: "bubble" },
    isGroup && !own ? senderName(sender) : null,
    forwardedFrom(message),
    replyHeader(message),
    shown(message),
    element("div", { class: "words" }, words(message), meta(message, time)),
  );
  return element(
    "article",
    { class: `message ${own ? "own" : "other"}`, ...identity(message, sender, time) },
    element("input", {
      type: "checkbox",
      class: "pick",
      "aria-label": `Select the message of ${nameOf(sender)} at ${time}`,
    }),
    isGroup && !own ? avatar(sender) : null,
    element("div", { class: "stack" }, body, reactions(message), keyboard(message)),
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
    "data-date": message.date,
    "data-album": message.media_group_id,
  };
}

const senderName = (sender) =>
  element("p", { class: `sender ${hueOf(sender.id)}`, dir: "auto" }, nameOf(sender));

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
  return element(
    "p",
    { class: "meta" },
    message.edit_date
      ? element("span", { class: "edited", title: dateOf(message.edit_date) }, "edited ")
      : null,
    element(
      "time",
      { datetime: new Date(message.date * 1000).toISOString(), title: dateOf(message.date) },
      time,
    ),
  );
}

function reactions(message) {
  const emoji = (message.reactions ?? []).map((reaction) => reaction.emoji).filter(Boolean);
  if (emoji.length === 0) return null;
  return element("p", { class: "reactions", "aria-label": "Reactions" }, emoji.join(" "));
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

/** What happened, for messages that nobody wrote. */
function serviceNote(message) {
  const joined = message.new_chat_members?.map(nameOf).join(", ");
  if (joined) return `${joined} joined`;
  if (message.left_chat_member) return `${nameOf(message.left_chat_member)} left`;
  const told = message.text ?? message.caption ?? message.rich_message;
  return told || titleOf(message) ? "" : "A message that this page cannot show";
}
