// Links in messages: safe ones only, and those that start the bot.

import { element } from "./dom.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

/** A link, or plain words where the address is none that may be followed. */
export function link(address, content) {
  const target = parsed(address);
  if (!target) return element("span", { class: "entity" }, content);
  return element(
    "a",
    { href: target.href, target: "_blank", rel: "noopener noreferrer", title: address },
    content,
  );
}

/** The address as a URL; without a scheme it is meant as a web address. */
function parsed(address) {
  const text = String(address);
  const whole = /^(tel:|[a-z][a-z0-9+.-]*:(?!\d))/i.test(text);
  const target = whole ? text : `http://${text}`;
  if (!URL.canParse(target)) return null;
  const url = new URL(target);
  return SAFE.has(url.protocol) ? url : null;
}

/**
 * What a link asks this bot to start with: a payload (perhaps empty), or null where the link
 * goes elsewhere.
 */
export function startPayload(address, username) {
  const url = parsed(address);
  if (!url || !username) return null;
  let bot = "";
  if (url.protocol === "tg:" && (url.host === "resolve" || url.pathname.endsWith("resolve"))) {
    bot = url.searchParams.get("domain") ?? "";
  } else if (/^(www\.)?(t|telegram)\.(me|dog)$/.test(url.hostname)) {
    bot = url.pathname.split("/")[1] ?? "";
  }
  if (bot.toLowerCase() !== username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}
