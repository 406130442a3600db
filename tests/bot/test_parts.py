"""Parts: which messages are one item, and a paste that comes back whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.parts import (
    LONGEST_COMMENT,
    Item,
    Piece,
    PieceKind,
    continues,
    item_of,
    join_text,
    quiet_seconds,
)
from bot.playground.cutting import pieces as cut

FULL, HALF, SHORT = 4000, 2100, 300


@dataclass(frozen=True)
class Seconds:
    quiet_seconds: float = 1.5
    comment_seconds: float = 0.4


def text(message_id: int, length: int, date: int = 100, **other: Any) -> Piece:
    piece = Piece(
        message_id=message_id,
        date=date,
        user_id=7,
        thread_id=None,
        text_length=length,
        kind=PieceKind.TEXT,
        media_group_id=None,
        origin=None,
        is_command=False,
        is_reply=False,
        arrived=0.0,
    )
    return replace(piece, **other)


def forward(message_id: int, length: int = SHORT, date: int = 100, **other: Any) -> Piece:
    given = {"kind": PieceKind.FORWARD, "origin": "channel 5", **other}
    return text(message_id, length, date, **given)


def album(message_id: int, length: int = 0, group: str = "a", **other: Any) -> Piece:
    given = {"kind": PieceKind.FILE, "media_group_id": group, **other}
    return text(message_id, length, **given)


def document(message_id: int, **other: Any) -> Piece:
    return text(message_id, 0, kind=PieceKind.FILE, has_document=True, **other)


def grouped(pieces: list[Piece]) -> list[list[int]]:
    """The groups that pieces fall into as they arrive."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and continues(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [[piece.message_id for piece in group] for group in groups]


class Case(NamedTuple):
    """Messages as they come, and how many of them each item has, where it is not one each."""

    name: str
    pieces: list[Piece]
    sizes: tuple[int, ...] = ()


JOINED = [
    Case("a paste in two", [text(1, FULL), text(2, SHORT)]),
    Case("a paste in three", [text(1, FULL), text(2, HALF), text(3, 2500)]),
    Case("the least that a client cuts off", [text(1, 2048), text(2, 2100)]),
    Case("with messages of other chats between", [text(1, FULL), text(21, SHORT)]),
    Case("over some seconds", [text(1, FULL), text(2, FULL, 103), text(3, SHORT, 106)]),
    Case("as a reply", [text(1, FULL, is_reply=True), text(2, SHORT, is_reply=True)]),
    Case("only its first piece as a reply", [text(1, FULL, is_reply=True), text(2, SHORT)]),
    Case("in a thread", [text(1, FULL, thread_id=3), text(2, SHORT, thread_id=3)]),
    Case("an album", [album(1, 40), album(2), album(3)]),
    Case("an album of documents", [album(1, has_document=True), album(2, has_document=True)]),
    Case("a comment before a forward", [text(1, 40), forward(2)]),
    Case("a comment after a forward", [forward(1), text(2, 40, 101)]),
    Case("a comment on several", [text(1, 40), forward(2), forward(3, origin="user 8")]),
    Case("forwards from here and there", [forward(1), forward(2, origin=None), forward(3, 0)]),
    Case("a forwarded album", [forward(1, media_group_id="f"), forward(2, 0, media_group_id="f")]),
    Case("a paste forwarded", [forward(1, FULL), forward(2, FULL), forward(3, SHORT)]),
]
APART = [
    Case("two questions", [text(1, 40), text(2, 50)]),
    Case("an article and a question", [text(1, 2300), text(2, 40)]),
    Case("two short articles", [text(1, 1500), text(2, 1500)]),
    Case("the end of a paste and a question", [text(1, FULL), text(2, SHORT), text(3, 40)], (2, 1)),
    Case("a rich message and a text", [text(1, 9000), text(2, SHORT)]),
    Case("different people", [text(1, FULL), text(2, SHORT, user_id=8)]),
    Case("different threads", [text(1, FULL, thread_id=3), text(2, SHORT, thread_id=4)]),
    Case("much later", [text(1, FULL), text(2, SHORT, 104)]),
    Case("far away", [text(1, FULL), text(22, SHORT)]),
    Case("a command after a long text", [text(1, FULL), text(2, SHORT, is_command=True)]),
    Case("a long text after a command", [text(1, FULL, is_command=True), text(2, SHORT)]),
    Case("a reply after a long text", [text(1, FULL), text(2, SHORT, is_reply=True)]),
    Case("two albums", [album(1), album(2, group="b")]),
    Case("two documents", [document(1), document(2)]),
    Case("a document and a text", [document(1), text(2, 40)]),
    Case("a long text before a forward", [text(1, LONGEST_COMMENT + 1), forward(2)]),
    Case("a text well before a forward", [text(1, 40, 98), forward(2)]),
    Case("a text well after a forward", [forward(1), text(2, 40, 102)]),
    Case("a reply after a forward", [forward(1), text(2, 40, is_reply=True)]),
    Case("a command before a forward", [text(1, 40, is_command=True), forward(2)]),
    Case("a paste before a forward", [text(1, FULL), text(2, SHORT), forward(3)], (2, 1)),
    Case("forwards one by one", [forward(1), forward(2, date=110)]),
    Case("a second comment", [text(1, 40), forward(2), text(3, 40)], (2, 1)),
]


@pytest.mark.parametrize("case", JOINED, ids=lambda case: case.name)
def test_what_was_sent_as_one_is_one_item(case: Case) -> None:
    assert len(grouped(case.pieces)) == 1


@pytest.mark.parametrize("case", JOINED, ids=lambda case: case.name)
def test_the_last_piece_may_come_first(case: Case) -> None:
    assert len(grouped(case.pieces[::-1])) == 1


@pytest.mark.parametrize("case", APART, ids=lambda case: case.name)
def test_what_was_sent_one_after_another_are_items_of_their_own(case: Case) -> None:
    sizes = [len(group) for group in grouped(case.pieces)]
    assert sizes == list(case.sizes or (1,) * len(case.pieces))


def test_a_message_that_comes_twice_is_no_piece_of_itself() -> None:
    assert not continues([text(1, FULL)], text(1, FULL))


@pytest.mark.parametrize(
    ("group", "seconds"),
    [
        ([text(1, FULL)], 1.5),
        ([text(1, HALF)], 1.5),
        ([text(1, FULL), text(2, FULL)], 1.5),
        ([text(1, FULL), text(2, SHORT)], 0),
        ([text(2, SHORT), text(1, FULL)], 0),
        ([text(1, 40)], 0.4),
        ([text(1, 40, is_reply=True)], 0),
        ([text(1, 1500)], 0),
        ([text(1, 9000)], 0),
        ([text(1, 40, is_command=True)], 0),
        ([text(1, FULL, is_command=True)], 0),
        ([document(1)], 0),
        ([album(1)], 1.5),
        ([forward(1)], 1.5),
        ([text(1, 40), forward(2)], 1.5),
        ([forward(1), text(2, 40)], 0.4),
    ],
)
def test_more_is_waited_for_only_as_long_as_it_can_come(group: list[Piece], seconds: float) -> None:
    assert quiet_seconds(group, Seconds()) == seconds


@pytest.mark.parametrize(
    ("group", "item"),
    [
        ([text(4, 40)], Item(((4,),))),
        ([document(4)], Item(((4,),))),
        ([text(2, SHORT), text(1, FULL)], Item(((1, 2),))),
        ([text(1, 40), forward(2)], Item(((2,),), 1)),
        ([forward(1), text(2, 40)], Item(((1,),), 2)),
        ([forward(1), forward(2), forward(3)], Item(((1,), (2,), (3,)))),
        ([text(1, 9), forward(2, FULL), forward(3), forward(4)], Item(((2, 3), (4,)), 1)),
        (
            [forward(1, FULL), forward(2, FULL, origin="user 8")],
            Item(((1,), (2,))),
        ),
        (
            [forward(1, FULL, origin=None), forward(2, FULL, origin=None)],
            Item(((1,), (2,))),
        ),
        (
            [forward(1, FULL, origin_date=50), forward(2, FULL, origin_date=5000)],
            Item(((1,), (2,))),
        ),
        (
            [forward(1, FULL, origin_date=50), forward(2, FULL, origin_date=51)],
            Item(((1, 2),)),
        ),
        ([album(1, 40), album(2), album(3)], Item(((1, 2, 3),))),
        (
            [album(1, 40, has_document=True), album(2, has_document=True)],
            Item(((1,), (2,))),
        ),
        (
            [forward(1, media_group_id="f"), forward(2, 0, media_group_id="f"), forward(3)],
            Item(((1, 2), (3,))),
        ),
        (
            [forward(1, FULL, has_document=True), forward(2, FULL, has_document=True)],
            Item(((1,), (2,))),
        ),
    ],
)
def test_an_item_has_articles_and_perhaps_a_comment(group: list[Piece], item: Item) -> None:
    assert item_of(group) == item


SENTENCES = [
    "The ferry sails at six.",
    "Who pays for it?",
    "“Nobody does,” said the captain, who was painting the rail and did not look up.",
    "It cost 46 crowns (dogs and bicycles go free).",
    "Паром возвращается в Острель после шести лет перерыва, и весь город пришёл на пристань.",
    "עם שחר יצאה המעבורת לדרך, ואיש לא דיבר.",
    "عادت العبارة إلى النهر بعد ست سنوات.",
    "नौका सुबह छह बजे चलती है!",
    "👩‍👩‍👧 👍🏽 🇫🇷 ⛴️ Everyone came… 🎉",
    "Jose\u0301 saw it all; so did Zoë.",
    "Wait: nothing ends here",
]
CHINESE = ["渡轮在六点开航。", "谁付钱？", "船长没有抬头，他正在漆栏杆。", "𠮷野家的老板也来了！"]


def units(value: str) -> int:
    return len(value.encode("utf-16-le")) // 2


def limited(sentences: list[str], glue: str) -> str:
    """A paragraph that always ends in the same half of a message in which it begins."""
    paragraph = ""
    for sentence in sentences:
        longer = paragraph + glue + sentence if paragraph else sentence
        if units(longer) > 1900:
            break
        paragraph = longer
    return paragraph


def paragraphs(sentences: list[str], glue: str) -> st.SearchStrategy[str]:
    """Paragraphs of one sentence and of hundreds, none of them alike."""
    numbers = st.lists(st.integers(0, len(sentences) - 1), min_size=1, max_size=12)
    repeated = st.tuples(numbers, st.integers(1, 60))
    return repeated.map(lambda p: limited([sentences[n] for n in p[0]] * p[1], glue))


def articles(sentences: list[str], glue: str, between: str) -> st.SearchStrategy[str]:
    some = st.lists(paragraphs(sentences, glue), min_size=4, max_size=16)
    return st.tuples(some, st.integers(1, 4)).map(lambda pair: between.join(pair[0] * pair[1]))


def pieces_of(value: str) -> list[str]:
    return [value[start:end] for start, end in cut(value)]


def check_pieces(pieces: list[str], joined: str, ranges: list[tuple[int, int]]) -> None:
    """Each piece stands in the text where it is said to, with white space between at most."""
    assert [joined[start:end] for start, end in ranges] == pieces
    ends = [0, *(end for _, end in ranges)]
    starts = [*(start for start, _ in ranges), len(joined)]
    assert all(
        end <= start and not joined[end:start].strip()
        for end, start in zip(ends, starts, strict=True)
    )


@settings(deadline=None)
@given(
    st.one_of(
        articles(SENTENCES[:-1], " ", "\n\n"),
        articles(SENTENCES[:-1], " ", "\n"),
        articles(SENTENCES[:-1], " ", " "),
        articles(["word", "слово", "lang"], " ", " "),
        articles(CHINESE, "", "\n\n"),
        articles(CHINESE, "", "\n"),
        articles(CHINESE, "", ""),
    )
)
def test_any_split_paste_comes_back_whole(article: str) -> None:
    pieces = pieces_of(article)
    joined, ranges = join_text(pieces)
    check_pieces(pieces, joined, ranges)
    assert joined == article


LINES = (
    st.sampled_from(SENTENCES)
    | st.sampled_from(CHINESE)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
)
SPACES = st.sampled_from([" ", "\n", "\n\n", "  ", " \n \n ", "\u00a0", "\u2028", "\t"])
MIXED = st.lists(st.tuples(LINES, SPACES, st.integers(1, 90)), max_size=12).map(
    lambda parts: "".join((line + space) * times for line, space, times in parts)
)


@settings(deadline=None)
@given(MIXED, MIXED)
@example("x" * 3000 + " " + "y" * 3000, "")
@example("字" * 9000, "")
@example("a\n" * 5000, "")
@example(("long line without an end " * 90 + "\n") * 4, "")
def test_no_word_of_a_paste_is_lost_torn_or_glued(one: str, other: str) -> None:
    article = one + "\n" + other + "\n" + one
    pieces = pieces_of(article)
    joined, ranges = join_text(pieces)
    check_pieces(pieces, joined, ranges)
    assert joined.split() == article.split()


@settings(deadline=None)
@given(MIXED)
def test_the_pieces_of_a_paste_are_one_item(article: str) -> None:
    pieces = pieces_of(article)
    # Of a wall of blank lines at the cut nothing is left: such pieces look like two messages.
    assume(not re.search(r"\s{9}", article))
    sent = [text(number, units(piece), 100 + number) for number, piece in enumerate(pieces)]
    if sent:
        assert len(grouped(sent)) == 1
        assert item_of(sent) == Item((tuple(range(len(pieces))),))


def test_a_phone_that_cuts_within_a_sentence_tears_none() -> None:
    # Phones look for a blank line only near the limit, so that one further up tells nothing.
    beginning = "It rained for a month. " * 110
    first = beginning.strip() + "\n\n" + "And so the water went on" + " and on" * 220
    second = "and on until it reached the sea. " * 40
    assert 4000 < len(first) < 4096
    pieces = [first, second.strip()]
    assert join_text(pieces)[0] == " ".join(pieces)


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        ([], ""),
        ([""], ""),
        (["One."], "One."),
        (["One.", "Two."], "One.\n\nTwo."),
        (["", "A caption", "", "Another", ""], "A caption\n\nAnother"),
        (["One.\n", "Two."], "One.\nTwo."),
        (["One.", " Two."], "One. Two."),
    ],
)
def test_texts_that_no_client_cut_are_paragraphs(pieces: list[str], joined: str) -> None:
    found, ranges = join_text(pieces)
    assert found == joined
    assert [found[start:end] for start, end in ranges] == pieces
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))


def test_a_paste_cut_by_an_unknown_client_keeps_its_words() -> None:
    words = [f"word{number}" for number in range(2000)]
    article = " ".join(words)
    pieces = [part.strip() for part in re.findall(r".{1,2999}(?:\s|$)", article)]
    assert join_text(pieces)[0].split() == words
