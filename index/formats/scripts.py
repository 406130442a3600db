"""Whether a decoded text reads like its script, or like bytes that happened to decode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_KANA = re.compile("[\u3040-\u30ff]")
_MIXED = re.compile(
    r"[a-z](?=[\u0370-\u07ff\u0e00-\u0e7f])|[\u0370-\u07ff\u0e00-\u0e7f](?=[a-z])", re.I
)

# Any pair of bytes is some character there. The everyday ones, which real text is made of, have
# their first byte in the upper rows of the older, smaller standard.
_EVERYDAY = {
    "gb18030": ("gb2312", b"\xb0", b"\xd8"),
    "big5": ("big5", b"\xa4", b"\xc9"),
    "cp949": ("euc_kr", b"\xb0", b"\xc9"),
}
_MIN_EVERYDAY_SHARE = 0.85
_MIN_KANA_SHARE = 0.1
_MAX_ODD_SHARE = 0.1


def reads_like_text(text: str, encoding: str) -> bool:
    """Tell whether `text`, decoded from a legacy `encoding` of another script, is written in it."""
    letters = sum(character.isalpha() for character in text)
    foreign = [character for character in text if character.isalpha() and not character.isascii()]
    if letters * 2 < len(text) or not foreign:
        return False
    if encoding in {"cp932", "euc_jp"}:
        kana = len(_KANA.findall(text))
        return kana >= len(foreign) * _MIN_KANA_SHARE and not _HALF_WIDTH.search(text)
    if encoding in _EVERYDAY:
        everyday = (_is_everyday(character, *_EVERYDAY[encoding]) for character in foreign)
        return _share(everyday) >= _MIN_EVERYDAY_SHARE
    return _odd_words(text) <= _MAX_ODD_SHARE and _symbols(text) <= _MAX_ODD_SHARE


def _odd_words(text: str) -> float:
    """Return the share of words in two scripts, or with a capital after a small letter."""
    words = (found[0] for found in _WORD.finditer(text))
    return _share(
        bool(_MIXED.search(word)) or any(a.islower() and b.isupper() for a, b in pairwise(word))
        for word in words
    )


def _symbols(text: str) -> float:
    return _share(
        unicodedata.category(character) in {"So", "Sk", "Cc", "Co"} and character not in "\r\n\t"
        for character in text
    )


def _is_everyday(character: str, standard: str, first: bytes, end: bytes) -> bool:
    return first <= character.encode(standard, "replace") < end


def _share(judgements: Iterable[bool]) -> float:
    found = list(judgements)
    return sum(found) / len(found) if found else 0.0
