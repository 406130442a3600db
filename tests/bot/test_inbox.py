"""Updates are on disk before Telegram hears that they arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from postbox import Postbox, opened
from telegram.error import NetworkError
from update_samples import BEN, button, message, update

from bot.store.records import PendingUpdate

CHANNEL = {"id": -1007, "type": "channel", "title": "Harbour News", "username": "harbour"}
SENT_IN_CHANNEL = {"message_id": 3, "date": 1_750_000_000, "chat": CHANNEL}


@pytest.fixture
def postbox(tmp_path: Path) -> Iterator[Postbox]:
    with opened(tmp_path) as made:
        yield made


def test_an_update_is_stored_when_put_returns(postbox: Postbox) -> None:
    given = message(7, "Who lit the lamp?")
    asyncio.run(postbox.inbox.put(given))
    assert postbox.stored() == {7: given.to_json()}
    assert postbox.passed_on() == [given]


def test_an_update_that_comes_again_is_passed_on_once(postbox: Postbox) -> None:
    async def twice() -> None:
        await postbox.inbox.put(message(7))
        await postbox.inbox.put(message(7))
        assert len(postbox.passed_on()) == 1
        await postbox.inbox.finish([7])
        await postbox.inbox.put(message(7))

    asyncio.run(twice())
    assert postbox.passed_on() == []
    assert postbox.stored() == {7: None}


def test_nothing_of_a_stranger_is_stored(postbox: Postbox) -> None:
    async def put() -> None:
        await postbox.inbox.put(message(7, "Is a xylophone loud?", chat=BEN))
        await postbox.inbox.put(button(8, chat=BEN))
        await postbox.inbox.put(update(9, {"channel_post": {**SENT_IN_CHANNEL, "text": "News"}}))

    asyncio.run(put())
    assert [given.update_id for given in postbox.passed_on()] == [7, 8, 9]
    assert postbox.stored() == {}
    files = [file for file in postbox.folder.rglob("*") if file.is_file()]
    assert files
    assert not any(b"xylophone" in file.read_bytes() for file in files)


def test_what_is_no_update_is_passed_on(postbox: Postbox) -> None:
    sign = object()
    asyncio.run(postbox.inbox.put(sign))
    assert postbox.inbox.get_nowait() is sign
    assert postbox.stored() == {}


def test_an_update_that_cannot_be_stored_is_asked_for_again(postbox: Postbox) -> None:
    postbox.execute("ALTER TABLE updates RENAME TO gone")
    with pytest.raises(NetworkError):
        asyncio.run(postbox.inbox.put(message(7)))
    assert postbox.passed_on() == []
    postbox.execute("ALTER TABLE gone RENAME TO updates")
    asyncio.run(postbox.inbox.put(message(7)))
    assert [given.update_id for given in postbox.passed_on()] == [7]
    assert list(postbox.stored()) == [7]


def test_many_updates_keep_their_order(postbox: Postbox) -> None:
    async def put() -> None:
        for number in range(1, 41):
            await postbox.inbox.put(message(number))

    asyncio.run(put())
    assert [given.update_id for given in postbox.passed_on()] == list(range(1, 41))
    assert postbox.store.pending()[0] == PendingUpdate(1, postbox.stored()[1], 0)
