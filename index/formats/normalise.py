"""The same clean-up for every format; beyond it, an article's words stay as they were written."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufeff]")
_LINE_END = re.compile("\r\n|[\r\v\f]")
_BLANK_LINES = re.compile("\n{3,}")


def normalise(text: str) -> str:
    """Return `text` with Unix line ends and without what no reader can see; idempotent.

    Form feeds and vertical tabs become line ends, since removing them would join two words.
    No Unicode normal form and no other quotation marks: answers are the article's exact words.
    """
    if _SURROGATE.search(text):
        # UTF-16 joins the pairs that belong together; only the lonely ones are lost.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _LINE_END.sub("\n", _CONTROL.sub("", text))
    # Line by line, as a pattern for trailing spaces takes quadratic time on a run of spaces.
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()
