"""The noun phrases of a question, and what each may be (pure, English, by rules of thumb)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from index.clauses import Clause, Word, written
from index.followup_words import (
    ASKING,
    AUXILIARIES,
    BOUNDARIES,
    COUNTRIES,
    CROWDS,
    DETERMINERS,
    DOING,
    FAMILIES,
    FEMALE,
    MALE,
    NEUTER,
    PASTS,
    PEOPLE,
    PLACES,
    PLURAL,
    PREPOSITIONS,
    THINGS,
    VERBLIKE,
)
from index.words import folded

_PRONOUNS = MALE | FEMALE | NEUTER | PLURAL
_JOINS = frozenset({"of", "de", "von", "van", "al", "bin", "ibn", "du", "da"})
"""Words within a noun phrase."""
_ENDINGS = ("er", "or", "ist", "ian")
_TIMES = frozenset.union(*FAMILIES[1:3]) | {"year", "day", "month", "week", "time"}
_ADVERBS = frozenset({"really", "ever", "still", "already", "actually", "when", "go", "not", "out"})


class Kind(Enum):
    """What a noun phrase may mean."""

    PERSON = auto()
    CROWD = auto()
    PLACE = auto()
    TIME = auto()
    NAME = auto()
    """A name, of whatever."""
    THING = auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words `start` to `end` of a question."""

    words: tuple[Word, ...]
    start: int
    end: int
    kind: Kind
    preposition: str
    """What stands before it, where that is one."""
    subject: bool

    @property
    def text(self) -> str:
        """It as it was written."""
        return written(self.words)

    @property
    def plural(self) -> bool:
        """Whether it speaks of several, or of a body of people."""
        head = head_of(self.words)
        return (
            self.kind is Kind.CROWD
            or (head.endswith("s") and not head.endswith(("ss", "us", "is", "'s")))
            or any(word.low == "and" for word in self.words)
        )


def phrases(clause: Clause, evidence: str = "") -> tuple[Phrase, ...]:
    """The noun phrases after the word that asks; `evidence` shows what is written as names are."""
    words = clause.words
    offset = len(words) - len(clause.rest)
    names = _names(evidence)
    found: list[Phrase] = []
    position = offset
    while position < len(words):
        subject = clause.auxiliary is not None and position == offset
        end = _end(words, position, names)
        if end == position:
            position += 1
            continue
        if not subject:
            end = _with_last_noun(words, position, end)
        if subject and clause.auxiliary and clause.auxiliary.low in DOING:
            end = _before_verb(words, position, end, names)
        before = words[position - 1].low if position else ""
        preposition = before if before in PREPOSITIONS else ""
        told = words[position:end]
        found.append(
            Phrase(told, position, end, kind_of(told, preposition, names), preposition, subject)
        )
        position = end
    return tuple(found)


def _with_last_noun(words: Sequence[Word], start: int, end: int) -> int:
    """The end, behind a noun that could be a verb elsewhere: "the train crash"."""
    if end >= len(words) or words[start].low not in DETERMINERS or words[end].low in PASTS:
        return end
    closing = end + 1 == len(words) or words[end + 1].low in PREPOSITIONS | BOUNDARIES
    return end + 1 if words[end].low in VERBLIKE and closing else end


def head_of(words: Sequence[Word]) -> str:
    """The word that says what it is: the last before `of`."""
    for position, word in enumerate(words):
        if word.low in PREPOSITIONS and position:
            return words[position - 1].low
    return words[-1].low if words else ""


def kind_of(
    words: Sequence[Word], preposition: str = "", names: frozenset[str] = frozenset()
) -> Kind:
    """What a noun phrase may mean."""
    head = head_of(words).removesuffix("'s")
    single = head.removesuffix("s")
    if head in _TIMES or (head.isdigit() and len(head) == 4):
        return Kind.TIME
    if head in COUNTRIES or {head, single} & PLACES:
        return Kind.PLACE
    if head in CROWDS:
        return Kind.CROWD
    if is_person(head):
        return Kind.CROWD if head != single and single in PEOPLE else Kind.PERSON
    named = any(word.low in names or any(map(str.isupper, word.text)) for word in words)
    if named:
        return Kind.PLACE if preposition in ("in", "at", "from", "near", "to") else Kind.NAME
    if len(words) == 1 and not words[0].low.endswith("s"):
        return Kind.NAME  # a bare noun without an article: "did merkel ..."
    return Kind.THING


def is_person(noun: str) -> bool:
    """Whether the noun is one for a person, by the list or by its ending."""
    if noun in PEOPLE or noun.removesuffix("s") in PEOPLE:
        return True
    return noun.endswith(_ENDINGS) and len(noun) > 4 and noun not in THINGS | PREPOSITIONS


def _names(evidence: str) -> frozenset[str]:
    """Words that a text writes as names, folded."""
    found = set()
    for word in evidence.split():
        bare = word.strip("\"'“”‘’(),.;:!?").removesuffix("'s").removesuffix("’s")
        if bare[:1].isupper():
            found.add(folded(bare))
    return frozenset(found)


def _end(words: Sequence[Word], start: int, names: frozenset[str]) -> int:
    """Where the noun phrase that begins at `start` ends; `start` where none does."""
    position = start
    if words[position].low in DETERMINERS - _PRONOUNS or (
        words[position].low in ("his", "her", "its", "their") and position + 1 < len(words)
    ):
        position += 1
    inside = position
    while position < len(words):
        word = words[position]
        if word.low in _JOINS and position > inside and position + 1 < len(words):
            following = words[position + 1]
            if following.low in DETERMINERS or following.telling:
                position += 2 if following.low in DETERMINERS else 1
                continue
        if word.low == "and" and _joins_names(words, position, inside):
            position += 1
            continue
        if _stops(word, at_start=position == inside, determined=inside > start, names=names):
            break
        position += 1
    return position if position > inside else start


def _stops(word: Word, *, at_start: bool, determined: bool, names: frozenset[str]) -> bool:
    if word.low in PREPOSITIONS | AUXILIARIES | BOUNDARIES | ASKING | _PRONOUNS | _ADVERBS:
        return True
    if word.low in DETERMINERS or word.low.endswith("ly"):
        return True
    adjective = at_start and determined
    return word.verb and not adjective and word.low not in names


def _joins_names(words: Sequence[Word], position: int, inside: int) -> bool:
    """Whether `and` stands between two of a kind: "Queloz and Mayor"."""
    return (
        position > inside
        and position + 1 < len(words)
        and words[position + 1].telling
        and not words[position + 1].verb
    )


def _before_verb(words: Sequence[Word], start: int, end: int, names: frozenset[str]) -> int:
    """The end of a subject whose verb the list of verbs does not know."""
    if end < len(words) and words[end].verb:
        return end
    last = words[end - 1]
    known = last.capital or last.low in names or last.low in PEOPLE | CROWDS | PLACES
    long = sum(word.low not in DETERMINERS for word in words[start:end]) > 1
    return end - 1 if long and not known else end
