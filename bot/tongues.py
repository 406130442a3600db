"""The bot's sentences by language: English in the code, the others in a file each."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timezone, tzinfo
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bot.group_variants import IN_GROUP
from bot.texts import Texts
from bot.wording import Forms, Wording

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "languages"
ENGLISH = "en"
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        ENGLISH: "English",
        "de": "Deutsch",
        "es": "Español",
        "fr": "Français",
        "ru": "Русский",
    }
)
"""The languages that the bot speaks, by their codes, and what they call themselves."""
SENTENCES = tuple(
    field.name
    for field in fields(Texts)
    if field.name not in {each.name for each in fields(Wording)}
)
"""The names of what is said."""


@lru_cache(maxsize=256)
def texts_in(language: str | None, zone: str | None = None, *, in_group: bool = False) -> Texts:
    """The sentences in a language, with the times of a time zone, as they are said in a group.

    A region says nothing more: `de-AT` is German. It is English where the language is none of
    LANGUAGES, and UTC where there is no such zone. A sentence that a language lacks is English.
    """
    if in_group:
        texts = texts_in(language, zone)
        names = [name for name in SENTENCES if name.startswith(IN_GROUP)]
        return replace(texts, **{name[len(IN_GROUP) :]: getattr(texts, name) for name in names})
    code = spoken(language)
    where = zone_named(zone) or timezone.utc
    if code == ENGLISH:
        return Texts(zone=where)
    said = {name: _form(value) for name, value in read(code).items() if name in SENTENCES}
    return replace(Texts(locale=code, zone=where), **said)


def spoken(language: str | None) -> str:
    """Which of LANGUAGES is meant by a tag such as Telegram gives: `de-AT` is German."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else ENGLISH


def zone_named(zone: str | None) -> tzinfo | None:
    """The time zone of a name such as `Europe/Kyiv`; None where there is none."""
    try:
        return ZoneInfo(zone) if zone else None
    except (KeyError, ValueError, OSError):  # no name of a zone, or the name of a folder of them
        return None


def read(code: str) -> dict[str, Any]:
    """What the file of a language says: sentences, and tables of plural forms."""
    said: dict[str, Any] = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))
    return said


def _form(value: Any) -> Any:
    return Forms(**value) if isinstance(value, dict) else value
