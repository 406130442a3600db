"""What is deleted in a chat leaves no byte in the data folder: library, inbox and exchanges."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path
from typing import Any

from file_pages import write_into_gap
from leftovers import Speaker, pieces_left
from scene import PAGE, Scene, scene, web
from telegram import Update
from update_samples import ANN

from bot.handlers.removing import Removing
from bot.store.records import Kind
from bot.store.store import FILE, Store

CIRCLE = -1005

LONG = 60
"""Words that are an article and no question."""


class Stored(Scene):
    """Whatever Ann does is stored before it is done, as it is when the bot runs."""

    async def does(self, given: Update) -> None:
        await self.built.inbox.put(given)
        assert self.built.inbox.get_nowait() is given
        await super().does(given)


@asynccontextmanager
async def stored(data: Path, first: int = 1) -> AsyncIterator[Stored]:
    """The bot with its handlers and its inbox, and fifty messages that came before.

    Updates are numbered from `first` on: one of a number that is known is not taken in.
    """
    async with scene(data) as opened:
        await opened.house.libraries.load()
        ann = Stored(opened.built, opened.application)
        ann._numbers = count(first)
        for number in range(50):
            await ann.sends("/start", message_id=1000 + number, entities=_command("/start"))
        yield ann


def _command(text: str) -> list[dict[str, Any]]:
    return [{"type": "bot_command", "offset": 0, "length": len(text)}]


async def saved_instead(ann: Stored, text: str) -> int:
    """Ask something and have it saved instead; the exchange."""
    number = await ann.sends(text)
    asked = ann.house.store.exchanges.of_message(ANN, number, Kind.ASK)
    assert asked
    assert asked.question == text
    before = await ann.articles()
    await ann.presses(f"save:{asked.id}")
    assert await ann.articles() == before + 1
    return asked.id


async def gone(data: Path, *texts: str) -> None:
    """Wait the second or two that it takes."""
    left: dict[str, int] = {}
    for _ in range(60):
        left = pieces_left(data, texts)
        if not left:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"There are pieces in {left}.")


def there(data: Path, *texts: str) -> bool:
    """Whether any of it is on the disk."""
    return bool(pieces_left(data, texts))


def test_an_article_that_is_taken_back_is_gone(tmp_path: Path) -> None:
    speaker = Speaker(21)

    async def play() -> None:
        async with stored(tmp_path) as ann:
            for count in (LONG, 4 * LONG):
                text = speaker.foreign(count)
                await ann.sends(text)
                assert await ann.articles() == 1
                assert there(tmp_path, text)
                await ann.presses(ann.buttons()["Undo"])
                assert await ann.articles() == 0
                await gone(tmp_path, text)

    asyncio.run(play())


def test_an_article_that_is_deleted_out_of_the_list_is_gone(tmp_path: Path) -> None:
    speaker = Speaker(22)
    text = speaker.words(LONG)

    async def play() -> None:
        async with stored(tmp_path) as ann:
            await ann.sends(text)
            (article,), _ = await ann.house.libraries.page(ANN, 0, 1, None)
            await ann.presses(f"remove:{article.id}")
            assert await ann.articles() == 0
            await gone(tmp_path, text)

    asyncio.run(play())


def test_what_an_edit_replaced_is_gone_and_what_it_says_now_is_not(tmp_path: Path) -> None:
    speaker = Speaker(23)
    before, after = speaker.words(LONG), speaker.words(LONG)

    async def play() -> None:
        async with stored(tmp_path) as ann:
            number = await ann.sends(before)
            await ann.edits(number, after)
            assert await ann.articles() == 1
            await gone(tmp_path, before)
            assert there(tmp_path, after)

    asyncio.run(play())


def test_a_page_that_was_read_anew_leaves_nothing_of_its_first_text(tmp_path: Path) -> None:
    speaker = Speaker(24)
    texts = [[speaker.words(LONG) for _ in range(6)] for _ in range(2)]

    async def play() -> None:
        with web() as site:
            async with stored(tmp_path) as ann:
                for paragraphs in texts:
                    body = "".join(f"<p>{each}.</p>" for each in paragraphs)
                    page = PAGE.format(title=f"Of {paragraphs[0][:20]}", paragraphs=body)
                    await ann.sends(site.has("/story", page))
                    assert await ann.articles() == 1
                    assert there(tmp_path, *paragraphs)
                await gone(tmp_path, *texts[0])
                assert there(tmp_path, *texts[1])

    asyncio.run(play())


def test_a_question_that_was_saved_instead_is_gone_with_its_article(tmp_path: Path) -> None:
    speaker = Speaker(25)

    async def play() -> None:
        async with stored(tmp_path) as ann:
            text = f"{speaker.words(12)}?"
            exchange = await saved_instead(ann, text)
            await ann.presses(f"undo:{exchange}")
            assert await ann.articles() == 0
            await gone(tmp_path, text)
            left = ann.house.store.exchanges.find(ANN, exchange)
            assert left
            assert left.question is None

    asyncio.run(play())


def test_a_question_that_was_saved_instead_is_gone_when_it_is_edited(tmp_path: Path) -> None:
    speaker = Speaker(33)

    async def play() -> None:
        async with stored(tmp_path) as ann:
            text, after = f"{speaker.words(12)}?", speaker.words(LONG)
            exchange = ann.house.store.exchanges.find(ANN, await saved_instead(ann, text))
            assert exchange
            await ann.edits(exchange.message_id, after)
            assert await ann.articles() == 1
            await gone(tmp_path, text)
            assert there(tmp_path, after)

    asyncio.run(play())


def test_what_the_file_of_exchanges_had_of_it_elsewhere_is_gone_as_well(tmp_path: Path) -> None:
    """SQLite moves rows and leaves some of their bytes where they were."""
    speaker = Speaker(29)
    text = f"{speaker.words(12)}?"
    question = f"Who is {speaker.words(6)}?"

    async def play() -> None:
        async with stored(tmp_path) as ann:
            exchange = await saved_instead(ann, text)
        write_into_gap(tmp_path / FILE, "exchanges", text.encode()[:40])
        async with stored(tmp_path, first=1_000) as ann:
            assert there(tmp_path, text)
            await ann.presses(f"undo:{exchange}")
            await gone(tmp_path, text)
            await ann.sends(question, message_id=77)
        for forget in (Store.forget_chat, lambda store, chat: store.move_chat(chat, CIRCLE)):
            write_into_gap(tmp_path / FILE, "exchanges", question.encode()[:40])
            with closing(Store(tmp_path)) as store:
                assert there(tmp_path, question)
                forget(store, ANN)
                assert not there(tmp_path, question)

    asyncio.run(play())


def test_an_article_that_is_to_be_asked_keeps_its_words_as_a_question(tmp_path: Path) -> None:
    speaker = Speaker(26)

    async def play() -> None:
        async with stored(tmp_path) as ann:
            exchanges = ann.house.store.exchanges
            removing = Removing(ann.house)
            for asked in (True, False):
                exchange = await saved_instead(ann, f"{speaker.words(12)}?")
                article = await ann.house.libraries.newest(ANN)
                (removed,) = await removing.remove(ANN, [article], asked=asked)
                left = exchanges.find(ANN, exchange)
                assert left
                assert (left.question == removed.article.text) == asked

    asyncio.run(play())


def test_of_a_chat_that_is_deleted_everything_is_gone(tmp_path: Path) -> None:
    speaker = Speaker(27)

    async def play() -> None:
        async with stored(tmp_path) as ann:
            texts = [speaker.foreign(LONG + n) for n in range(8)]
            questions = [f"Who is {speaker.words(5)}?" for _ in range(8)]
            for text, question in zip(texts, questions, strict=True):
                await ann.sends(text)
                await ann.sends(question)
            assert await ann.articles() == len(texts)
            await ann.presses("forgetall")
            assert await ann.articles() == 0
            await gone(tmp_path, *texts, *questions)
        assert not there(tmp_path, *texts, *questions)

    asyncio.run(play())


def test_what_was_being_done_when_the_bot_was_killed_is_gone_once_it_is_done(
    tmp_path: Path,
) -> None:
    speaker = Speaker(28)
    text = speaker.words(LONG)

    async def play() -> None:
        async with stored(tmp_path) as ann:
            await ann.sends(text)
            await ann.presses(ann.buttons()["Undo"])
            # A copy of the folder, as it is on the disk a moment later.
            copy = tmp_path / "copy"
            copy.mkdir()
            for file in list(tmp_path.iterdir()):
                if file.is_file():
                    (copy / file.name).write_bytes(file.read_bytes())
        async with scene(copy):
            assert not there(copy, text)

    asyncio.run(play())
