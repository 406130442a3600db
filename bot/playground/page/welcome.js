// What an empty chat shows: who the bot is, or how a group works.

import { avatar } from "./avatar.js";
import { element } from "./dom.js";
import { nameOf } from "./names.js";

/** The screen of a chat in which nothing was said yet. */
export function welcome({ bot, current, isGroup }) {
  const about = isGroup
    ? `In a group ${nameOf(bot)} sees commands, replies to its own messages, ` +
      `and messages that name @${bot.username}.`
    : bot.description || `Nothing was said yet. Press START to talk with ${nameOf(bot)}.`;
  return element(
    "div",
    { class: "welcome" },
    avatar(isGroup ? current : bot),
    element("h3", { dir: "auto" }, isGroup ? current.title : nameOf(bot)),
    element("p", { dir: "auto" }, about),
  );
}
