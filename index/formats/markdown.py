"""Markdown as a person reads it: paragraphs, lists and tables, without the markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.formats.blocks import Block, join_blocks
from index.formats.dates import stated_date
from index.formats.draft import Draft
from index.formats.front_matter import split_front_matter

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# Deeper than any list or quotation a person writes; the parser drops what lies below.
_MAX_NESTING = 100
# Of one paragraph; a link is looked for from each of them to the paragraph's end.
_MAX_BRACKETS = 5000


def read_markdown(text: str) -> Draft:
    """Return the readable text, with the title, author, date and site of the front matter.

    Without a title there, it is the first heading. Pictures and their descriptions are dropped:
    they are not what the article says.
    """
    about, body = split_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    if any(part.count("[") > _MAX_BRACKETS for part in body.split("\n\n")):
        parser.disable(["link", "image"])
    tokens = parser.enable(["table", "strikethrough"]).parse(body)
    dates = (stated_date(about.get(key, "")) for key in ("date", "published", "pubdate"))
    return Draft(
        text=join_blocks(_blocks(tokens)),
        title=about.get("title") or _first_heading(tokens),
        author=about.get("author") or about.get("authors") or about.get("by"),
        site=about.get("site") or about.get("publication") or about.get("publisher"),
        published=next(filter(None, dates), None),
    )


def _first_heading(tokens: list[Token]) -> str | None:
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and (heading := _inline(following)):
            return heading
    return None


def _blocks(tokens: list[Token]) -> Iterator[tuple[Block, str]]:
    """Yield each block and its text."""
    depth = 0
    marker = ""
    row: list[str] | None = None
    for token in tokens:
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif kind == "list_item_open":
            marker = f"{token.info}. " if token.info else "- "
        elif kind == "list_item_close":
            marker = ""
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close" and row is not None:
            yield Block.ROW, " | ".join(row)
            row = None
        elif row is not None:
            if kind == "inline":
                row.append(_inline(token))
        elif text := _block_text(token):
            if depth:
                indent = "  " * (depth - 1)
                # A second paragraph of an item stands under the first.
                yield Block.ITEM, indent + (marker or "  ") + text
                marker = ""
            else:
                yield Block.PARAGRAPH, text


def _block_text(token: Token) -> str:
    if token.type == "inline":
        return _inline(token)
    if token.type in {"fence", "code_block"}:
        return token.content.strip("\n")
    if token.type == "html_block":
        content = _BREAK.sub("\n", _HIDDEN.sub("", token.content))
        return html.unescape(_TAG.sub("", content)).strip()
    return ""


def _inline(token: Token) -> str:
    """Return the text of a paragraph, heading or cell; line ends inside it are spaces."""
    parts = []
    for child in token.children or ():
        if child.type in {"text", "text_special", "code_inline"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or _BREAK.fullmatch(child.content):
            parts.append("\n")
    return "".join(parts).strip()
