"""What became of what was sent, as Telegram HTML, each within one message (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.fitting import UNICODE
from bot.markup import bold, clean, fill, line, marked, quote, shortened
from bot.origins import SEPARATOR, details, sizes_of, title_of
from bot.texts import Texts
from index import Obstacle, Receipt, ReceiptStatus

ERROR_ROOM = 900
NAME_ROOM = 100
RECEIPTS_SHOWN = 20
SHORT_ROOM = 50
"""UTF-16 units of a name where many are listed; a title or an error gets the double."""
BEGINNING_ROOM = 350
"""UTF-16 units of the first lines of what was recognised in a picture."""
_SETTING = re.compile(r" that (?:max|parser)_\w+ allows")


def receipt(
    receipts: Sequence[Receipt], texts: Texts, *, again: bool = False, beginning: str = ""
) -> str:
    """What became of one source or of several; `again` after an article was edited.

    `beginning` are the first lines of one that was recognised in a picture, so that a person
    sees whether it was read well.
    """
    if len(receipts) == 1:
        return _receipt(receipts[0], texts, again=again, beginning=beginning)
    lines = [_heading(receipts, texts)]
    lines += [_receipt_line(each, texts) for each in receipts[:RECEIPTS_SHOWN]]
    if len(receipts) > RECEIPTS_SHOWN:
        lines.append(fill(texts.and_more, count=len(receipts) - RECEIPTS_SHOWN))
    hints = [_obstacle(each, texts)[1] for each in receipts if _has_failed(each)]
    return "\n".join([*lines, *(f"\n{hint}" for hint in dict.fromkeys(hints) if hint)])


def feed_offer(title: str, count: int, most: int, texts: Texts) -> str:
    """What is said of a feed with `count` articles, of which `most` can be added at once."""
    sentence = texts.feed_offer if count <= most else texts.feed_offer_part
    shown = texts.feed_titled.format(title=title) if title.strip() else texts.feed_untitled
    return fill(sentence, title=shown, articles=texts.articles(count))


def _receipt(receipt: Receipt, texts: Texts, *, again: bool, beginning: str) -> str:
    article = receipt.article
    if _has_failed(receipt) or article is None:
        error, hint = _obstacle(receipt, texts)
        name = line(receipt.source, NAME_ROOM)
        lines = [bold(name) if receipt.source not in error else "", line(error, ERROR_ROOM), hint]
        return "\n".join(each for each in lines if each)
    again = again or receipt.status is ReceiptStatus.UPDATED
    known = receipt.status is ReceiptStatus.KNOWN
    heading = texts.known if known else texts.read_again if again else texts.saved
    below = SEPARATOR.join([*details(article, texts), *sizes_of(article, texts)])
    title = bold(title_of(article.title, texts))
    begins = shortened(marked(clean(beginning)), BEGINNING_ROOM).html()
    quoted = f"\n{quote(begins, folded=False)}" if begins else "\n"
    return f"{heading}\n{title}\n{below}{quoted}\n{texts.saved_hint}"


def _heading(receipts: Sequence[Receipt], texts: Texts) -> str:
    new = (ReceiptStatus.ADDED, ReceiptStatus.UPDATED)
    added = sum(each.status in new for each in receipts)
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
    told = {ReceiptStatus.KNOWN: texts.already_here, ReceiptStatus.UPDATED: texts.newly_read}
    size = told.get(receipt.status) or texts.words(article.words)
    return f"• {SEPARATOR.join(filter(None, (title, texts.read_from(article), size)))}"


def _has_failed(receipt: Receipt) -> bool:
    return receipt.status is ReceiptStatus.FAILED or receipt.article is None


def _obstacle(receipt: Receipt, texts: Texts) -> tuple[str, str]:
    """What is wrong, and what to do instead in a chat, where there are no commands or settings.

    An error of the bot's own has no obstacle and no hint: it tells both itself.
    """
    if receipt.obstacle is not None:
        return texts.refused(receipt.obstacle)
    error = receipt.error or texts.saved_none
    if _SETTING.search(error):
        return texts.refused(Obstacle.TOO_LARGE)
    return error, texts.advice_paste if receipt.hint else ""
