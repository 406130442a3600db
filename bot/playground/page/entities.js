// Text and its entities -> nodes. Offsets count UTF-16 units, as JavaScript strings do.
//
// The text content of what comes out is the text that went in, unit by unit: newlines that a
// block makes needless are kept, unseen. So a place in the page is a place in the message.

import { element } from "./dom.js";
import { foldable } from "./folds.js";
import { link } from "./links.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
};

/** The nodes of a message's text. */
export function formatted(text, entities = []) {
  const spans = entities
    .map((entity) => ({ entity, start: entity.offset, end: entity.offset + entity.length }))
    .filter((span) => span.start >= 0 && span.start < span.end && span.end <= text.length)
    .sort((a, b) => a.start - b.start || b.end - a.end || blockFirst(a, b));
  return part(text, spans, 0, text.length);
}

const isBlock = (span) => span !== undefined && BLOCKS.has(span.entity.type);
const blockFirst = (a, b) => Number(isBlock(b)) - Number(isBlock(a));

function part(text, spans, start, end) {
  const fragment = new DocumentFragment();
  let at = start;
  let before;
  let waiting = spans;
  while (waiting.length > 0) {
    const [span, ...others] = waiting;
    const inner = [];
    waiting = [];
    for (const other of others) {
      if (other.start >= span.end) {
        waiting.push(other);
      } else {
        inner.push({ ...other, end: Math.min(other.end, span.end) });
        // What reaches beyond is cut in two, as elements only nest.
        if (other.end > span.end) waiting.push({ ...other, start: span.end });
      }
    }
    appendGap(fragment, text.slice(at, span.start), isBlock(before), isBlock(span));
    const content = part(text, inner, span.start, span.end);
    fragment.append(wrapped(span.entity, text.slice(span.start, span.end), content));
    at = span.end;
    before = span;
  }
  appendGap(fragment, text.slice(at, end), isBlock(before), false);
  return fragment;
}

/** The text between two entities; a block begins and ends a line by itself. */
function appendGap(fragment, text, afterBlock, beforeBlock) {
  let rest = text;
  if (afterBlock && rest.startsWith("\n")) {
    fragment.append(needlessNewline());
    rest = rest.slice(1);
  }
  const needless = beforeBlock && rest.endsWith("\n");
  if (needless) rest = rest.slice(0, -1);
  if (rest) fragment.append(rest);
  if (needless) fragment.append(needlessNewline());
}

const needlessNewline = () => element("span", { class: "needless" }, "\n");

function wrapped(entity, text, content) {
  const tag = PLAIN_TAGS[entity.type];
  if (tag) return element(tag, {}, content);
  switch (entity.type) {
    case "expandable_blockquote":
      return foldable(content);
    case "pre":
      return element("pre", { "data-language": entity.language }, element("code", {}, content));
    case "spoiler":
      return spoiler(content);
    case "url":
      return link(text, content);
    case "text_link":
      return link(entity.url, content);
    case "email":
      return link(`mailto:${text}`, content);
    case "phone_number":
      return link(`tel:${text}`, content);
    case "bot_command":
      return element("button", { type: "button", class: "command", "data-command": text }, content);
    default:
      return element("span", { class: `entity ${entity.type}` }, content);
  }
}

/** Text that is hidden until it is pressed. */
export function spoiler(content) {
  return element(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden words, press to show" },
    element("span", { class: "spoiler-words" }, content),
  );
}

/** Show the hidden words of a spoiler for good. */
export function reveal(hidden) {
  hidden.classList.add("revealed");
  hidden.removeAttribute("role");
  hidden.removeAttribute("aria-label");
  hidden.setAttribute("tabindex", "-1");
}
