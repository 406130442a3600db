"""The language of an article: recognised in its words, else as the document states it.

The only importer of py3langid, and late: it loads its model for half a second.
"""

from __future__ import annotations

import re
from itertools import islice

SAMPLE = 4000
MIN_LETTERS = 40
"""Fewer say too little; a document's own statement is taken then. A character of a script
without an alphabet counts as three."""
MIN_MARGIN = 3.0
"""In nats: how much likelier the language is than the next."""

_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_STATED = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE | re.DOTALL)


def language_of(text: str, stated: str | None = None) -> str | None:
    """Return the language as ISO 639-1, or None where it cannot be told.

    `stated` is what the document says, such as `en-GB`; many say the wrong one, so the words
    count for more.
    """
    sample = text[:SAMPLE]
    letters = sum(1 for _ in _LETTER.finditer(sample)) + 2 * sum(1 for _ in _WIDE.finditer(sample))
    if letters >= MIN_LETTERS:
        from py3langid import rank

        # Dialects and creoles have longer codes, and hardly differ in writing.
        known = ((code, score) for code, score in rank(sample) if len(code) == 2)
        (first, score), (_, second) = islice(known, 2)
        if score - second >= MIN_MARGIN:
            return str(first)
    match = _STATED.fullmatch((stated or "").strip())
    return match[1].lower() if match else None
