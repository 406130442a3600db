"""Pages that were photographed one by one, as one article (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index import Article, FailedSource, Format

_ENDS_IN_A_SENTENCE = re.compile(r"[\w,;:–—-]$")


def joined(pages: Sequence[Article | FailedSource]) -> list[Article]:
    """The pages in order as one article, which is not there when none of them was read.

    A page that was not read keeps its number, unless no other follows: what is on the third
    picture is on page 3.
    """
    read = [page for page in pages if isinstance(page, Article)]
    if not read:
        return []
    text, starts = "", []
    for page in pages:
        if isinstance(page, Article):
            text += _between(text, page.text)
            starts.append(len(text))
            text += page.text
        else:
            starts.append(-1)  # begins with the next
    following = len(text)
    for number in range(len(starts) - 1, -1, -1):
        starts[number] = following = following if starts[number] < 0 else starts[number]
    places = tuple(start for start in starts if start < len(text))
    first = read[0]
    return [replace(first, text=text, format=Format.PICTURE, pages=places)]


def _between(text: str, page: str) -> str:
    """What stands between two pages: a space where a sentence goes on, or a new paragraph."""
    if not text:
        return ""
    goes_on = _ENDS_IN_A_SENTENCE.search(text) and page[:1].islower()
    return " " if goes_on else "\n\n"
