"""A PDF that lost its end: what its parts tell of the lost table of contents."""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+obj\b")
_END = re.compile(rb"endobj|stream\b")
_CATALOGUE = re.compile(rb"/Type\s*/Catalog\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_HEAD = 4000
"""Bytes of an object in which its kind is looked for."""
MAX_PAGES = 10_000


def with_new_end(data: bytes) -> bytes | None:
    """Return the PDF with a new end that names its pages, or None where no page is left whole."""
    catalogue: bytes | None = None
    pages: list[bytes] = []
    highest = 0
    for match in _OBJECT.finditer(data):
        end = _END.search(data, match.end(), match.end() + _HEAD)
        if not end:
            continue
        head = data[match.end() : end.start()]
        name = b"%s %s R" % match.groups()
        highest = max(highest, int(match[1]))
        if _CATALOGUE.search(head):
            catalogue = name
        elif _PAGE.search(head) and len(pages) < MAX_PAGES:
            pages.append(name)
    if _ENCRYPTED.search(data[-_HEAD:]) or not (catalogue or pages):
        return None
    added = b"\n"
    if catalogue is None:
        tree, root = highest + 1, highest + 2
        added += b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (
            tree,
            len(pages),
            b" ".join(pages),
        )
        added += b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, tree)
        catalogue = b"%d 0 R" % root
    return (
        _without_cut_object(data)
        + added
        + b"trailer\n<</Root %s>>\nstartxref\n0\n%%%%EOF\n" % catalogue
    )


def _without_cut_object(data: bytes) -> bytes:
    """Return the data up to its last whole object, or with the end of the stream that is cut."""
    end = data.rfind(b"endobj") + len(b"endobj")
    rest = data[end:]
    return data + b"\nendstream\nendobj\n" if b"stream" in rest else data[:end] + b"\n"
