"""How much of what was sent may be kept, by the limits that the owner has set."""

from __future__ import annotations

from collections.abc import Sequence

from bot.house import House
from bot.markup import fill
from bot.store.records import Exchange
from index import Article, FailedSource


def person_of(exchange: Exchange) -> int | None:
    """Who an exchange is with; None where nobody knows, as of a channel's posts."""
    by = exchange.details.get("by")
    if by is None and exchange.chat_id > 0:
        return exchange.chat_id  # a private chat has its person's number
    return by


async def allowed(
    house: House, exchange: Exchange, sources: Sequence[Article | FailedSource]
) -> list[Article | FailedSource]:
    """Of what was read, as much as may be kept; of the rest, why it is not."""
    totals = await house.libraries.totals(exchange.library)
    here = house.fairness.room_in_library(totals.articles)
    today = house.fairness.room_today(person_of(exchange))
    rooms = [room for room in (here, today) if room is not None]
    room = min(rooms) if rooms else len(sources)
    kept: list[Article | FailedSource] = []
    refused = False
    for source in sources:
        if not isinstance(source, Article):
            kept.append(source)
        elif room > 0:
            kept.append(source)
            room -= 1
        else:
            refused = True
    if refused:
        texts = house.texts
        full = here is not None and here == min(rooms)
        said = fill(texts.limit_articles_here, articles=texts.articles(totals.articles))
        kept.append(FailedSource("", said if full else texts.limit_articles_today, ""))
    return kept
