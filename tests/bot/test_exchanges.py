"""What was made of which message: each chat's by itself, found from every side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.records import Exchange, Kind, Piece
from bot.store.store import Store

ANN, BEN = 1001, 1002


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


def test_an_exchange_begins_once_for_a_message(store: Store) -> None:
    first = store.exchanges.begin(ANN, 5, Kind.ASK, question="Who?", articles=[3, 4])
    assert (first.told, first.question, first.articles, first.details) == (
        False,
        "Who?",
        (3, 4),
        {},
    )
    told = store.exchanges.change(first.id, told=True, reply_id=6, details={"passages": [[1, 2]]})
    again = store.exchanges.begin(ANN, 5, Kind.ASK, question="Who else?")
    assert again == told == replace(first, told=True, reply_id=6, details={"passages": [[1, 2]]})
    assert store.exchanges.begin(ANN, 5, Kind.SAVE).id != first.id
    assert store.exchanges.begin(BEN, 5, Kind.ASK).id != first.id


def test_an_exchange_is_found_by_its_number_its_message_and_its_reply(store: Store) -> None:
    begun = store.exchanges.begin(ANN, 5, Kind.SAVE)
    found = store.exchanges.change(begun.id, reply_id=6, articles=(1,))
    assert found.articles == (1,)
    ways: list[Exchange | None] = [
        store.exchanges.find(ANN, found.id),
        store.exchanges.of_message(ANN, 5, Kind.SAVE),
        store.exchanges.of_reply(ANN, 6),
    ]
    assert ways == [found] * 3
    assert store.exchanges.of_message(ANN, 5, Kind.ASK) is None
    assert store.exchanges.of_reply(ANN, 5) is None


def test_no_chat_finds_the_exchanges_and_pieces_of_another(store: Store) -> None:
    begun = store.exchanges.begin(ANN, 5, Kind.SAVE)
    store.exchanges.change(begun.id, reply_id=6)
    store.exchanges.set_pieces(ANN, 1, [Piece(ANN, 5, 1, 0, 9)])
    assert store.exchanges.find(BEN, begun.id) is None
    assert store.exchanges.of_message(BEN, 5, Kind.SAVE) is None
    assert store.exchanges.of_reply(BEN, 6) is None
    assert store.exchanges.pieces_of_message(BEN, 5) == []
    assert store.exchanges.pieces_of_article(BEN, 1) == []
    store.exchanges.forget_articles(BEN, [1])
    assert store.exchanges.pieces_of_article(ANN, 1)


def test_an_exchange_becomes_one_of_another_kind(store: Store) -> None:
    begun = store.exchanges.begin(ANN, 5, Kind.ASK, question="Who?")
    changed = store.exchanges.change(begun.id, kind=Kind.SAVE)
    assert (changed.kind, changed.id) == (Kind.SAVE, begun.id)
    assert store.exchanges.of_message(ANN, 5, Kind.ASK) is None


@pytest.mark.parametrize("column", ["id", "chat_id", "message_id", "answer"])
def test_what_an_exchange_is_of_cannot_be_changed(store: Store, column: str) -> None:
    begun = store.exchanges.begin(ANN, 5, Kind.ASK)
    with pytest.raises(ValueError, match=column):
        store.exchanges.change(begun.id, **{column: 9})
    assert store.exchanges.find(ANN, begun.id) == begun


def test_the_number_of_a_removed_exchange_is_not_given_again(store: Store) -> None:
    begun = store.exchanges.begin(ANN, 5, Kind.ASK)
    store.exchanges.remove(begun.id)
    assert store.exchanges.find(ANN, begun.id) is None
    assert store.exchanges.begin(ANN, 5, Kind.ASK).id > begun.id


def test_pieces_are_replaced_whole_and_found_from_both_sides(store: Store) -> None:
    first = [Piece(ANN, 5, 1, 0, 9, (("bold", 2, 4),)), Piece(ANN, 6, 1, 11, 30)]
    store.exchanges.set_pieces(ANN, 1, first[::-1])
    store.exchanges.set_pieces(ANN, 2, [Piece(ANN, 6, 2, 0, 19)])
    assert store.exchanges.pieces_of_article(ANN, 1) == first
    assert store.exchanges.pieces_of_message(ANN, 6) == [first[1], Piece(ANN, 6, 2, 0, 19)]
    store.exchanges.set_pieces(ANN, 1, first[:1])
    assert store.exchanges.pieces_of_article(ANN, 1) == first[:1]
    store.exchanges.set_pieces(ANN, 1, [])
    assert store.exchanges.pieces_of_article(ANN, 1) == []
    store.exchanges.forget_articles(ANN, [1, 2])
    assert store.exchanges.pieces_of_message(ANN, 6) == []


def test_each_part_of_a_message_has_an_exchange_of_its_own(store: Store) -> None:
    exchanges = store.exchanges
    second = exchanges.begin(ANN, 5, Kind.SAVE, part=1, details={"link": "b"})
    first = exchanges.begin(ANN, 5, Kind.SAVE, details={"link": "a"})
    assert first.id != second.id
    assert exchanges.begin(ANN, 5, Kind.SAVE, part=1, details={"link": "c"}) == second
    assert exchanges.parts_of_message(ANN, 5, Kind.SAVE) == [first, second]
    assert exchanges.parts_of_message(ANN, 5, Kind.ASK) == []
    assert exchanges.parts_of_message(BEN, 5, Kind.SAVE) == []
    assert exchanges.of_message(ANN, 5, Kind.SAVE) == first
    with pytest.raises(ValueError, match="part"):
        exchanges.change(first.id, part=2)
