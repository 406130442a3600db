"""Whether a question can be understood alone (pure, English)."""

from __future__ import annotations

from collections.abc import Sequence, Set

from index.clauses import Clause, Word
from index.followup_words import (
    AUXILIARIES,
    BEING,
    BOUNDARIES,
    CROWDS,
    DETERMINERS,
    DOING,
    ENGLISH,
    FEMALE,
    FOREIGN,
    GENERIC,
    MALE,
    NEUTER,
    PEOPLE,
    PERIODS,
    PLURAL,
    POSSESSIVES,
    PREPOSITIONS,
    SEQUELS,
    SUBJECTS,
)
from index.words import folded

FRAGMENT_WORDS = 2
"""A fragment with more telling words is a search of its own."""
ADDED_WORDS = 5
"""After "and", a fragment may have so many."""
THERE_WORDS = 4
"""A question that ends in "was there", and is no longer, means the place spoken of."""
VAGUE_WORDS = 3
"""A question with so many telling words needs no referent for `it` or `they`."""
_FOREIGN = frozenset(map(folded, FOREIGN)) - ENGLISH
_PRONOUNS = MALE | FEMALE | NEUTER | PLURAL
_OBJECTS = frozenset({"him", "it", "them"})


def english(words: Sequence[Word]) -> bool | None:
    """Whether the words are English; None where they do not tell."""
    lows = [word.low for word in words]
    if any(char.isalpha() and not _latin(char) for low in lows for char in low):
        return False
    ours = sum(low in ENGLISH for low in lows)
    others = sum(low in _FOREIGN for low in lows)
    return None if ours == others == 0 else ours > others


def depends(clause: Clause, earlier: Set[str] = frozenset(), *, asked: bool) -> bool:
    """Whether the question leaves out what was said before it.

    `earlier` are the words that were; `asked` says that it ends with a question mark.
    """
    words = clause.words
    if clause.auxiliary is None and not clause.asking and not _refers(clause):
        return _fragment(clause, asked)
    if lacks(clause):
        return True
    telling = [word for word in clause.telling if word.low not in GENERIC]
    if _speaks_on(words, earlier) and len(telling) <= ADDED_WORDS:
        return True
    if len(telling) > FRAGMENT_WORDS:
        return False
    if _counts_nothing(clause) or words[-1].low in SEQUELS:
        return True
    if _names_subject(clause):
        return False
    if clause.joined and not clause.asking[:1]:
        return len(telling) < FRAGMENT_WORDS
    if any(word.capital for word in telling):
        return False
    if not telling:
        return True
    if _counts_there(clause):
        return True
    # "and who discovered the comet" says all that it asks.
    return len(telling) == 1 or (clause.joined and "the" not in {word.low for word in words})


def lacks(clause: Clause) -> bool:
    """Whether it plainly cannot be asked alone: a pronoun means something, or words are missing."""
    bare = not clause.rest and clause.auxiliary is None and bool(clause.asking)
    fragment = clause.auxiliary is None and not clause.asking
    return bare or fragment or _refers(clause)  # bare: "for how long", "which team"


def about(clause: Clause) -> tuple[Word, ...] | None:
    """What stands behind "what about"; None where that is not there."""
    lows = [word.low for word in clause.words]
    for start in (["what", "about"], ["how", "about"], ["what", "of"], ["same", "for"], ["and"]):
        if lows[: len(start)] == start and len(lows) > len(start):
            return clause.words[len(start) :]
    if lows[:1] == ["about"] and len(lows) > 1:
        return clause.words[1:]
    return None


def loose_pronouns(words: Sequence[Word], clause: Clause) -> list[int]:
    """Where pronouns stand whose referent the question does not hold."""
    found = []
    for position, word in enumerate(words):
        if word.low not in _PRONOUNS or _bound(words, position, clause):
            continue
        if word.low == "it" and _empty_it(words, position, clause):
            continue
        if word.low == "they" and _says_nobody(words, position, clause):
            continue
        found.append(position)
    return found


def possesses(words: Sequence[Word], position: int) -> bool:
    """Whether the pronoun there says whose something is."""
    low = words[position].low
    if low != "her":
        return low in POSSESSIVES
    following = words[position + 1] if position + 1 < len(words) else None
    return following is not None and (following.telling or following.capital)


def _bound(words: Sequence[Word], position: int, clause: Clause) -> bool:
    """Whether a noun before the pronoun, in the same question, can be what it means."""
    first = len(clause.asking) if clause.asks in ("who", "what", "which", "how", "whose") else 0
    nouns = [
        place
        for place in range(first, position)
        if (words[place].telling or words[place].capital) and not words[place].verb
    ]
    if not nouns:
        return False
    if possesses(words, position):
        return True
    between = {word.low for word in words[nouns[0] + 1 : position]}
    if words[position].low in SUBJECTS and words[position - 1].low not in AUXILIARIES:
        return words[position].low != "it" or bool(between & BOUNDARIES)
    return bool(between & BOUNDARIES)


def _empty_it(words: Sequence[Word], position: int, clause: Clause) -> bool:
    """Whether `it` means nothing: "how long does it take to ...", "is it true that ..."."""
    after = [word.low for word in words[position + 1 :]]
    return len(clause.telling) >= 2 and (
        bool({"to", "that", "when", "if", "who"} & set(after)) or after[:1] == ["like"]
    )


def _says_nobody(words: Sequence[Word], position: int, clause: Clause) -> bool:
    """Whether `they` is whoever does it: "how many horses did they let go in ..."."""
    return (
        position > 0
        and words[position - 1].low in DOING
        and len(clause.telling) >= VAGUE_WORDS
        and not any(word.low in _PRONOUNS for word in words[position + 1 :])
    )


def _refers(clause: Clause) -> bool:
    words = clause.words
    return about(clause) is not None or bool(loose_pronouns(words, clause)) or _points_back(words)


def _points_back(words: Sequence[Word]) -> bool:
    lows = [word.low for word in words]
    for position, low in enumerate(lows):
        before = lows[position - 1] if position else ""
        after = lows[position + 1] if position + 1 < len(lows) else ""
        if low == "there" and not {before, after} & BEING:
            return True
        if low == "there" and not after and len(words) <= THERE_WORDS:
            return True
        if low == "then" and not after:
            return True
        if low in ("this", "these") and after not in PERIODS:
            return True
        if low in ("that", "those") and _demonstrates(words, position):
            return True
        if low in ("one", "ones") and before in ("the", "which", "other", "another", "that"):
            return True
    return False


def _demonstrates(words: Sequence[Word], position: int) -> bool:
    """Whether `that` points at something, rather than joining two clauses."""
    before = words[position - 1] if position else None
    after = words[position + 1].low if position + 1 < len(words) else ""
    if after in ("who", "which", "that", "of", "with"):
        return False
    if before is None or not after:
        return True
    return before.low in PREPOSITIONS | AUXILIARIES or (
        before.verb and after in AUXILIARIES | PREPOSITIONS
    )


def _fragment(clause: Clause, asked: bool) -> bool:
    words = clause.words
    telling = [word for word in clause.telling if word.low not in GENERIC]
    if clause.joined:
        return len(telling) <= ADDED_WORDS
    if len(telling) > FRAGMENT_WORDS:
        return False
    if words[0].low in PREPOSITIONS | DETERMINERS or not telling:
        return True
    return asked or not any(word.capital for word in words)


def _counts_nothing(clause: Clause) -> bool:
    """Whether "how many" or "which" stands without what is counted: "how many died"."""
    return clause.asks in ("how", "which") and [word.low for word in clause.asking][-1:] in (
        ["many"],
        ["much"],
        ["which"],
    )


def _counts_there(clause: Clause) -> bool:
    """Whether something is counted where nothing says where: "how many were on board"."""
    counted = [word.low for word in clause.asking[:2]] == ["how", "many"]
    return counted and clause.auxiliary is not None and not _names_subject(clause)


def _speaks_on(words: Sequence[Word], earlier: Set[str]) -> bool:
    """Whether it names nothing, and speaks of "the train" after a train was spoken of."""
    if any(word.capital for word in words[1:]):
        return False
    for article, noun, after in zip(words, words[1:], (*words[2:], None), strict=False):
        alone = after is None or not after.telling or after.verb or after.low.endswith("ing")
        if article.low == "the" and alone and noun.telling and noun.low in earlier:
            return after is None or after.low not in ("of", "in")
    return False


def _names_subject(clause: Clause) -> bool:
    """Whether a noun follows the auxiliary: "when did nixon resign"."""
    if clause.auxiliary is None or not clause.rest:
        return False
    first = clause.rest[0]
    if first.low in ("a", "an"):
        return True
    return first.telling and not first.verb and first.low not in GENERIC | PEOPLE | CROWDS


def _latin(char: str) -> bool:
    return char < "\u0250" or "\u1e00" <= char < "\u2000"
