"""The table of contents of an EPUB, and which of its files are no prose (pure)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from index.formats.markup import Element, attribute, local_name

_WITHOUT_PROSE = frozenset(
    {"cover", "titlepage", "title-page", "halftitlepage", "copyright-page", "toc", "landmarks"}
    | {"loi", "lot", "index", "page-list", "doc-cover", "doc-toc", "doc-pagelist", "doc-index"}
)
"""What a book calls the parts of it that nobody reads, in lower case."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the book, and the id in it at which something begins."""

    path: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents; those below it have a greater depth."""

    title: str
    place: Place
    depth: int


def place_of(link: str, folder: str) -> Place:
    """Return what a link in a file of `folder` leads to."""
    path, _, fragment = link.partition("#")
    return Place(posixpath.normpath(posixpath.join(folder, unquote(path))), unquote(fragment))


def words_of(element: Element) -> str:
    """Return the text in an element on one line."""
    return " ".join("".join(element.itertext()).split())


def named(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of that name below `root`, whatever their namespace."""
    return (element for element in root.iterdescendants() if local_name(element) == name)


def headings_of_navigation(page: Element, path: str) -> Iterator[Heading]:
    """Yield the contents of an EPUB 3: nested lists of links."""
    lists = [element for element in named(page, "nav") if _types(element) & {"toc", "doc-toc"}]
    if not lists:
        return
    folder = posixpath.dirname(path)
    for link in named(lists[0], "a"):
        depth = sum(local_name(above) == "ol" for above in link.iterancestors())
        if link.get("href") and (title := words_of(link)):
            yield Heading(title, place_of(link.get("href"), folder), depth)


def headings_of_ncx(root: Element, path: str) -> Iterator[Heading]:
    """Yield the contents of an EPUB 2: nested points."""
    folder = posixpath.dirname(path)
    for point in named(root, "navpoint"):
        depth = sum(local_name(above) == "navpoint" for above in point.iterancestors())
        children = {local_name(child): child for child in point}
        label, content = children.get("navlabel"), children.get("content")
        title = "" if label is None else words_of(label)
        source = "" if content is None else content.get("src", "")
        if title and source:
            yield Heading(title, place_of(source, folder), depth)


def landmarks(root: Element, path: str) -> Iterator[str]:
    """Yield the files that the landmarks of an EPUB 3, or the guide of an EPUB 2, call no prose.

    `root` is that of the page of navigation or of the package, `path` where it is.
    """
    folder = posixpath.dirname(path)
    for element in root.iterdescendants():
        if local_name(element) not in {"reference", "a"} or not _types(element) & _WITHOUT_PROSE:
            continue
        place = place_of(element.get("href", ""), folder)
        # With a fragment it is a part of a file, in which there may be everything else.
        if not place.fragment and (local_name(element) == "reference" or _is_landmark(element)):
            yield place.path


def is_without_prose(page: Element) -> bool:
    """Tell whether a page calls itself a cover, a title page or a list."""
    for element in page.iter():
        name = local_name(element)
        if name in {"body", "section", "nav"} and _types(element) & _WITHOUT_PROSE:
            return True
        if name in {"p", "h1", "h2"}:
            break
    return False


def _is_landmark(link: Element) -> bool:
    above = (element for element in link.iterancestors() if local_name(element) == "nav")
    return any("landmarks" in _types(element) for element in above)


def _types(element: Element) -> set[str]:
    return {*attribute(element, "type").lower().split(), element.get("role", "").lower()}
