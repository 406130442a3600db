"""Where a text can be cut without tearing what a person sees as one character (pure).

Not the whole of Unicode's rules, but those that show: combining marks, variation selectors,
emoji joined or coloured, flags, Hangul, and the joined consonants of Indian scripts.
"""

from __future__ import annotations

import unicodedata

_LONGEST_WORD = 40
"""In code points. Where the last space is further away than this, a word is cut."""
_JOINER = "\u200d"
_MARKS = ("Mn", "Mc", "Me")
_VIRAMA = 9
"""The combining class of the sign that joins two consonants."""


def is_boundary(text: str, index: int) -> bool:
    """Whether `text` can be cut before its character `index`."""
    if not 0 < index < len(text):
        return True
    before, after = text[index - 1], text[index]
    if before.isascii() and after.isascii():
        return before != "\r" or after != "\n"
    if before == _JOINER or _continues(after):
        return False
    if unicodedata.combining(before) == _VIRAMA and after.isalpha():
        return False
    if _is_flag_letter(after) and _is_flag_letter(before):
        return _flag_letters_before(text, index) % 2 == 0
    return not (_is_hangul(before) and _is_hangul_part(after))


def last_cut(text: str, end: int, floor: int) -> int:
    """Where to end, at most at `end`, so that no word is torn, or else no grapheme."""
    if end >= len(text):
        return end
    places = range(end, floor, -1)
    words = (at for at in places[:_LONGEST_WORD] if text[at].isspace() or text[at - 1].isspace())
    cut = next((at for at in words if is_boundary(text, at)), None)
    if cut is None:
        cut = next((at for at in places if is_boundary(text, at)), floor or end)
    while cut > floor and text[cut - 1].isspace():
        cut -= 1
    return cut


def first_cut(text: str, start: int, ceiling: int) -> int:
    """Where to begin, at least at `start`, so that no word is torn, or else no grapheme."""
    if start <= 0:
        return start
    places = range(start, ceiling)
    words = (at for at in places[:_LONGEST_WORD] if text[at].isspace() or text[at - 1].isspace())
    cut = next((at for at in words if is_boundary(text, at)), None)
    if cut is None:
        cut = next((at for at in places if is_boundary(text, at)), ceiling)
    while cut < ceiling and text[cut].isspace():
        cut += 1
    return cut


def _continues(char: str) -> bool:
    """Whether `char` belongs to the one before it: a mark, a joiner, a skin tone, a tag."""
    return (
        unicodedata.category(char) in _MARKS
        or char in "\u200c\u200d\uff9e\uff9f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_letters_before(text: str, index: int) -> int:
    start = index
    while start > 0 and _is_flag_letter(text[start - 1]):
        start -= 1
    return index - start


def _is_hangul(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff" or "\uac00" <= char <= "\ud7a3"


def _is_hangul_part(char: str) -> bool:
    """A vowel or final consonant that was written apart, or a consonant of a cluster."""
    return "\u1160" <= char <= "\u11ff"
