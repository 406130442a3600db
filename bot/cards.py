"""Articles and lists of them as Telegram HTML, each within one message (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.markup import bold, clean, fill, marked, quote, shortened
from bot.origins import SEPARATOR, TITLE_ROOM, details, origin, sizes_of, title_of
from bot.texts import Texts
from index import StoredArticle

OPENING_ROOM = 900
LISTED = 12
LISTED_NAME_ROOM = 40
LISTED_TITLES_ROOM = 1600
"""UTF-16 units for all the titles of a page."""


def article_list(
    articles: Sequence[StoredArticle], offset: int, total: int, matching: str | None, texts: Texts
) -> str:
    """A page of the articles, from the one at `offset` on; `matching`: words searched for."""
    if not total:
        return fill(texts.list_no_match, words=matching) if matching else texts.no_articles
    if not articles:
        return texts.list_empty_page
    shown = articles[:LISTED]
    room = min(TITLE_ROOM, LISTED_TITLES_ROOM // len(shown))
    heading = fill(texts.list_matching, words=matching) if matching else texts.list_heading
    lines = [bold(heading), ""]
    for number, article in enumerate(shown, offset + 1):
        below = [*details(article, texts, room=LISTED_NAME_ROOM), texts.words(article.words)]
        title = title_of(article.title, texts, room)
        lines += [f"{number}. {bold(title)}", SEPARATOR.join(below)]
    if total > len(shown):
        ends = {"first": offset + 1, "last": offset + len(shown), "total": total}
        place = {name: texts.number(number) for name, number in ends.items()}
        lines += ["", fill(texts.list_place, **place)]
    return "\n".join(lines)


def article_card(article: StoredArticle, opening: str, texts: Texts) -> str:
    """What is known of an article, and how it begins."""
    sizes = [*sizes_of(article, texts), texts.added(article.added)]
    above = f"{origin(article.title, article, texts, strong=True)}\n{SEPARATOR.join(sizes)}"
    text = marked(clean(opening).removeprefix(f"{clean(article.title)}\n"))
    begins = shortened(text, OPENING_ROOM).html()
    return f"{above}\n{quote(begins, folded=False)}" if begins else above


def stats(articles: int, words: int, passages: int, texts: Texts) -> str:
    """How much there is."""
    if not articles:
        return texts.no_articles
    counts = {
        "articles": texts.articles(articles),
        "words": texts.words(words),
        "passages": texts.passages(passages),
    }
    return fill(texts.stats, **counts)
