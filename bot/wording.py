"""How numbers, days and times are written in a language and a time zone (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone, tzinfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_time
from babel.numbers import format_decimal


@dataclass(frozen=True, slots=True)
class Forms:
    """A number with what it counts, by the plural categories of Unicode's CLDR.

    A language has some of them: English `one` and `other`; Russian also `few` and `many`.
    """

    other: str
    one: str = ""
    few: str = ""
    many: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The language that is written, as the CLDR names it, and the time zone."""

    locale: str = "en_GB"
    zone: tzinfo = timezone.utc

    def number(self, number: int) -> str:
        """`31,000`."""
        return format_decimal(number, locale=self.locale)

    def counted(self, forms: Forms, count: int) -> str:
        """A number and what it counts: `1 article`, `31,000 articles`."""
        category: str = Locale.parse(self.locale).plural_form(count)
        form: str = getattr(forms, category) or forms.other
        return form.format(count=self.number(count))

    def day(self, day: date) -> str:
        """`28 July 2022`."""
        return format_date(day, "long", self.locale)

    def day_of(self, moment: datetime) -> str:
        """The day that a moment falls on in the time zone: `28 July 2022`."""
        return self.day(moment.astimezone(self.zone).date())

    def time_of(self, moment: datetime) -> str:
        """The time that it is at a moment in the time zone: `14:05`."""
        return format_time(moment, "short", self.zone, self.locale)

    def city_of(self, zone: tzinfo) -> str:
        """What a time zone is named after: `Kyiv`."""
        name = str(zone)
        aliases = get_global("zone_aliases")
        newest = aliases.get(name, name)
        # The CLDR has the names of some cities under what their zones were called earlier.
        earlier = [old for old, new in aliases.items() if new == newest]
        cities = Locale.parse(self.locale).time_zones
        found = [cities.get(each, {}).get("city") for each in (newest, name, *earlier)]
        named: str = next(filter(None, found), newest.rpartition("/")[2].replace("_", " "))
        return named
