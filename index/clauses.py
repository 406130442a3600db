"""A question's words, and its parts: what asks, the auxiliary, what comes after (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.followup_words import (
    ASKING,
    AUXILIARIES,
    BOUNDARIES,
    CLOSERS,
    DETERMINERS,
    JOINERS,
    OPENERS,
    PASTS,
    PLAIN_STEMS,
    PREPOSITIONS,
    VERBLIKE,
)
from index.words import STOP_WORDS, folded

_EDGES = "\"'“”„‘’«»()[]{}?!.,;:…-–—*_~`¿¡"
_CLITICS = {"s": "is", "re": "are", "d": "did", "ll": "will", "ve": "have"}
_CLITIC_HOSTS = ASKING | frozenset("he she it they that there".split())  # noqa: SIM905
_WEAK = STOP_WORDS | AUXILIARIES | PREPOSITIONS
ASKING_WORDS = 6
"""Within so many words of the one that asks, its auxiliary stands."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written, without the marks around it."""

    text: str
    low: str
    """As it is compared: folded, without apostrophes except that of a possessive."""

    @property
    def capital(self) -> bool:
        """Whether it is written as names are."""
        return any(char.isupper() or char.isdigit() for char in self.text)

    @property
    def telling(self) -> bool:
        """Whether it tells something by itself."""
        return self.low not in _WEAK

    @property
    def verb(self) -> bool:
        """Whether it is, in all likelihood, a verb that tells something."""
        return not self.capital and (
            self.low in VERBLIKE
            or self.low in PASTS
            or (self.low.endswith("ed") and len(self.low) > 4)
        )

    @property
    def possessive(self) -> bool:
        """Whether it says whose something is, by its ending."""
        return self.low.endswith(("'s", "s'"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A question in parts: `for how long` + `did` + `he work there`."""

    asking: tuple[Word, ...]
    """What it asks for, from the preposition or the word that asks; empty for yes or no."""
    auxiliary: Word | None
    rest: tuple[Word, ...]
    joined: bool
    """Whether it begins as if it went on from something."""

    @property
    def words(self) -> tuple[Word, ...]:
        """All of its words."""
        return (*self.asking, *([self.auxiliary] if self.auxiliary else []), *self.rest)

    @property
    def telling(self) -> tuple[Word, ...]:
        """Those of its words that tell something by themselves."""
        return tuple(word for word in self.words if word.telling)

    @property
    def asks(self) -> str:
        """The word that asks, such as `who`; empty where none does."""
        return next((word.low for word in self.asking if word.low in ASKING), "")


def written(words: Iterable[Word]) -> str:
    """The words as text."""
    return " ".join(word.text for word in words)


def base_form(past: str) -> str | None:
    """What follows `did` of a verb's past; None where the spelling does not tell."""
    if past in PASTS:
        return PASTS[past]
    stem = past[:-2]
    if not past.endswith("ed") or len(stem) < 3:
        return None
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if stem[-1] == stem[-2] and stem[-1] not in "lsfz":
        return stem[:-1]
    return stem if stem.endswith(PLAIN_STEMS) else None


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text; `who's` is two."""
    found: list[Word] = []
    for part in text.replace("\u2019", "'").replace("/", " ").split():
        stripped = part.strip(_EDGES)
        if not stripped:
            continue
        if part.rstrip('"?!.,;:)').endswith("s'"):
            stripped += "'"
        low = folded(stripped)
        host, _, ending = low.partition("'")
        if host in _CLITIC_HOSTS and ending in _CLITICS:
            cut = len(stripped) - len(ending) - 1
            found += [Word(stripped[:cut], host), Word(_CLITICS[ending], _CLITICS[ending])]
        elif low in ("whats", "whos", "wheres", "hows", "whens"):
            found += [Word(stripped[:-1], low[:-1]), Word("is", "is")]
        else:
            plain = low if low.endswith(("'s", "s'")) else low.replace("'", "")
            found.append(Word(stripped, plain))
    return tuple(found)


def clause_of(words: Sequence[Word]) -> Clause:
    """The parts of a question, without what stands before and behind it and says nothing."""
    left = list(words)
    joined = False
    while len(left) > 1 and left[0].low in OPENERS:
        joined = joined or left[0].low in JOINERS
        del left[0]
    while len(left) > 1 and left[-1].low in CLOSERS:
        joined = joined or left[-1].low in JOINERS | {"too", "also"}
        del left[-1]
    start = _asking_start(left)
    if start is None:
        if left and left[0].low in AUXILIARIES:
            return Clause((), left[0], tuple(left[1:]), joined)
        return Clause((), None, tuple(left), joined)
    end = _asking_end(left, start)
    auxiliary = left[end] if end < len(left) and left[end].low in AUXILIARIES else None
    rest = left[end + 1 if auxiliary else end :]
    return Clause(tuple(left[:end]), auxiliary, tuple(rest), joined)


def _asking_start(words: Sequence[Word]) -> int | None:
    """Where the word that asks stands: first, or after a preposition."""
    for position, word in enumerate(words[:3]):
        if word.low in ASKING:
            return position
        if word.low not in PREPOSITIONS:
            return None
    return None


def _asking_end(words: Sequence[Word], start: int) -> int:
    asks = words[start].low
    after = start + 1
    alone = asks in ("who", "whom", "when", "where", "why")
    if after < len(words) and words[after].low in ("else", "exactly", "come"):
        after += 1
    if alone or after >= len(words):
        return after
    for position in range(after, min(len(words), after + ASKING_WORDS)):
        low = words[position].low
        if low in AUXILIARIES:
            return position
        if low in BOUNDARIES or (position > after and words[position].verb):
            break
    if asks == "how":
        quantity = words[after].low in ("many", "much")
        return min(len(words), after + (2 if quantity and _noun(words, after + 1) else 1))
    return min(len(words), after + 1) if _noun(words, after) else after


def _noun(words: Sequence[Word], position: int) -> bool:
    """Whether a noun may stand there."""
    return (
        position < len(words)
        and words[position].telling
        and not words[position].verb
        and words[position].low not in DETERMINERS
    )
