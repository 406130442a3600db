"""A saved web page: its main text, and what it states about itself. The network is not touched.

The only importer of trafilatura, and itself imported late: plain text needs no HTML parser.
"""

from __future__ import annotations

import re
from typing import Any

from lxml.etree import strip_elements
from trafilatura import bare_extraction, load_html

from index.formats.blocks import Block, join_blocks
from index.formats.draft import Draft
from index.formats.html_dates import published_date
from index.formats.html_facts import facts_of
from index.formats.html_refusals import refusal
from index.formats.html_tidy import drop_related, join_bodies, trimmed
from index.formats.page_kinds import obstacle_of
from index.obstacles import Obstacle
from index.records import Format

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*>")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_REPLACED = (("\0", ""), ("\r\n", "\n"), ("\r", "\n"), ("\v", "\n"), ("\f", "\n"), ("\ufeff", ""))
_UNREAD = ("script", "style", "svg", "select", "link")

_MIN_CHARACTERS = 300
"""Of a text that was found by the strict rules; below, the lenient ones have a go."""
_MIN_SHARE = 0.5
"""Of the characters in the page's paragraphs: with fewer, something was left behind."""
_MUCH_MORE = 1.5
"""Times as long is what the lenient rules must find where the strict ones found enough."""


def read_html(text: str, name: str = "") -> Draft:
    """Return the main text of a page with its title, author, site, date and address.

    `name` is the page's address or file name. Raises NoArticleError for a page without an
    article, and says what stands in its place.
    """
    source = _XML_DECLARATION.sub("", _readable(text))
    tree = _parsed(source)
    if tree is None:
        raise refusal()
    facts = facts_of(tree, name if _ADDRESS.match(name) else "")
    # Its own date is looked for here, as trafilatura also guesses from prose and copyright lines.
    published = published_date(tree, facts)
    join_bodies(tree)
    drop_related(tree)
    lines = trimmed(_main_text(tree).split("\n"), facts.title, facts.author)
    if obstacle := obstacle_of(tree, facts, "\n".join(lines), source):
        raise refusal(obstacle)
    return Draft(
        text=_paragraphs(lines),
        title=facts.title,
        author=facts.author,
        site=facts.site,
        published=published,
        format=Format.PAGE,
        language=facts.language,
        canonical=facts.canonical,
    )


def _readable(text: str) -> str:
    """Return `text` without what the parser would stumble over; it drops most by itself."""
    for control, instead in _REPLACED:
        if control in text:
            text = text.replace(control, instead)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _parsed(source: str) -> Any:
    tree = load_html(source)
    if tree is None or tree.tag != "html":
        # A piece of a page: the parser takes a lone block for something else than HTML.
        tree = load_html(f"<html><body>{source}</body></html>")
    return tree


def _main_text(tree: Any) -> str:
    """Return the main text by strict rules, or by lenient and slower ones where those miss it."""
    strip_elements(tree, *_UNREAD, with_tail=False)
    strict = _extracted(tree, strictly=True)
    paragraphs = sum(map(len, tree.xpath("//p//text()")))
    if len(strict) >= max(_MIN_CHARACTERS, _MIN_SHARE * paragraphs):
        return strict
    lenient = _extracted(tree, strictly=False)
    enough = len(strict) >= _MIN_CHARACTERS and len(lenient) <= _MUCH_MORE * len(strict)
    return strict if enough else lenient


def _extracted(tree: Any, strictly: bool) -> str:
    try:
        document = bare_extraction(
            tree, include_comments=False, fast=strictly, favor_precision=strictly
        )
    except RecursionError:
        raise refusal(Obstacle.NO_ARTICLE) from None
    return getattr(document, "text", None) or ""


def _paragraphs(lines: list[str]) -> str:
    """Put blank lines between the blocks, except within a list or a table."""
    return join_blocks(map(_block, lines))


def _block(line: str) -> tuple[Block, str]:
    if line.startswith("| "):
        return Block.ROW, line.strip(" |")
    return (Block.ITEM if line.startswith("- ") else Block.PARAGRAPH), line
