"""The terms that keyword search knows a text by: the stems of its words, as numbers (pure).

A word is a run of letters and digits, without capitals and accents; English stop words are left
out; the stem is Porter's. Where a term is stored it is a number made from its stem, so that no
word of a text is stored with it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

from snowballstemmer import stemmer

from index.words import STOP_WORDS, folded

LONGEST_WORD = 64
"""Characters; what is longer is no word of a language, and is taken as it is."""
KEPT_PIECES = 65_536

_WORD = re.compile(r"[^\W_]+")
# White space, and what separates words whatever stands beside it.
_PIECE = re.compile(r"[^\s\x00-/:-@\[-`{-\x7f\u2000-\u206f]+")


def terms_of(text: str) -> list[int]:
    """The terms of a text in their order, each as often as it is there; 64 bits, signed."""
    pieces = _PIECE.findall(text)
    longest = max(map(len, pieces), default=0)
    terms = _kept_terms if longest <= LONGEST_WORD else _terms  # no long ones are kept
    return list(chain.from_iterable(map(terms, pieces)))


@lru_cache(KEPT_PIECES)  # texts repeat their words, and a stem takes as long as a hundred look-ups
def _kept_terms(piece: str) -> tuple[int, ...]:
    return _terms(piece)


def _terms(piece: str) -> tuple[int, ...]:
    words = _WORD.findall(folded(piece))
    return tuple(_number(_stem(word)) for word in words if word not in STOP_WORDS)


def _stem(word: str) -> str:
    # One of its own each time: a stemmer is not safe for threads.
    return str(stemmer("porter").stemWord(word)) if len(word) <= LONGEST_WORD else word


def _number(stem: str) -> int:
    return int.from_bytes(blake2b(stem.encode(), digest_size=8).digest(), "big", signed=True)
