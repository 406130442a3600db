"""What is left of texts in the files of a folder: every piece of eight bytes is looked for."""

from __future__ import annotations

import json
import random
import string
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

Pieces = npt.NDArray[np.uint64]

PIECE = 8
_LETTERS = string.ascii_letters + string.digits
_OTHERS = "".join(map(chr, (*range(0xE0, 0xF0), *range(0x430, 0x450), *range(0x4E00, 0x5000))))
_ODD, _BITS = np.uint64(0x9E3779B97F4A7C15), 24


class Speaker:
    """Says words that nobody has ever said: of two texts no piece is the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def words(self, count: int) -> str:
        """So many words."""
        return " ".join(self._word() for _ in range(count))

    def foreign(self, count: int) -> str:
        """Words of which every fourth has a letter of two or three bytes in its midst."""
        others = [self.chance.choice(_OTHERS) if n % 4 == 0 else "" for n in range(count)]
        return " ".join(f"{self._word()[:5]}{other}{self._word()[:5]}" for other in others)

    def _word(self) -> str:
        return "".join(self.chance.choices(_LETTERS, k=self.chance.randint(8, 11)))


def pieces_left(folder: Path, texts: Iterable[str]) -> dict[str, int]:
    """How many pieces of these texts are in each file of the folder; only files with some."""
    known = np.sort(np.concatenate([np.empty(0, "<u8"), *map(_pieces, _as_stored(texts))]))
    # Nearly everything is told from what is looked for by a few of its bits.
    likely = np.zeros(2**_BITS, dtype=bool)
    likely[_places(known)] = True
    found = {}
    for file in sorted(folder.rglob("*")):
        content = _content(file) if file.is_file() else b""
        count = 0
        for shift in range(PIECE):
            pieces = _aligned(content[shift:])
            pieces = pieces[likely[_places(pieces)]]
            places = np.searchsorted(known, pieces)
            count += int((known.take(places, mode="clip") == pieces).sum()) if len(known) else 0
        if count:
            found[str(file.relative_to(folder))] = count
    return found


def _content(file: Path) -> bytes:
    """What is in a file that a database of this process may be in.

    Closing it here would take away the process's locks, so another reads it.
    """
    script = "import sys; sys.stdout.buffer.write(open(sys.argv[1], 'rb').read())"
    return subprocess.check_output([sys.executable, "-IS", "-c", script, str(file)])


def _as_stored(texts: Iterable[str]) -> Iterator[bytes]:
    for text in texts:
        # As it is, as JSON has it, and as it is folded for a search.
        for form in {text, json.dumps(text)[1:-1], text.lower()}:
            yield form.encode()


def _pieces(content: bytes) -> Pieces:
    return np.concatenate([_aligned(content[shift:]) for shift in range(PIECE)])


def _aligned(content: bytes) -> Pieces:
    return np.frombuffer(content[: len(content) // PIECE * PIECE], dtype="<u8")


def _places(pieces: Pieces) -> npt.NDArray[np.int64]:
    places: npt.NDArray[np.int64] = ((pieces * _ODD) >> np.uint64(64 - _BITS)).astype(np.int64)
    return places
