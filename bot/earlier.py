"""What articles of earlier days said instead of an answer, as lines of Telegram HTML (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.markup import bold, italic, line, link, units, web_address
from bot.origins import title_of
from bot.texts import Texts
from index import Earlier, StoredArticle

WORDS_ROOM = 120
TITLE_ROOM = 100
ADDRESS_ROOM = 200


def earlier_lines(
    earlier: Sequence[Earlier], articles: Mapping[int, StoredArticle], texts: Texts, room: int
) -> str:
    """A line break and a line for each, newest first: those that fit into `room` units.

    Each has the words, the article's title, a link where the article is from a page, and the day.
    """
    shown = ""
    for each in earlier:
        words = bold(line(each.answer, WORDS_ROOM))
        title = _title(each, articles.get(each.passage.article), texts)
        told = texts.earlier.format(words=words, title=title, day=texts.day(each.day))
        if units(shown) + units(told) + 1 > room:
            break
        shown += f"\n{told}"
    return shown


def _title(earlier: Earlier, article: StoredArticle | None, texts: Texts) -> str:
    title = title_of(article.title if article else earlier.passage.title, texts, TITLE_ROOM)
    address = web_address(article.source, ADDRESS_ROOM) if article else None
    return link(title, address) if address else italic(title)
