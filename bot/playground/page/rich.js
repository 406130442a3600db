// Rich messages (blocks of a pasted page) -> nodes. Unknown blocks show whatever text they hold.

import { element } from "./dom.js";
import { spoiler } from "./entities.js";
import { link } from "./links.js";

const DEEPEST = 20;
const TEXT_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  subscript: "sub",
  superscript: "sup",
  marked: "mark",
};

/** The nodes of a rich message. */
export function richContent(message) {
  const fragment = new DocumentFragment();
  fragment.append(...blocks(message.blocks, 0));
  return fragment;
}

function blocks(list, depth) {
  if (!Array.isArray(list) || depth > DEEPEST) return [];
  return list.map((item) => block(item, depth));
}

function block(item, depth) {
  const inside = () => blocks(item.blocks, depth + 1);
  const words = () => text(item.text, depth);
  switch (item.type) {
    case "heading":
    case "section_heading":
      return element("p", { class: "rich-heading" }, words());
    case "pre":
    case "preformatted":
      return element("pre", { "data-language": item.language }, element("code", {}, words()));
    case "divider":
      return element("hr");
    case "footer":
      return element("p", { class: "rich-small" }, words());
    case "list":
      return list(item, depth);
    case "blockquote":
    case "block_quotation":
    case "pullquote":
      return element("blockquote", {}, words(), ...inside(), credit(item.credit, depth));
    case "details":
      return element(
        "details",
        { open: item.is_open },
        element("summary", {}, text(item.summary, depth)),
        ...inside(),
      );
    case "table":
      return table(item, depth);
    case "mathematical_expression":
      return element("p", {}, element("code", {}, item.expression ?? ""));
    default:
      return item.blocks || item.caption
        ? element("div", {}, words(), ...inside(), caption(item.caption, depth))
        : element("p", {}, words());
  }
}

function list(item, depth) {
  const entries = (item.items ?? []).map((entry) =>
    element(
      "li",
      {},
      element("span", { class: "rich-label" }, labelOf(entry)),
      element("div", {}, text(entry.text, depth), ...blocks(entry.blocks, depth + 1)),
    ),
  );
  return element("ul", { class: "rich-list" }, ...entries);
}

function labelOf(entry) {
  if (entry.has_checkbox) return entry.is_checked ? "☑" : "☐";
  return entry.label ?? "•";
}

function table(item, depth) {
  const rows = (item.cells ?? item.rows ?? []).map((row) =>
    element(
      "tr",
      {},
      ...(row.cells ?? row).map((cell) =>
        element(cell.is_header ? "th" : "td", {}, text(cell.text, depth)),
      ),
    ),
  );
  const head = item.caption ? element("caption", {}, text(item.caption, depth)) : null;
  return element("table", {}, head, element("tbody", {}, ...rows));
}

function caption(value, depth) {
  if (!value) return null;
  return element("p", { class: "rich-small" }, text(value.text ?? value, depth),
    credit(value.credit, depth));
}

const credit = (value, depth) =>
  value ? element("cite", { class: "rich-small" }, text(value, depth)) : null;

/** Rich text: a string, a list of rich texts, or one of a type with a text inside. */
function text(value, depth) {
  const fragment = new DocumentFragment();
  if (value === undefined || value === null || depth > DEEPEST) return fragment;
  if (typeof value === "string") {
    fragment.append(value);
  } else if (Array.isArray(value)) {
    fragment.append(...value.map((inner) => text(inner, depth + 1)));
  } else {
    fragment.append(span(value, depth));
  }
  return fragment;
}

function span(value, depth) {
  const content = text(value.text ?? value.alternative_text ?? value.expression, depth + 1);
  if (TEXT_TAGS[value.type]) return element(TEXT_TAGS[value.type], {}, content);
  if (value.type === "spoiler") return spoiler(content);
  if (value.type === "url") return link(value.url ?? content.textContent, content);
  return element("span", { class: "entity" }, content);
}
