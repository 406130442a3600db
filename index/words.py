"""Which words tell something, and which are the same (pure)."""

from __future__ import annotations

import re
import unicodedata

STOP_WORDS = frozenset(
    """
    a about after again all also am an and any are as at be because been before being between both
    but by can could d did do does doing don down during each few for from further had has have
    having he her here hers him his how i if in into is it its itself just ll m me more most my no
    nor not now of off on once only or other our out over own re s same she should so some such t
    tell than that the their them then there these they this those through to too under until up
    us ve very was we were what when where which while who whom whose why will with would you your
    """.split()  # noqa: SIM905 - a list of a hundred quoted words is harder to read
)
_SHORT = re.compile(
    r"\bwho(?:m|se)?\b|\bwhen\b|\bwhere\b|\b(?:what|which) (?:year|date|month|day|century|decade)\b"
    r"|\bhow (?:many|much|long|old|far|large|big|tall|often)\b|\bwhat (?:percent|number)",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"a", "an", "the"})


def folded(text: str) -> str:
    """The text as it is compared: without capitals and accents, in any script."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def answer_words(text: str) -> list[str]:
    """The words that count when two answers are compared: lower case, without articles."""
    words = ("".join(filter(str.isalnum, word)) for word in text.lower().split())
    return [word for word in words if word and word not in _ARTICLES]


def wants_short_answer(question: str) -> bool:
    """Whether an English question asks for a name, a number, a place or a time."""
    return _SHORT.search(question) is not None
