"""A title for every article: its own, or else its first words."""

from __future__ import annotations

import re

MAX_DERIVED = 120
"""Characters of a title made from the first words."""
MAX_STATED = 300
"""Characters of a title that the document states; real headlines are shorter."""

_WORD = re.compile(r"\w")
# The first sentence is looked for in so many characters: enough for any sentence worth showing.
_HEAD = 1000


def stated_title(title: str | None) -> str | None:
    """Return a title on one line, or None where it holds no word."""
    if not title or not _WORD.search(title):
        return None
    return shorten(" ".join(title.split()), MAX_STATED)


def title_from_text(text: str) -> str:
    """Return the first line when it is short and more follows, else the first sentence.

    Expects normalised text with a word in it.
    """
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if _WORD.search(line))
    first, following = lines[start], lines[start + 1 : start + 2]
    more = any(map(_WORD.search, lines[start + 1 :]))
    # A line that goes on in small letters is the start of a paragraph broken into lines.
    wrapped = bool(following) and following[0][:1].islower()
    if not more or wrapped or len(first) > MAX_DERIVED:
        end = next((n for n, line in enumerate(lines) if n > start and not line), len(lines))
        first = _first_sentence(" ".join(lines[start:end])[:_HEAD])
    return shorten(" ".join(first.split()), MAX_DERIVED)


def shorten(title: str, limit: int) -> str:
    """Cut `title` at a word to at most `limit` characters, the ellipsis among them."""
    if len(title) <= limit:
        return title
    cut = title[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    # A word cut by the limit goes, unless the text is written without spaces.
    if space and title[limit - 1] != " " and len(head) > limit // 2:
        cut = head
    return cut.rstrip(" ,;:.–—-") + "…"


def _first_sentence(text: str) -> str:
    # Imported here: short first lines, the usual case, need no sentence splitter.
    from index.records import Span
    from index.sentences import sentences

    for sentence in sentences(text, Span(0, len(text))):
        if _WORD.search(text, sentence.start, sentence.end):
            return text[sentence.start : sentence.end]
    return text
