"""Where an article is a message of the chat, an answer quotes it."""

from __future__ import annotations

from telegram import MessageEntity

from bot.house import House
from bot.occasion import topic_in
from bot.sending import Reply
from bot.store.records import Piece
from index import Answer, Outcome, Span, sentence_around

QUOTE_LIMIT = 1024
"""UTF-16 units; Telegram counts characters, so that this is always within."""


async def quote_of(
    house: House, chat_id: int, answer: Answer, *, library: int | None = None
) -> Reply | None:
    """A reply to the message that holds the proof, with the sentence that proves it.

    None where the answer has no proof, or its article did not come as a message of this chat, as
    those of another chat's `library` did not.
    """
    if library not in (None, chat_id):
        return None
    proof = next((hit for hit in answer.passages if hit.answer_start is not None), None)
    if answer.outcome is not Outcome.ANSWER or proof is None:
        return None
    pieces = await house.workers.records(
        house.store.exchanges.pieces_of_article, chat_id, proof.article
    )
    if not pieces or pieces[0].thread_id != topic_in(chat_id):
        return None  # a reply to what stands in another topic would go there
    assert proof.answer_start is not None
    assert proof.answer_end is not None
    found = Span(proof.answer_start - proof.start, proof.answer_end - proof.start)
    sentence = sentence_around(proof.text, found)
    for span in (sentence, found):
        words = proof.text[span.start : span.end]
        absolute = Span(proof.start + span.start, proof.start + span.end)
        holder = next((piece for piece in pieces if _holds(piece, absolute)), None)
        if holder and _units(words) <= QUOTE_LIMIT:
            return Reply(holder.message_id, words, _entities(holder, absolute, words))
    return Reply(pieces[0].message_id)


def _holds(piece: Piece, span: Span) -> bool:
    return piece.start <= span.start and span.end <= piece.end


def _entities(piece: Piece, span: Span, words: str) -> list[MessageEntity]:
    """The formats of the message within the quote, which Telegram wants repeated."""
    found = []
    for kind, start, end in piece.entities:
        first, last = max(start, span.start) - span.start, min(end, span.end) - span.start
        if first < last:
            offset = _units(words[:first])
            found.append(MessageEntity(kind, offset, _units(words[first:last])))
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
