"""Files that want to break, exhaust or deceive whoever reads them, the same in every run."""

from __future__ import annotations

from functools import cache

from hostile_archives import hostile_archives
from hostile_markup import hostile_markup
from hostile_office import hostile_office
from hostile_pdfs import hostile_pdfs
from hostile_pictures import hostile_pictures
from hostile_texts import false_names, hostile_texts

TELEGRAM_BYTES = 20_000_000
"""No bot can download a larger file than that."""


@cache
def hostile_files(secret: str = "/etc/passwd") -> dict[str, bytes]:
    """Every hostile file by its name. Many try to read `secret`, the path of a file."""
    return dict(
        [
            *hostile_pdfs(secret),
            *hostile_archives(secret),
            *hostile_office(secret),
            *hostile_markup(secret),
            *hostile_pictures(),
            *hostile_texts(),
            *false_names(),
        ]
    )


def sendable_files(secret: str = "/etc/passwd") -> dict[str, bytes]:
    """Those that a person can send to a bot: none too large, none empty, none without a name."""
    return {
        name: data
        for name, data in hostile_files(secret).items()
        if name.strip() and 0 < len(data) <= TELEGRAM_BYTES
    }
