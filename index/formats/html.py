"""A saved web page: its main text, and what it states about itself. The network is not touched.

The only importer of trafilatura, and itself imported late: plain text needs no HTML parser.
"""

from __future__ import annotations

import re
from itertools import accumulate

from trafilatura import bare_extraction, load_html

from index.errors import NoArticleError
from index.formats.draft import Draft
from index.formats.html_dates import published_date
from index.formats.normalise import normalise

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*>")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？؟।]")
_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")

# What stands there when the article does not; longer texts may well be about cookies.
_NOTICE = re.compile(
    r"\b(?:(?:enable|requires?|turn on) javascript|javascript (?:is )?(?:disabled|required)"
    r"|(?:accept|use|uses) (?:of )?cookies|(?:log|sign) ?in to (?:continue|read)"
    r"|subscribe to (?:continue|read)|verify (?:that )?you are (?:a )?human|page not found)\b",
    re.IGNORECASE,
)
_MAX_NOTICE_WORDS = 80
_MIN_PROSE_LETTERS = 30


def read_html(text: str, name: str = "") -> Draft:
    """Return the main text of a page with its title, author, site and date.

    `name` is the page's address or file name. Raises NoArticleError for a page without prose.
    """
    page = _XML_DECLARATION.sub("", normalise(text))
    tree = load_html(page)
    if tree is None or tree.tag != "html":
        # A piece of a page: the parser takes a lone block for something else than HTML.
        tree = load_html(f"<html><body>{page}</body></html>")
    if tree is None:
        raise _no_article()
    address = name if _ADDRESS.match(name) else ""
    # Its own date is looked for here, as trafilatura also guesses from prose and copyright lines.
    published = published_date(tree, address)
    document = bare_extraction(
        tree,
        url=address or None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    found = getattr(document, "text", None) or ""
    if not _is_article(found):
        raise _no_article()
    return Draft(
        text=_paragraphs(found),
        title=getattr(document, "title", None),
        author=(getattr(document, "author", None) or "").replace("; ", ", "),
        site=getattr(document, "sitename", None),
        published=published,
    )


def _is_article(text: str) -> bool:
    """Tell prose from menus, lists of headlines, and notices that stand in an article's place."""
    if len(text.split()) <= _MAX_NOTICE_WORDS and _NOTICE.search(text):
        return False
    return any(_is_prose(line) for line in text.split("\n") if _SENTENCE_END.search(line))


def _is_prose(line: str) -> bool:
    # A Chinese, Japanese or Korean character says as much as three letters.
    letters = (3 if _WIDE.match(found[0]) else 1 for found in _LETTER.finditer(line))
    # As many as are needed: to find all of a long line in one go would stop every thread.
    return any(count >= _MIN_PROSE_LETTERS for count in accumulate(letters))


def _paragraphs(text: str) -> str:
    """Put blank lines between the blocks, except within a list or a table."""
    parts: list[str] = []
    previous = ""
    for line in filter(str.strip, text.split("\n")):
        kind = next((mark for mark in ("- ", "| ") if line.startswith(mark)), "")
        if parts:
            parts.append("\n" if kind and kind == previous else "\n\n")
        parts.append(line.strip(" |") if kind == "| " else line)
        previous = kind
    return "".join(parts)


def _no_article() -> NoArticleError:
    return NoArticleError(
        "There is no article in this page.",
        hint="Open the page in a browser, copy the article, and paste the text.",
    )
