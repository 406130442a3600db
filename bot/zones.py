"""Time zones, as people choose them: by the name of a city (pure)."""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import replace
from datetime import datetime, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.texts import Texts

COMMON = (
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/Denver",
    "America/Mexico_City",
    "America/Chicago",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "UTC",
    "Europe/London",
    "Africa/Lagos",
    "Europe/Berlin",
    "Africa/Johannesburg",
    "Europe/Athens",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)
"""Offered as buttons, from west to east."""
AREAS = frozenset(
    (
        *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"),
        *("Indian", "Pacific"),
    )
)
"""What the names of places begin with; others are older names, or no places at all."""
NO_MATCH = 3
"""How far a name is from what was looked for, at most."""


def zone_number(name: str) -> int:
    """A number that a button can carry for a zone, the same on every machine."""
    return zlib.crc32(name.encode())


def zone_of(number: int) -> str | None:
    """The zone of a number; None where it is none of ours."""
    return _numbered().get(number)


def zones_named(words: str, texts: Texts) -> list[str]:
    """The zones named after a city, in English or the language of `texts`; the nearest only."""
    wanted = _folded(words)
    ranks: dict[int, dict[str, str]] = {}
    for name in sorted(_names()) if wanted else ():
        city = _folded(texts.city_of(ZoneInfo(name)))
        own = _folded(name.rpartition("/")[2].replace("_", " "))
        rank = min(_rank(wanted, each) for each in (own, city))
        # Of several names of one place the one that is called so counts.
        found = ranks.setdefault(rank, {})
        if city not in found or own == wanted:
            found[city] = name
    nearest = min(ranks, default=NO_MATCH)
    return list(ranks[nearest].values()) if nearest < NO_MATCH else []


def zone_label(name: str, texts: Texts, now: datetime | None = None) -> str:
    """A zone by its city, with the time that it is there: `Kyiv, 14:05`."""
    city, time = zone_and_time(name, texts, now)
    return f"{city}, {time}"


def zone_and_time(name: str, texts: Texts, now: datetime | None = None) -> tuple[str, str]:
    """What a zone is named after, and the time that it is there."""
    zone: tzinfo = ZoneInfo(name)
    moment = now or datetime.now(timezone.utc)
    return texts.city_of(zone), replace(texts, zone=zone).time_of(moment)


def _rank(wanted: str, city: str) -> int:
    if city == wanted:
        return 0
    if city.startswith(wanted):
        return 1
    return 2 if wanted in city else NO_MATCH


def _folded(words: str) -> str:
    apart = unicodedata.normalize("NFKD", " ".join(words.split()).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    places = {name for name in available_timezones() if name.partition("/")[0] in AREAS}
    return frozenset((*places, "UTC"))


@lru_cache(maxsize=1)
def _numbered() -> dict[int, str]:
    return {zone_number(name): name for name in _names()}
