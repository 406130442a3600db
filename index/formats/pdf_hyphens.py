"""Whether a hyphen at the end of a line belongs to the word."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HYPHEN = "-\u2010\u00ad"
_ENDS_IN_HYPHEN = re.compile(rf"[^\W_][{_HYPHEN}]\Z")
_LAST = re.compile(r"\S+\Z")
_FIRST = re.compile(r"[^\W_]+")
_WORD = re.compile(rf"[^\W_]+(?:[{_HYPHEN}'’][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"://|\bwww\.|@|/")
# English words that stand before a hyphen oftener than they are cut by one.
_COMPOUNDING_TEXT = """
    self well ever half all ex non quasi cross full hard high ill long low mid short so semi
    one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy
    eighty ninety
"""
_COMPOUNDING = frozenset(_COMPOUNDING_TEXT.split())
_ENDINGS = re.compile(r"(?:ness|ing|ish|ly|est|er|ers|ed|ful|less|able|en|y)\b")
_MIN_COMPOUNDED = 4


class Vocabulary:
    """The words of a document that stand within its lines, in small letters."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            self._words.update(
                match[0].casefold().replace("\u2010", "-")
                for match in _WORD.finditer(line)
                if match.end() < len(line) or line[-1] not in _HYPHEN
            )

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._words


def ends_in_hyphen(line: str) -> bool:
    """Tell whether a line ends with a hyphen after a letter or a digit."""
    return bool(_ENDS_IN_HYPHEN.search(line))


def keeps_hyphen(line: str, following: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the hyphen at the end of `line` stays when `following` is joined to it.

    What the document does with the same word elsewhere decides, and then the letters.
    """
    cut = _LAST.search(line)
    rest = _FIRST.match(following)
    before = cut[0][:-1] if cut else ""
    if not rest or _ADDRESS.search(before):
        return True
    parts = _LETTERS.findall(before)
    last = parts[-1] if parts else ""
    if not last or not before.endswith(last) or not _LETTERS.fullmatch(rest[0]):
        return True  # numbers are not cut
    head = _WORD.findall(before)[-1]
    if f"{head}{rest[0]}" in vocabulary:
        return False
    if f"{head}-{rest[0]}" in vocabulary:
        return True
    if rest[0][0].isupper():
        # A name such as Anglo-Saxon, unless all is in capitals.
        return not (len(last) > 1 and last.isupper() and rest[0].isupper())
    if "-" in head:
        return True  # state-of-the-art
    return (
        last.casefold() in _COMPOUNDING
        and len(rest[0]) >= _MIN_COMPOUNDED
        and not _ENDINGS.fullmatch(rest[0])
    )
