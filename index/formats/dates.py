"""The date a document states about itself: read when it is certain, never guessed."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\b"
_DAY = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"\b(?P<year>\d{4})\b"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=$|T\d)",
        # Only with dots: 03/04/2024 is a day in March or in April, depending on the country.
        r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
        rf"{_DAY}[\s.-]+(?:of\s+)?{_MONTH}[\s.,-]+{_YEAR}",
        rf"\b{_MONTH}[\s.]+{_DAY},?\s+{_YEAR}",
    )
)
_ADDRESS = re.compile(r"/(?P<year>(?:19|20)\d{2})/(?P<month>\d{2})/(?P<day>\d{2})(?:/|$)")

# What stands beside a date that tells when something was published, "by" with whose name.
_AROUND_DATE = re.compile(
    r"\W*(?:(?:first )?(?:published|posted|issued|written|dated?|on|at|in|the"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|[ap]\.?m\.?|utc|gmt|[ce]s?t)\b\W*)*"
    r"(?:by\b[^.!?]{2,60}?)?\W*",
    re.IGNORECASE,
)

# Longer statements are prose, and a date in prose is about something else.
_MAX_CHARACTERS = 80


def stated_date(statement: str) -> date | None:
    """Return the one full date in a short statement such as `2024-03-05T10:00Z` or `5 March 2024`.

    None where the day or the month is missing, or their order cannot be told.
    """
    statement = statement.strip()
    if len(statement) > _MAX_CHARACTERS:
        return None
    for form in _FORMS:
        if match := form.search(statement):
            return _date(match)
    return None


def date_line(line: str) -> date | None:
    """Return the date of a line that is a date, a byline or both, such as `By Ann, 5 March 2024`.

    None for any other line: a heading may be about a day long past.
    """
    line = line.strip()
    if len(line) > _MAX_CHARACTERS:
        return None
    for form in _FORMS:
        match = form.search(line)
        if match and _AROUND_DATE.fullmatch(line[: match.start()] + " " + line[match.end() :]):
            return _date(match)
    return None


def date_in_address(address: str) -> date | None:
    """Return the date of an address such as `https://example.org/2024/03/05/bridge`."""
    match = _ADDRESS.search(address)
    return _date(match) if match else None


def _date(match: re.Match[str]) -> date | None:
    month = match["month"].lower()
    number = (
        int(month)
        if month.isdigit()
        else next(i for i, name in enumerate(_MONTHS, 1) if name[:3] == month[:3])
    )
    try:
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
