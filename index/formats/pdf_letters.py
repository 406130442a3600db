"""The characters of a PDF's words: ligatures, hyphens, bullets, and those that say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

HYPHEN = 0x02
"""What PDFium makes of a hyphen at the end of a line."""
SPACES = frozenset(code for code in range(0x3001) if chr(code).isspace()) | {0, 0x200B}
"""The code points that part words."""

_NOTHING = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ue000-\uf8ff\u00ad\ufffd]")
_UNREADABLE = re.compile("[\x00-\x1f\ufffd\ue000-\uf8ff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTERS = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        # The bullets and ticks of Symbol and Wingdings
        **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf06e\uf0a8", "•"),
    }
)


def written_word(codes: Sequence[int]) -> tuple[str, int]:
    """Return the word of some code points, and how many of them stand for no character."""
    text = "".join(map(chr, codes))
    if codes[-1] == HYPHEN:
        text = text[:-1] + "-"
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.translate(_LETTERS)
    return _NOTHING.sub("", text), sum(1 for _ in _UNREADABLE.finditer(text))
