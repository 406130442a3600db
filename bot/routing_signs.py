"""What a text looks like before any of its words is understood: its signs and layout (pure)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bot.routing_words import ABBREVIATIONS, CLOSERS, QUESTION_MARKS, STATEMENT_ENDS

POST_WORDS = 4
"""An emoji before fewer words, or hashtags beside them, make no post."""

# Accents and vowel points, and what joins or hides letters without being one.
_IGNORED = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u0655\u0670\u200b-\u200f\ufe0e\ufe0f]"
)
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_QUOTES = '"”’»」』›'
_SENTENCE_END = re.compile(
    rf"[.!?…؟।॥։።۔⁇⁈⁉‽‼]+[{re.escape(CLOSERS)}]*(?=\s|$)"
    rf"|[。！？｡]+[{re.escape(CLOSERS)}]*|\n+"
)
_HASHTAG = re.compile(r"(?<!\w)#(?!\d+\b)\w+")
_CODE = re.compile(
    r"""
    [a-zA-Z0-9)\]"'];\s*$ | [{}]\s*$ | && | => | \|\| | [=!]= | \w\(\) | </\w+> | \s--\w
    | ^\s*(?: \$\s | >>>\s | \#! | // | /\* | <\? | <! )
    | ^(?:sudo|pip|npm|git|docker|curl|cd|ls|cat|chmod)\s.*(?:\s-\w|\w/|/\w|\sinstall\s|\sclone\s)
    | ^(?:def|class)\s\w+.*:\s*$ | ^(?:const|let|var)\s\w+\s*= | ^SELECT\s.+\sFROM\s
    """,
    re.MULTILINE | re.VERBOSE,
)


def has_words(text: str) -> bool:
    """Whether there is a letter or a number, other than in an emoji."""
    return any(char.isalnum() for char in _KEYCAP.sub("", text))


def words(text: str) -> list[str]:
    """The words as they are compared: without capitals, accents and punctuation."""
    plain = _IGNORED.sub("", unicodedata.normalize("NFKD", text).casefold()).replace("’", "'")
    plain = unicodedata.normalize("NFC", plain)
    kept = "".join(char if _is_of_word(char) or char in "'-" else " " for char in plain)
    return [word for word in (part.strip("'-") for part in kept.split()) if word]


def word_count(text: str) -> int:
    """How many words there are, estimated for scripts that do not part them."""
    return sum(_count(word) for word in text.split() if any(map(str.isalnum, word)))


def sentences(text: str) -> list[str]:
    """The sentences, roughly: at least one."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        following = text[match.end() : match.end() + 9].lstrip()[:1]
        before = text[start : match.start()].rsplit(maxsplit=1)[-1:]
        end = match[0]
        within = (
            following.islower()
            or (end == "." and before and _is_abbreviation(before[0]))
            or (end[-1] in CLOSERS and _is_of_word(text[match.end() :][:1]))
        )
        if not within or "\n" in end:
            found.append(text[start : match.end()].strip())
            start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if has_words(sentence)] or [text]


def is_marked(text: str) -> bool:
    """Whether it has a question mark at its end, in any script, and not only in a quotation."""
    tail = _tail(text)
    if any(char in ";\u037e" for char in tail) and re.search("[α-ωά-ώ]", text, re.IGNORECASE):
        return True
    asked = max(tail.rfind(mark) for mark in QUESTION_MARKS)
    if asked < 0:
        return text.startswith(("¿", "❓", "❔")) or "՞" in text
    quoted = any(char in _QUOTES for char in tail[asked:])
    return not quoted or text[:1] in '"“„‘«「『‹¿'


def is_closed(text: str) -> bool:
    """Whether it ends as a statement or an exclamation does."""
    tail = _tail(text)
    return any(char in STATEMENT_ENDS for char in tail.replace("...", "").strip("…"))


def is_post(text: str) -> bool:
    """Whether it looks like a channel's post: an emoji before it, hashtags, its own name below."""
    lines = text.split("\n")
    tags = _HASHTAG.findall(text)
    if len(lines) > 1 and re.fullmatch(r"\W*@\w{4,}\W*", lines[-1]):
        return True
    first = text[:1]
    leads = bool(_KEYCAP.match(text)) or unicodedata.category(first or " ") == "So"
    if first in QUESTION_MARKS:
        leads = False
    return bool(leads or tags) and word_count(text) - len(tags) >= POST_WORDS


def looks_like_code(text: str) -> bool:
    """Whether it is a command or a piece of a program."""
    return _CODE.search(text) is not None


def is_unspaced(char: str) -> bool:
    """Whether it is of a script that does not part its words."""
    return (
        _is_dense(char)
        or "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
    )


def _tail(text: str) -> str:
    """What stands after the last letter or number."""
    text = _KEYCAP.sub("", text)
    for at in range(len(text) - 1, -1, -1):
        if _is_of_word(text[at]) and text[at] not in "\ufe0e\ufe0f\u200d":
            return text[at + 1 :]
    return text


def _is_of_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char or " ")[0] == "M"


def _is_abbreviation(word: str) -> bool:
    plain = word.strip("(\"'“„«").lower()
    return (len(plain) == 1 and plain.isalpha()) or "." in plain or plain in _abbreviations()


def _is_dense(char: str) -> bool:
    """Whether one character or two are a word."""
    return (
        "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def _count(word: str) -> int:
    dense = sum(map(_is_dense, word))
    unspaced = sum(map(is_unspaced, word)) - dense
    if not dense and not unspaced:
        return 1
    spaced = len(word) > dense + unspaced + 2
    return max(1, round(dense / 2 + unspaced / 4)) + spaced


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word.strip() for word in ABBREVIATIONS.split(","))
