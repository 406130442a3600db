"""Which messages are one item, and how the pieces of a paste become one text again (pure).

Telegram marks only albums as belonging together. A long paste comes as several messages, a
forward with a comment as two; what they have in common is their sender, their time and that
nothing stands between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from bot.seams import LIMIT, separator

SHORTEST_PIECE = 2040
"""UTF-16 units of a piece that another can follow. Clients cut in the second half of 4096; the
white space that is trimmed there can leave a few less."""
TRIMMED = 96
"""Units that trimming and markup may have taken from two pieces: together they had more than
fits into one message, or they would have been one."""
LONGEST_COMMENT = 1024
WIDEST_GAP = 20
"""The ids of a private chat are counted together with those of other chats."""
SAME_PASTE_SECONDS = 3
SAME_SEND_SECONDS = 1


class PieceKind(Enum):
    """How a message came to hold what it holds."""

    TEXT = "text"
    FILE = "file"
    """A document, or any member of an album."""
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class Piece:
    """What matters of a message for telling whether it belongs to another of its chat.

    `date` is in Unix seconds, `text_length` in UTF-16 units, `origin` names where a forward
    comes from, `origin_date` when it was sent there, `arrived` is on a clock of our own.
    """

    message_id: int
    date: int
    user_id: int
    thread_id: int | None
    text_length: int
    kind: PieceKind
    media_group_id: str | None
    origin: str | None
    is_command: bool
    is_reply: bool
    arrived: float
    has_document: bool = False
    origin_date: int | None = None


class Waiting(Protocol):
    """How long to wait for more, in seconds."""

    @property
    def quiet_seconds(self) -> float:
        """After a piece of a paste, a forward or a member of an album."""

    @property
    def comment_seconds(self) -> float:
        """After a short text, which may be a comment on the forward that follows."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a group of messages is: articles, each of one message or more, and a comment on them.

    A question alone is an item with one article of one message: routing tells them apart.
    """

    articles: tuple[tuple[int, ...], ...]
    comment: int | None = None


def continues(group: Sequence[Piece], new: Piece) -> bool:
    """Whether `new` belongs to the messages of `group`, all of one chat, in whatever order.

    - Members of an album share its id.
    - A paste: texts of at least SHORTEST_PIECE, the last of any length; ids nearly consecutive,
      within SAME_PASTE_SECONDS of one another. Two that fit into one message are no paste.
    - Forwards that are sent at once.
    - A comment: one text of at most LONGEST_COMMENT right before or after forwards.

    Commands stand alone. A reply can begin an item but not continue one, unless all of it replies.
    """
    if any(_is_apart(piece, new) for piece in group):
        return False
    together = sorted([*group, new], key=lambda piece: piece.message_id)
    at = together.index(new)
    before, after = together[:at], together[at + 1 :]
    if _comments([*group, new]) > 1:
        return False
    return bool(
        (before and _follows(before[-1], new, together))
        or (after and _follows(new, after[0], together))
    )


def quiet_seconds(group: Sequence[Piece], waiting: Waiting) -> float:
    """How long after its last arrival a group is complete; 0 if nothing can follow."""
    last = max(group, key=lambda piece: piece.message_id)
    if last.is_command:
        return 0
    if last.media_group_id or last.kind is PieceKind.FORWARD or _can_be_cut(last):
        return waiting.quiet_seconds
    begins = len(group) == 1 and not last.is_reply
    after_forwards = any(piece.kind is PieceKind.FORWARD for piece in group)
    if _is_short_text(last) and (begins or after_forwards):
        return waiting.comment_seconds
    return 0


def item_of(group: Sequence[Piece]) -> Item:
    """What the messages of a group are: the articles in the order of their ids, the comment."""
    ordered = sorted(group, key=lambda piece: piece.message_id)
    comment = None
    if any(piece.kind is PieceKind.FORWARD for piece in ordered):
        comment = next((piece for piece in ordered if _is_short_text(piece)), None)
    articles: list[list[Piece]] = []
    for piece in ordered:
        if piece is comment:
            continue
        if articles and _is_same_article(articles[-1][-1], piece):
            articles[-1].append(piece)
        else:
            articles.append([piece])
    ids = tuple(tuple(piece.message_id for piece in article) for article in articles)
    return Item(ids, comment.message_id if comment else None)


def join_text(pieces: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of which `pieces` were cut, and where each is in it, in code points.

    Telegram takes the white space at a cut away; what it was is told from where the client
    chose to cut.
    """
    text, ranges = "", []
    last = ""
    for piece in pieces:
        if last and piece:
            text += separator(last, piece)
        ranges.append((len(text), len(text) + len(piece)))
        text += piece
        last = piece or last
    return text, ranges


def _is_apart(piece: Piece, new: Piece) -> bool:
    return (
        piece.is_command
        or new.is_command
        or piece.user_id != new.user_id
        or piece.thread_id != new.thread_id
        or piece.message_id == new.message_id
    )


def _follows(first: Piece, second: Piece, together: Sequence[Piece]) -> bool:
    """Whether the second of two neighbours belongs to the first."""
    if first.media_group_id and first.media_group_id == second.media_group_id:
        return True
    if second.message_id - first.message_id > WIDEST_GAP:
        return False
    if second.is_reply and not first.is_reply:
        return False
    seconds = abs(second.date - first.date)
    kinds = (first.kind, second.kind)
    if kinds == (PieceKind.TEXT, PieceKind.TEXT):
        return seconds <= SAME_PASTE_SECONDS and _is_cut(first, second)
    if kinds == (PieceKind.FORWARD, PieceKind.FORWARD):
        return seconds <= SAME_PASTE_SECONDS
    if PieceKind.FORWARD not in kinds or PieceKind.TEXT not in kinds:
        return False
    comment = first if first.kind is PieceKind.TEXT else second
    lone = not any(piece.kind is PieceKind.TEXT and piece is not comment for piece in together)
    return (
        lone and not comment.is_reply and seconds <= SAME_SEND_SECONDS and _is_short_text(comment)
    )


def _is_same_article(first: Piece, second: Piece) -> bool:
    """Whether two neighbours of an item are of one article."""
    if first.media_group_id or second.media_group_id:
        # Documents are articles by themselves; pictures share the words of one.
        documents = first.has_document or second.has_document
        return first.media_group_id == second.media_group_id and not documents
    if first.kind is not second.kind or first.kind is PieceKind.FILE:
        return False
    if first.kind is PieceKind.FORWARD:
        if first.origin is None or first.origin != second.origin or second.has_document:
            return False
        dates = (first.origin_date, second.origin_date)
        if dates[0] is not None and dates[1] is not None:
            return abs(dates[1] - dates[0]) <= SAME_PASTE_SECONDS and _is_cut(first, second)
    return _is_cut(first, second)


def _is_cut(first: Piece, second: Piece) -> bool:
    """Whether a client can have cut one text into these two."""
    return _can_be_cut(first) and first.text_length + second.text_length > LIMIT - TRIMMED


def _can_be_cut(piece: Piece) -> bool:
    """Whether the piece can have been cut at its end."""
    return (
        piece.kind is not PieceKind.FILE
        and not piece.has_document
        and SHORTEST_PIECE <= piece.text_length <= LIMIT
    )


def _is_short_text(piece: Piece) -> bool:
    return piece.kind is PieceKind.TEXT and piece.text_length <= LONGEST_COMMENT


def _comments(pieces: Sequence[Piece]) -> int:
    """How many short texts there are beside forwards."""
    if not any(piece.kind is PieceKind.FORWARD for piece in pieces):
        return 0
    return sum(_is_short_text(piece) for piece in pieces)
