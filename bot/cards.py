"""Receipts, articles and lists of them as Telegram HTML, each within one message (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.fitting import UNICODE
from bot.markup import bold, clean, fill, line, marked, quote, shortened
from bot.origins import SEPARATOR, TITLE_ROOM, details, origin, title_of
from bot.texts import Texts
from index import Receipt, ReceiptStatus, StoredArticle

ERROR_ROOM = 900
NAME_ROOM = 100
RECEIPTS_SHOWN = 20
SHORT_ROOM = 50
"""UTF-16 units of a name where many are listed; a title or an error gets the double."""
OPENING_ROOM = 900
LISTED = 12
LISTED_NAME_ROOM = 40
LISTED_TITLES_ROOM = 1600
"""UTF-16 units for all the titles of a page."""
_SETTING = re.compile(r" that max_\w+ allows")


def receipt(receipts: Sequence[Receipt], texts: Texts, *, again: bool = False) -> str:
    """What became of one source or of several; `again` after an article was edited."""
    if len(receipts) == 1:
        return _receipt(receipts[0], texts, again=again)
    lines = [_heading(receipts, texts)]
    lines += [_receipt_line(each, texts) for each in receipts[:RECEIPTS_SHOWN]]
    if len(receipts) > RECEIPTS_SHOWN:
        lines.append(fill(texts.and_more, count=len(receipts) - RECEIPTS_SHOWN))
    hints = [_obstacle(each, texts)[1] for each in receipts if _has_failed(each)]
    return "\n".join([*lines, *(f"\n{hint}" for hint in dict.fromkeys(hints) if hint)])


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
        last = offset + len(shown)
        lines += ["", fill(texts.list_place, first=offset + 1, last=last, total=total)]
    return "\n".join(lines)


def article_card(article: StoredArticle, opening: str, texts: Texts) -> str:
    """What is known of an article, and how it begins."""
    sizes = [texts.words(article.words), texts.added(article.added.date())]
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


def _receipt(receipt: Receipt, texts: Texts, *, again: bool) -> str:
    article = receipt.article
    if _has_failed(receipt) or article is None:
        error, hint = _obstacle(receipt, texts)
        name = line(receipt.source, NAME_ROOM)
        lines = [bold(name) if receipt.source not in error else "", line(error, ERROR_ROOM), hint]
        return "\n".join(each for each in lines if each)
    known = receipt.status is ReceiptStatus.KNOWN
    heading = texts.known if known else texts.read_again if again else texts.saved
    below = SEPARATOR.join([*details(article, texts), texts.words(article.words)])
    title = bold(title_of(article.title, texts))
    return f"{heading}\n{title}\n{below}\n\n{texts.saved_hint}"


def _heading(receipts: Sequence[Receipt], texts: Texts) -> str:
    added = sum(each.status is ReceiptStatus.ADDED for each in receipts)
    if added == len(receipts):
        return fill(texts.saved_several, articles=texts.articles(added))
    if added:
        return fill(texts.saved_some, count=added, articles=texts.articles(len(receipts)))
    return texts.saved_none if any(map(_has_failed, receipts)) else texts.known_several


def _receipt_line(receipt: Receipt, texts: Texts) -> str:
    article = receipt.article
    if _has_failed(receipt) or article is None:
        error, _ = _obstacle(receipt, texts)
        name = "" if receipt.source in error else f"{line(receipt.source, SHORT_ROOM)}: "
        return f"{UNICODE.failed} {name}{line(error, 2 * SHORT_ROOM)}"
    title = bold(title_of(article.title, texts, 2 * SHORT_ROOM))
    known = receipt.status is ReceiptStatus.KNOWN
    return f"• {title}{SEPARATOR}{texts.already_here if known else texts.words(article.words)}"


def _has_failed(receipt: Receipt) -> bool:
    return receipt.status is ReceiptStatus.FAILED or receipt.article is None


def _obstacle(receipt: Receipt, texts: Texts) -> tuple[str, str]:
    """What is wrong, and what to do instead in a chat, where there are no commands or settings.

    An error without a hint tells both itself.
    """
    error = receipt.error or texts.saved_none
    if _SETTING.search(error):
        return texts.too_long, texts.too_long_hint
    return error, texts.failed_hint if receipt.hint else ""
