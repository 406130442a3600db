"""Telegram HTML: escaped, measured in what Telegram counts, cut between words (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape as escaped
from html import unescape
from urllib.parse import urlsplit

from bot.graphemes import first_cut, last_cut
from index import Span

LIMIT = 4096
"""UTF-16 units of a message, tags and all. Telegram counts the text alone, in code points; who
stays under this is under that too."""
VALUE_LIMIT = 300
"""UTF-16 units of a value within a sentence."""
ELLIPSIS = "…"

_NOWHERE = Span(0, 0)
_WIDTHS = {"&": len("&amp;"), "<": len("&lt;"), ">": len("&gt;")}
_TAG = re.compile(r"<[^<>]*>")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"[\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# An article that turns the direction of its text round must not turn what stands after it.
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[^\S\n\u00a0\u202f]+")
_LINE_SPACES = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text of which one part is set in bold."""

    text: str
    bold: Span = _NOWHERE

    def html(self) -> str:
        """The text as Telegram HTML."""
        before, words, after = _parts(self.text, self.bold)
        return escape(before) + bold(escape(words)) + escape(after)


def clean(text: str) -> str:
    """`text` without what Telegram cannot send, one character for one: offsets stay right."""
    return _LINE_END.sub("\n", _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text)))


def escape(text: str) -> str:
    """`text` as HTML."""
    return escaped(_DIRECTION.sub("", clean(text)), quote=False)


def plain(html: str) -> str:
    """The text of `html`, without its tags."""
    return unescape(_TAG.sub("", html))


def units(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def bold(html: str) -> str:
    """`html` in bold; nothing where there is nothing to see."""
    return f"<b>{html}</b>" if html.strip() else html


def italic(html: str) -> str:
    """`html` in italics; nothing where there is nothing to see."""
    return f"<i>{html}</i>" if html.strip() else html


def quote(html: str, *, folded: bool) -> str:
    """`html` as a quote, which opens when it is tapped if it is `folded`."""
    return f"<blockquote{' expandable' if folded else ''}>{html}</blockquote>"


def link(html: str, address: str) -> str:
    """`html` as a link to an address that `web_address` has passed."""
    return f'<a href="{escaped(address, quote=True)}">{html}</a>'


def web_address(source: str | None, room: int) -> str | None:
    """`source` if it is the address of a page and as HTML no longer than `room` units."""
    if not source or not source.lower().startswith(("http://", "https://")):
        return None
    if any(char.isspace() or char != clean(char) or _DIRECTION.match(char) for char in source):
        return None
    try:
        host = urlsplit(source).hostname
    except ValueError:
        return None
    return source if host and units(escaped(source, quote=True)) <= room else None


def fill(sentence: str, **values: object) -> str:
    """A sentence of the texts as HTML, the values in their places, escaped and cut to bear."""
    shown = {
        name: line(value, VALUE_LIMIT) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return sentence.format(**shown)


def line(text: str, room: int) -> str:
    """`text` as HTML on one line, cut at its end to at most `room` units."""
    return shortened(marked(text, one_line=True), room).html()


def marked(text: str, bold: Span | None = None, *, one_line: bool = False) -> Marked:
    """`text` with its white space tidied and a part of it in bold.

    Paragraphs stay apart, or all is put on `one_line`.
    """
    parts = [_tidied(part, one_line) for part in _parts(clean(text), bold or _NOWHERE)]
    if not parts[1]:
        return Marked("".join(parts).strip())
    before, words, after = parts[0].lstrip(), parts[1], parts[2].rstrip()
    return Marked(before + words + after, Span(len(before), len(before) + len(words)))


def shortened(whole: Marked, room: int) -> Marked:
    """`whole` cut to at most `room` units of HTML without tags, around what is bold.

    It is cut between words where there are words, and marked with an ellipsis where it was cut.
    An empty part in bold is where to stay: at the end of a text, its end is kept.
    """
    text, keep = whole.text, whole.bold
    if len(text) <= room and _width(text) <= room:
        return whole
    spare = max(0, room - 2 * len(ELLIPSIS))
    end = _forwards(text, keep.start, keep.end, spare)
    if end < keep.end:
        start = keep.start
        end = max(last_cut(text, end, start), min(end, start + 1))
    else:
        spare -= _width(text[keep.start : keep.end])
        after = _width(text[keep.end : keep.end + spare])
        start = _backwards(text, keep.start, max(spare // 2, spare - after))
        end = _forwards(text, keep.end, len(text), spare - _width(text[start : keep.start]))
        start = first_cut(text, start, keep.start)
        end = last_cut(text, end, keep.end)
    head = ELLIPSIS if start > 0 else ""
    tail = ELLIPSIS if end < len(text) else ""
    moved = len(head) - start
    return Marked(
        head + text[start:end] + tail, Span(keep.start + moved, min(keep.end, end) + moved)
    )


def _parts(text: str, span: Span) -> tuple[str, str, str]:
    start = min(max(0, span.start), len(text))
    end = min(max(start, span.end), len(text))
    return text[:start], text[start:end], text[end:]


def _tidied(text: str, one_line: bool) -> str:
    if one_line:
        return _SPACES.sub(" ", text.replace("\n", " "))
    return _BLANK_LINES.sub("\n\n", _LINE_SPACES.sub("\n", _SPACES.sub(" ", text)))


def _width(text: str) -> int:
    """The units that `text` takes at most as HTML."""
    return units(text) + sum(text.count(char) * (width - 1) for char, width in _WIDTHS.items())


def _char_width(char: str) -> int:
    return _WIDTHS.get(char, 2 if char > "\uffff" else 1)


def _forwards(text: str, start: int, limit: int, room: int) -> int:
    """How far from `start` towards `limit` the text fits into `room`."""
    while start < limit and (room := room - _char_width(text[start])) >= 0:
        start += 1
    return start


def _backwards(text: str, end: int, room: int) -> int:
    """How far back from `end` the text fits into `room`."""
    while end > 0 and (room := room - _char_width(text[end - 1])) >= 0:
        end -= 1
    return end
