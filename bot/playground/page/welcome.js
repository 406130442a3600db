// What an empty chat shows: who the bot is, or how a group, a topic or a channel works.

import { avatar } from "./avatar.js";
import { element } from "./dom.js";
import { nameOf } from "./names.js";

/** The screen of a chat in which nothing was said yet. */
export function welcome({ bot, current, menu, topic, isPrivate }) {
  const of = isPrivate ? bot : current;
  const named = current.topics?.find(({ id }) => id === topic);
  return element(
    "div",
    { class: "welcome" },
    avatar(of),
    element("h3", { dir: "auto" }, named?.name ?? nameOf(of)),
    element("p", { dir: "auto" }, about(bot, current, menu)),
  );
}

function about(bot, chat, menu) {
  const name = nameOf(bot);
  if (chat.type === "private") {
    return menu.description || `Nothing was said yet. Press START to talk with ${name}.`;
  }
  if (!chat.members.includes(bot.id)) {
    return `${name} is not here yet: the menu above adds it.`;
  }
  if (chat.type === "channel") return `${name} sees every post of this channel.`;
  if (chat.standings[bot.id] === "administrator") {
    return `${name} is an administrator here and sees every message.`;
  }
  return (
    `In a group ${name} sees commands, replies to its own messages, ` +
    `and messages that name @${bot.username}.`
  );
}
