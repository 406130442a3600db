"""Text made to fit one line, one terminal, one encoding (pure)."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from index import Answer, Hit, Outcome, Span

TITLE_LIMIT = 90
# What closes a quotation that begins so. Single marks are none of it: within double ones they are
# right, and they may be apostrophes.
_CLOSING = {"“": "”", '"': '"', "«": "»", "„": "“”", "»": "«", "「": "」", "『": "』"}
_MARKS = frozenset("".join((*_CLOSING, *_CLOSING.values())))


class Signs(NamedTuple):
    """The signs of the output, which not every terminal can show."""

    added: str
    known: str
    failed: str
    open_quote: str
    close_quote: str
    dot: str
    ellipsis: str

    def quoted(self, text: str) -> str:
        """`text` between quotation marks."""
        before, after = self.marks(text)
        return f"{before}{text}{after}"

    def marks(self, text: str) -> tuple[str, str]:
        """The marks before and after `text` that make it a quotation, none where it has its own.

        A mark at either end that has no partner within the text gets one at the other end.
        """
        first, last = text[:1], text[-1:]
        begins, ends = first in _MARKS, last in _MARKS
        if not (begins or ends):
            return self.open_quote, self.close_quote
        if begins and not ends:
            closing = _CLOSING.get(first, "")
            return "", "" if any(mark in text[1:] for mark in closing) else closing[:1]
        if ends and not begins:
            opening = [mark for mark, closing in _CLOSING.items() if last in closing]
            return "" if any(mark in text[:-1] for mark in opening) else "".join(opening[:1]), ""
        return "", ""


UNICODE = Signs("✓", "=", "✗", "“", "”", "·", "…")
ASCII = Signs("+", "=", "x", '"', '"', "-", "...")


def proof_of(answer: Answer) -> Hit | None:
    """The passage that holds the answer, or None if there is no answer."""
    if answer.outcome is not Outcome.ANSWER:
        return None
    return next((hit for hit in answer.passages if hit.answer_start is not None), None)


def answer_in(hit: Hit) -> Span | None:
    """The characters of the passage that are the answer."""
    if hit.answer_start is None or hit.answer_end is None:
        return None
    return Span(hit.answer_start - hit.start, hit.answer_end - hit.start)


def shown(text: str) -> str:
    """`text` with each control character that could steer a terminal replaced, one for one."""
    return "".join(
        "\ufffd" if unicodedata.category(char) == "Cc" and char not in "\n\t" else char
        for char in text
    )


def one_line(text: str) -> str:
    """`text` on one line, one character for one, so that offsets stay right."""
    return shown("".join(" " if char.isspace() else char for char in text))


def shortened(text: str, limit: int, keep: Span, ellipsis: str) -> tuple[str, Span]:
    """`text` cut between words to about `limit` characters around `keep`, and where `keep` is."""
    if len(text) <= limit:
        return text, keep
    room = max(0, limit - (keep.end - keep.start))
    start = max(0, min(keep.start - room // 2, len(text) - limit))
    end = min(len(text), max(start + limit, keep.end))
    if start > 0:
        space = text.find(" ", start, keep.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(keep.end, start + 1), end)
        end = space if space >= 0 else end
    while end > keep.end and text[end - 1].isspace():
        end -= 1
    before = ellipsis if start > 0 else ""
    moved = len(before) - start
    cut = before + text[start:end] + (ellipsis if end < len(text) else "")
    return cut, Span(keep.start + moved, keep.end + moved)


def titled(title: str, signs: Signs) -> str:
    """An article's title in quotation marks, on one line of bearable length."""
    plain = " ".join(shown(title).split())
    return signs.quoted(shortened(plain, TITLE_LIMIT, Span(0, 0), signs.ellipsis)[0])


def counted(number: int, thing: str) -> str:
    """`1 word`, `2 words`, `1,000 words`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
