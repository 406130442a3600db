"""What an EPUB says of itself: its title and author, the order of its files, its contents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.errors import BinarySourceError, DamagedSourceError, EncodingError, EncryptedSourceError
from index.formats.dates import stated_date
from index.formats.decode import decode
from index.formats.epub_contents import (
    Heading,
    headings_of_navigation,
    headings_of_ncx,
    landmarks,
    named,
    place_of,
    words_of,
)
from index.formats.markup import Element, attribute, local_name, parse_page, parse_xml
from index.formats.unpacking import Package

_CONTAINER = "META-INF/container.xml"
_LOCKS = ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml")
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_NCX = "application/x-dtbncx+xml"
_TEXTS = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", ""})
_OLDEST = 1000
"""Earlier years stand for a date that was never set."""
_DATES = ("publication", "original-publication", "")


@dataclass(frozen=True, slots=True)
class Book:
    """What is known of a book before its text is read; paths are those of the archive."""

    title: str | None
    author: str | None
    published: date | None
    language: str | None
    files: tuple[str, ...]
    """In reading order."""
    contents: tuple[Heading, ...]
    without_prose: frozenset[str]
    """Files that are a cover, a title page or a list, as the book says."""


@dataclass(frozen=True, slots=True)
class _Item:
    path: str
    media_type: str
    properties: frozenset[str]


def open_book(package: Package) -> Book:
    """Read what the book says of itself.

    Raises EncryptedSourceError for one that is locked for its buyer, DamagedSourceError.
    """
    _refuse_locks(package)
    path = _package_path(package)
    data = package.read(path)
    if data is None:
        raise damaged()
    root = parse_xml(data)
    items = _manifest(root, posixpath.dirname(path))
    without_prose = set(landmarks(root, path))
    contents: tuple[Heading, ...] = ()
    navigation = next((item.path for item in items.values() if "nav" in item.properties), None)
    page = read_page(package, navigation or "")
    if navigation and page is not None:
        contents = tuple(headings_of_navigation(page, navigation))
        without_prose |= {navigation, *landmarks(page, navigation)}
    if not contents:
        contents = tuple(_ncx(package, root, items))
    listed = {heading.place.path for heading in contents}
    return Book(
        title=next(_said(root, "title"), None),
        author=", ".join(dict.fromkeys(_authors(root))) or None,
        published=_published(root),
        language=next(_said(root, "language"), None),
        files=tuple(dict.fromkeys(_spine(root, items, listed))),
        contents=contents,
        without_prose=frozenset(without_prose),
    )


def read_page(package: Package, path: str) -> Element | None:
    """Return the root of a page of the book; None where it is missing or is no page."""
    data = package.read(path)
    try:
        return None if data is None else parse_page(decode(data))
    except (BinarySourceError, EncodingError):
        return None


def damaged() -> DamagedSourceError:
    """Return the error for a book without its list of files, or without its pages."""
    return DamagedSourceError(
        "The e-book is damaged: its pages cannot be found.",
        hint="Make or download it once more, and send it again.",
    )


def _refuse_locks(package: Package) -> None:
    locked = any(package.has(path) for path in _LOCKS)
    if not locked and (data := package.read(_ENCRYPTION)) is not None:
        methods = named(parse_xml(data), "encryptionmethod")
        locked = any(method.get("Algorithm", "") not in _FONTS_ONLY for method in methods)
    if locked:
        raise EncryptedSourceError(
            "The e-book is locked for the one who bought it (DRM).",
            hint="Only books without copy protection can be read.",
        )


def _package_path(package: Package) -> str:
    if (data := package.read(_CONTAINER)) is not None:
        for file in named(parse_xml(data), "rootfile"):
            if package.has(path := place_of(file.get("full-path", ""), "").path):
                return path
    # A few are without it, or it is wrong; there is only one of these.
    for entry in package.entries:
        if entry.path.lower().endswith(".opf"):
            return entry.path
    raise damaged()


def _manifest(root: Element, folder: str) -> dict[str, _Item]:
    return {
        item.get("id", ""): _Item(
            place_of(item.get("href", ""), folder).path,
            item.get("media-type", "").lower(),
            frozenset(item.get("properties", "").split()),
        )
        for item in named(root, "item")
    }


def _spine(root: Element, items: dict[str, _Item], listed: set[str]) -> Iterator[str]:
    for reference in named(root, "itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.media_type not in _TEXTS:
            continue
        # Beside the main text: notes and covers, mostly.
        if reference.get("linear", "yes") != "no" or item.path in listed:
            yield item.path


def _ncx(package: Package, root: Element, items: dict[str, _Item]) -> Iterator[Heading]:
    spine = next(named(root, "spine"), None)
    item = None if spine is None else items.get(spine.get("toc", ""))
    item = item or next((item for item in items.values() if item.media_type == _NCX), None)
    data = package.read(item.path) if item else None
    if item and data is not None:
        try:
            yield from headings_of_ncx(parse_xml(data), item.path)
        except (BinarySourceError, DamagedSourceError, EncodingError):
            return


def _said(root: Element, name: str) -> Iterator[str]:
    metadata = next(named(root, "metadata"), None)
    if metadata is not None:
        yield from filter(None, (words_of(element) for element in named(metadata, name)))


def _authors(root: Element) -> Iterator[str]:
    roles = {
        meta.get("refines", "").removeprefix("#"): words_of(meta)
        for meta in named(root, "meta")
        if meta.get("property") == "role"
    }
    for creator in named(root, "creator"):
        role = attribute(creator, "role") or roles.get(creator.get("id", "-"), "")
        if role in {"", "aut"} and (name := words_of(creator)):
            yield name


def _published(root: Element) -> date | None:
    """Return the date of publication; that of the file (`dcterms:modified`) is another."""
    found = {
        attribute(element, "event").lower(): stated_date(words_of(element))
        for element in named(root, "date")
        if local_name(element.getparent()) in {"metadata", "dc-metadata"}
    }
    dates = (found.get(event) for event in _DATES)
    return next((day for day in dates if day and day.year >= _OLDEST), None)
