"""What a document's properties say of it, where it can be believed (pure).

Programs fill them in by themselves: a file's name as the title, an account's as the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import islice

from index.formats.dates import date_line

_NOT_A_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|(?:untitled|unbenannt|sans titre|sin título"
    r"|без названия|document|dokument|doc|scan|img|slide|presentation|page)[\s_-]*\d*"
    r"|\S*\.(?:docx?|odt|rtf|pdf|txt|indd|qxd|tex|dvi|pptx?|xlsx?|html?|cdr|eps|ps)|\W*)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_AN_AUTHOR = re.compile(
    r"(?:microsoft(?: office)?(?: user)?|office|(?:default |windows )?user\d*|admin(?:istrator)?"
    r"|root|owner|author|unknown|anonymous|guest|python-docx|libreoffice|openoffice\S*|apache poi"
    r"|\S*(?:writer|latex|acrobat|indesign)\S*|hewlett-packard.*|\S+\.\S+\\\S+|\W*|\S)",
    re.IGNORECASE,
)
_LINES = 12


def believable_title(stated: str | None) -> str | None:
    """The title of a document's properties, unless a program made it up."""
    title = " ".join((stated or "").split())
    return None if _NOT_A_TITLE.fullmatch(title) else title


def believable_author(stated: str | None) -> str | None:
    """The author of a document's properties, unless it is an account or a program."""
    author = " ".join((stated or "").split())
    return None if _NOT_AN_AUTHOR.fullmatch(author) else author


def date_at_top(lines: Iterable[str]) -> date | None:
    """The date that stands alone, or in a byline, among the first lines of a document.

    When a file was made is another matter: an article printed today is not of today.
    """
    first = islice((line for line in lines if line.strip()), _LINES)
    return next((found for line in first if (found := date_line(line))), None)
