"""The sentences of a language laid out one by one, for tests."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

from bot.group_variants import IN_GROUP
from bot.texts import Texts
from bot.tongues import SENTENCES
from bot.wording import Forms

CATEGORIES = ("one", "few", "many", "other")
COUNTS = ("count", "first", "last", "megabytes", "number", "percent", "total")
"""The places that numbers are put in, not words."""
LONGEST = {"alert": 200, "button": 30, "command": 60, "description": 512, "short": 120}
"""By the first word of a name; Telegram's limits, and less where less looks better."""


def sentences_of(texts: Texts) -> dict[str, str]:
    """Every sentence by its name, each plural form as one: `word_forms.few`."""
    found: dict[str, str] = {}
    for name in SENTENCES:
        found.update(laid_out(name, getattr(texts, name)))
    return found


def laid_out(name: str, said: Any) -> dict[str, str]:
    """A sentence, or the plural forms that it has, by their names."""
    if isinstance(said, Forms):
        said = {each: getattr(said, each) for each in CATEGORIES if getattr(said, each)}
    if isinstance(said, dict):
        return {f"{name}.{each}": form for each, form in said.items()}
    return {name: said}


def kind_of(name: str) -> str:
    """The first word of a name, in a group as in a chat of two: `button`."""
    return name.removeprefix(IN_GROUP).split("_")[0]


def places(sentence: str) -> list[str]:
    """The names of the places of a sentence, in order of the alphabet."""
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def commands(sentence: str) -> list[str]:
    """The commands that a sentence names, in order of the alphabet."""
    return sorted(re.findall(r"(?<!\w)/[a-z]+", sentence))
