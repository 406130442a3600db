"""What a web page states about itself: title, author, site, address, language, what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from index.formats.html_linked_data import Node, is_article, kinds, linked_data, names
from index.formats.html_names import authors, host_of, without_site

_TITLES = ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "headline")
_AUTHORS = (
    *("author", "article:author", "citation_author", "dc.creator", "dcterms.creator"),
    *("parsely-author", "sailthru.author", "byl", "authors", "creator", "og:article:author"),
)
_LANGUAGES = ("http:content-language", "og:locale", "dc.language", "language")
_SPACE = re.compile(r"\s+")

_NAMED = " or ".join(f"contains(@class, '{name}')" for name in ("uthor", "yline"))
_NOT_NAMED = " or ".join(f"contains(@class, '{name}')" for name in ("bio", "box", "desc"))
_BYLINES = (
    "//*[@rel='author' or @itemprop='author'][not(self::link or self::meta)]",
    "//*[self::a or self::p or self::span or self::div or self::address]"
    f"[@class][{_NAMED} or @class='by'][not({_NOT_NAMED})]",
)
_NOT_OURS = "ancestor::aside or ancestor::footer[not(ancestor::article)]"
_ELSEWHERE = re.compile(r"\b(?:comment|related|sidebar)", re.IGNORECASE)
_MAX_BYLINE = 100


@dataclass(frozen=True, slots=True)
class Facts:
    """A page's statements about itself, and the address it is known by."""

    address: str
    title: str | None
    author: str | None
    site: str | None
    canonical: str | None
    language: str | None
    description: str
    full_title: str
    """As the browser shows it, the site's name included."""
    type: str
    """Of Open Graph, such as `article` or `website`; "" where it is not stated."""
    nodes: tuple[Node, ...]
    """Of its linked data."""
    meta: dict[str, list[str]]
    """What its meta elements hold, by their names in lower case."""


def facts_of(tree: Any, address: str = "") -> Facts:
    """Read an lxml tree's statements; `address` is where the page was found, if known."""
    meta = _meta(tree)
    nodes = tuple(linked_data(tree))
    articles = [node for node in nodes if is_article(node)]
    canonical = _canonical(tree, meta, address)
    host = host_of(address or canonical or "")
    site = _site(meta, nodes, articles) or host
    full_title = _text(tree.find(".//title"))
    return Facts(
        address=address,
        title=_title(tree, meta, articles, full_title, site, host),
        author=_author(tree, meta, nodes, site),
        site=site,
        canonical=canonical,
        language=_language(tree, meta),
        description=_first(meta, ("og:description", "description", "twitter:description")),
        full_title=full_title,
        type=_first(meta, ("og:type",)).lower(),
        nodes=nodes,
        meta=meta,
    )


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        if content:
            for key in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(key):
                    # What a server says in a header, such as the day it was saved, is kept apart.
                    kept = f"http:{name}" if key == "http-equiv" else name
                    found.setdefault(kept.strip().lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], wanted: tuple[str, ...]) -> str:
    return next((meta[name][0] for name in wanted if name in meta), "")


def _title(
    tree: Any,
    meta: dict[str, list[str]],
    articles: list[Node],
    full_title: str,
    site: str | None,
    host: str | None,
) -> str | None:
    headings = [text for heading in tree.iter("h1") if (text := _text(heading))]
    stated = (
        _first(meta, _TITLES),
        *(str(node["headline"]) for node in articles if node.get("headline")),
        headings[0] if len(headings) == 1 else "",
        full_title,
        *headings[:1],
        *(text for heading in tree.iter("h2") if (text := _text(heading))),
    )
    for title in stated:
        if any(map(str.isalnum, title)):
            return without_site(title, site, host)
    return None


def _author(
    tree: Any, meta: dict[str, list[str]], nodes: tuple[Node, ...], site: str | None
) -> str | None:
    articles = filter(is_article, nodes)
    linked = (names(node.get("author") or node.get("creator"), nodes) for node in articles)
    metas = (meta.get(name, []) for name in _AUTHORS)
    for stated in chain(linked, metas, _bylines(tree)):
        if found := authors(stated, site):
            return found
    return None


def _bylines(tree: Any) -> Iterator[list[str]]:
    for path in _BYLINES:
        for element in tree.xpath(f"{path}[not({_NOT_OURS})]"):
            text = _SPACE.sub(" ", " ".join(element.itertext())).strip()
            within = (element, *element.iterancestors("div", "section", "ul", "ol", "li"))
            if 0 < len(text) <= _MAX_BYLINE and not any(
                _ELSEWHERE.search(f"{one.get('class')} {one.get('id')}") for one in within
            ):
                yield [text]


def _site(meta: dict[str, list[str]], nodes: tuple[Node, ...], articles: list[Node]) -> str | None:
    sites = [node for node in nodes if not {"WebSite", "Organization"}.isdisjoint(kinds(node))]
    published = [name for node in articles for name in names(node.get("publisher"), nodes)]
    candidates = (
        _first(meta, ("og:site_name",)).lstrip("@"),
        *published,
        *(name for node in sites for name in names(node)),
        _first(meta, ("application-name", "citation_journal_title", "dc.publisher")),
    )
    return next((_line(name) for name in candidates if name and "://" not in name), None)


def _canonical(tree: Any, meta: dict[str, list[str]], address: str) -> str | None:
    """Return the address the page gives as its own, absolute."""
    base = address
    for element in tree.xpath("//base/@href")[:1]:
        base = _joined(address, element) or address
    links = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for stated in (*links[:1], *meta.get("og:url", [])[:1]):
        found = _joined(base, stated.strip())
        # Careless sites name their front page on every page.
        if found and (_is_inside(found) or (address and not _is_inside(address))):
            return found
    return None


def _joined(base: str, stated: str) -> str | None:
    try:
        found = urldefrag(urljoin(base, stated)).url
        parts = urlsplit(found)
    except ValueError:
        return None
    return found if parts.scheme in ("http", "https") and parts.hostname else None


def _is_inside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)


def _language(tree: Any, meta: dict[str, list[str]]) -> str | None:
    stated = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    stated = stated or tree.get("xml:lang") or _first(meta, _LANGUAGES)
    return _line(stated.split(",")[0])


def _text(element: Any) -> str:
    return "" if element is None else _SPACE.sub(" ", element.text_content()).strip()


def _line(text: str) -> str | None:
    return _SPACE.sub(" ", text).strip() or None
