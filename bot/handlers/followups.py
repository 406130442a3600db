"""A question that follows on from another is completed from that one and its answer."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from telegram import Message

from bot.fitting import answer_in, proof_of
from bot.handlers.scope import Scope, speaker_of
from bot.house import House
from bot.markup import clean
from bot.occasion import topic_in
from bot.store.records import Exchange, Kind
from index import Answer, Outcome, PreviousTurn, Span, complete_question, sentence_around

WITHIN = 300.0
"""Seconds in which a question may follow on from the last one without replying to its answer."""

Recall = Callable[[Exchange], Awaitable[Answer]]
"""The answer of an exchange, in the words of the articles that are still there."""


async def completed(house: House, exchange: Exchange, question: str, recall: Recall) -> str | None:
    """The whole question that a short one means; None where it stands on its own."""
    previous = await _previous(house, exchange)
    if previous is None or previous.library != exchange.library or previous.details.get("stale"):
        return None  # what another library answered is not told to who asks this one
    return complete_question(question, _turn(previous, await recall(previous)))


async def follows_on(house: House, message: Message, scope: Scope) -> bool:
    """Whether a message may follow on from an answer: `When?` is a question then."""
    if scope.answer is not None:
        return True
    chat, by = message.chat.id, speaker_of(message)
    return await _last(house, chat, by, topic_in(chat), time.time() - WITHIN) is not None


async def _previous(house: House, exchange: Exchange) -> Exchange | None:
    """The answer that is replied to, or the last one of the same person in the same place."""
    chat, details = exchange.chat_id, exchange.details
    replied = details.get("after")
    if replied is not None:
        found = await house.workers.records(house.store.exchanges.find, chat, replied)
        return found if found and _is_answered(found) else None
    if exchange.articles:
        return None  # asked of what was just sent, or replied to: nothing else is meant
    by, topic = details.get("by"), details.get("topic")
    return await _last(house, chat, by, topic, exchange.begun - WITHIN, exchange.id)


async def _last(
    house: House,
    chat_id: int,
    by: int | None,
    topic: int | None,
    since: float,
    before: int | None = None,
) -> Exchange | None:
    """The last question of a person in a topic of a chat, if it was answered."""
    if by is None:
        return None
    exchanges = house.store.exchanges
    for each in await house.workers.records(exchanges.asked_lately, chat_id, since, before):
        if each.details.get("by") == by and each.details.get("topic") == topic:
            return each if _is_answered(each) else None
    return None


def _is_answered(exchange: Exchange) -> bool:
    return exchange.kind is Kind.ASK and "passages" in exchange.details


def _turn(previous: Exchange, answer: Answer) -> PreviousTurn:
    question = previous.details.get("understood") or previous.question or ""
    proof = proof_of(answer)
    if proof is None:
        offered = answer.outcome is Outcome.PASSAGES and answer.passages
        title = answer.passages[0].title if offered else ""
        return PreviousTurn(question, None, "", title)
    text = clean(proof.text)
    sentence = sentence_around(text, answer_in(proof) or Span(0, 0))
    words = text[sentence.start : sentence.end]
    return PreviousTurn(question, answer.answer, words, proof.title)
