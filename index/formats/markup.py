"""XML and XHTML from inside other documents, parsed so that it can reach nothing outside."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree

from index.errors import DamagedSourceError
from index.formats.decode import decode

# Of lxml, which does not say its types.
Element = Any

_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*>")
# With what is declared in it: that could name files, or one word for a million others.
_DOCTYPE = re.compile(
    r"<!DOCTYPE[^\[<>]*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>", re.IGNORECASE
)
_DOCTYPE_WITHIN = 20_000
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
# In HTML only these are ever empty; XHTML closes any element in its own tag.
_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)"
    r"([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>",
    re.IGNORECASE,
)


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML file, forgiving small faults.

    Raises DamagedSourceError where there is none, BinarySourceError or EncodingError.
    """
    root = _root(_prepared(decode(data)), recover=True)
    if root is None:
        raise DamagedSourceError(
            "The file is damaged: what it says of itself cannot be read.",
            hint="Make or download it once more, and send it again.",
        )
    return root


def parse_page(source: str) -> Element | None:
    """Return the root of the source of a page, XHTML or HTML; None where nothing is in it."""
    prepared = _prepared(source)
    if "http://www.w3.org/1999/xhtml" in prepared[:2000]:
        root = _root(prepared, recover=False)
        if root is not None:
            return root
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(_CLOSED.sub(r"<\1\2></\1>", prepared), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute whatever its namespace, or ""."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].rpartition(":")[2] == name:
            return str(value)
    return ""


def _prepared(source: str) -> str:
    """Return the source without declarations, and with the characters that HTML has names for."""
    source = _DECLARATION.sub("", source)
    head = source[:_DOCTYPE_WITHIN]
    return _NAMED.sub(_character, _DOCTYPE.sub("", head, count=1) + source[_DOCTYPE_WITHIN:])


def _character(named: re.Match[str]) -> str:
    if named[1] in _OF_XML:
        return named[0]
    return html5.get(f"{named[1]};", f"&amp;{named[1]};")


def _root(source: str, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
