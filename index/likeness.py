"""Whether two answers to one question contradict each other, or may say the same (pure).

"Lavrov" and "Sergei Lavrov" say the same; "11" and "seventeen people" do not. Where it cannot be
told, as between a name and a description, they may say the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.words import STOP_WORDS, folded

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_MONTHS = """january february march april may june july august september october november
    december"""
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
)
_DATES = _WEEKDAYS | frozenset(_MONTHS.split())
_RELATIVE = frozenset(
    """today yesterday tomorrow tonight ago last next previous following earlier later week month
    year recently morning afternoon evening night midnight noon""".split()  # noqa: SIM905
)
"""Words of a time that say another day in another article."""
_VAGUE = frozenset("about around almost nearly over least up approximately".split())  # noqa: SIM905

_SMALL = {
    **{word: number for number, word in enumerate(_UNITS.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), start=2)},
}
_LARGE = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_WANTS_TIME = re.compile(r"\bwhen\b|\bwh(?:at|ich) (?:date|day|month|time|year)\b", re.IGNORECASE)
_WANTS_NUMBER = re.compile(
    r"\bhow (?:big|deep|far|fast|heavy|high|large|long|many|much|often|old|strong|tall)\b"
    r"|\bwh(?:at|ich) (?:age|number|percent|percentage|price|score)\b",
    re.IGNORECASE,
)
_SPACELESS = "\u0e00-\u0eff\u2e80-\uffef"
"""Scripts written without spaces: each of their characters is a word here."""
_WORD = re.compile(
    rf"[{_SPACELESS}]|\d+(?:[.,]\d+)*|[^\W\d_{_SPACELESS}]+(?:['’][^\W\d_{_SPACELESS}]+)?"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_STEM = 4
"""Letters by which a word is known again in another form: fell, fallen; rock, rocks."""


def contradict(question: str, one: str, other: str) -> bool:
    """Whether two answers to the question say different things, as far as can be told."""
    mine, others = words_of(one), words_of(other)
    if not mine or not others or set(mine) <= set(others) or set(others) <= set(mine):
        return False
    wants_time = bool(_WANTS_TIME.search(question))
    if wants_time and _RELATIVE & {*mine, *others}:
        return False
    my_values, other_values = values_of(mine), values_of(others)
    if my_values and other_values:
        return _values_contradict(my_values, other_values)
    if wants_time or _WANTS_NUMBER.search(question):
        return False  # "12" may be "many"
    my_names, other_names = names_in(one), names_in(other)
    if my_names and other_names:
        return _names_contradict(my_names, other_names)
    if my_names or other_names:
        return False  # "Anna Moray" may be "the mayor"
    return not {word[:_STEM] for word in mine} & {word[:_STEM] for word in others}


def words_of(text: str) -> list[str]:
    """The words that count, without capitals and accents; numbers as digits."""
    words = _counted([_plain(found) for found in _WORD.findall(folded(text))])
    return [word for word in words if word not in STOP_WORDS and word not in _VAGUE]


def values_of(words: Sequence[str]) -> frozenset[str]:
    """The numbers, months and days of the week among words that `words_of` gave."""
    return frozenset(word for word in words if word[0].isdigit() or word in _DATES)


def names_in(text: str) -> list[str]:
    """The words that are written with a capital, themselves without, in order."""
    found = [_plain(folded(word)) for word in _WORD.findall(text) if word[0].isupper()]
    return [name for name in found if name not in STOP_WORDS]


def always_names(text: str) -> frozenset[str]:
    """The words that are nowhere in the text written without a capital."""
    small = {_plain(folded(word)) for word in _WORD.findall(text) if word[0].islower()}
    return frozenset(names_in(text)) - small


def _plain(word: str) -> str:
    if _GROUPED.fullmatch(word):
        return word.replace(",", "")
    return word.removesuffix("'s").removesuffix("’s")


def _values_contradict(mine: frozenset[str], others: frozenset[str]) -> bool:
    if mine <= others or others <= mine:
        return False
    # "Monday" may be the third of May.
    return (mine <= _WEEKDAYS) == (others <= _WEEKDAYS)


def _names_contradict(mine: Sequence[str], others: Sequence[str]) -> bool:
    shared = set(mine) & set(others)
    if set(mine) == shared or set(others) == shared:
        return False
    # Of people it is the last name that tells: "New York" and "New Jersey" share but the first.
    return not shared & {mine[-1], others[-1]}


def _counted(words: Sequence[str]) -> list[str]:
    """The words with numbers in digits: "thirty-two" and "1.2 million" too."""
    result: list[str] = []
    number: float | None = None
    for word in words:
        if number is not None and word in _LARGE:
            number *= _LARGE[word]
        elif number in range(20, 100, 10) and 0 < _SMALL.get(word, 0) < 10:
            number += _SMALL[word]  # type: ignore[operator]
        else:
            if number is not None:
                result.append(_digits(number))
            number = _number(word)
            if number is None:
                result.append(word)
    return result if number is None else [*result, _digits(number)]


def _number(word: str) -> float | None:
    if word in _SMALL:
        return _SMALL[word]
    try:
        return float(word) if word[0].isdigit() else None
    except ValueError:  # 3.11.2024
        return None


def _digits(number: float) -> str:
    return f"{number:.0f}" if number == number // 1 else f"{number:g}"
