"""Where words are from: an article's title, author, site and date as Telegram HTML (pure)."""

from __future__ import annotations

from bot.markup import bold, fill, italic, line, link, web_address
from bot.texts import Texts
from index import StoredArticle

SEPARATOR = " · "
TITLE_ROOM = 240
NAME_ROOM = 100
ADDRESS_ROOM = 500


def title_of(title: str, texts: Texts, room: int = TITLE_ROOM) -> str:
    """A title as HTML on one line of at most `room` units."""
    visible = any(char.isprintable() and not char.isspace() for char in title)
    return line(title, room) if visible else texts.untitled


def origin(
    title: str,
    article: StoredArticle | None,
    texts: Texts,
    *,
    strong: bool = False,
    page: int | None = None,
) -> str:
    """Title, author, site, date and page, those that are known: at most 1,100 units.

    The title is a link where the article is from a page. `article` is None when it has gone;
    `strong` is for what stands above the words, not below.
    """
    shown = title_of(article.title if article else title, texts)
    address = web_address(article.source, ADDRESS_ROOM) if article else None
    if address:
        shown = link(shown, address)
    if strong:
        shown = bold(shown)
    elif not address:
        shown = italic(shown)
    place = [fill(texts.page, number=page)] if page else []
    return SEPARATOR.join([shown, *(details(article, texts) if article else []), *place])


def details(article: StoredArticle, texts: Texts, *, room: int = NAME_ROOM) -> list[str]:
    """Author, site and date, those that are known; names of at most `room` units."""
    known = dict.fromkeys(line(name, room) for name in (article.author, article.site) if name)
    date = texts.day(article.published) if article.published else ""
    return [part for part in (*known, date) if part]


def sizes_of(article: StoredArticle, texts: Texts) -> list[str]:
    """What an article was read from, where that is worth telling, and how long it is."""
    return [part for part in (texts.read_from(article), texts.words(article.words)) if part]
