"""How walls are recognised by what they say.

Everything is compared in small letters, with straight apostrophes and plain spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONTINUED = re.compile(r"\n {6,}")


@dataclass(frozen=True, slots=True)
class Cues:
    """How one obstacle speaks."""

    heading: re.Pattern[str]
    """The whole of a title or heading."""
    said: re.Pattern[str]
    """What is said to the visitor, and by nobody who writes about it."""
    about: re.Pattern[str]
    """What the sentences around it are about; a wall speaks of hardly anything else."""


def cues(heading: str, said: str, about: str) -> Cues:
    """Return the cues of patterns with an alternative on each line, or several.

    A line that is indented more than the others goes on with the one before.
    """
    return Cues(_compiled(heading), _compiled(said), _compiled(about))


def _compiled(words: str) -> re.Pattern[str]:
    lines = _CONTINUED.sub("", words).split("\n")
    return re.compile("|".join(filter(None, map(str.strip, lines))))
