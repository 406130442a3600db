"""Each chat's library, asked and changed without holding up the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cheap_models import CheapEncoder, HeldEncoder, MissingEncoder, article, cheap_archive

from bot.libraries import Libraries, Stopping
from bot.workers import Workers
from index import (
    FailedSource,
    InputError,
    ModelError,
    Outcome,
    Receipt,
    ReceiptStatus,
    StoredArticle,
    Totals,
    UnknownArticleError,
)

ANN, BEN = 1001, 1002


@asynccontextmanager
async def libraries(
    data: Path, encoder: CheapEncoder | None = None, *, loaded: bool = True
) -> AsyncIterator[Libraries]:
    workers = Workers(2)
    with cheap_archive(data, encoder) as archive:
        opened = Libraries(archive, workers)
        if loaded:
            await opened.load()
        try:
            yield opened
        finally:
            await asyncio.to_thread(workers.close)


async def added(opened: Libraries, chat: int, *words: str) -> list[int]:
    ids = []
    for each in words:
        receipt = await opened.add(chat, article(each, title=each.title()))
        assert receipt.status is ReceiptStatus.ADDED
        assert receipt.article
        ids.append(receipt.article.id)
    return ids


async def until(event: threading.Event) -> None:
    """Wait for something that happens in another thread."""
    assert await asyncio.to_thread(event.wait, 20)


def titles(found: list[StoredArticle]) -> list[str]:
    return [each.title for each in found]


def test_no_chat_reaches_the_articles_of_another(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            (mine,) = await added(opened, ANN, "lighthouse")
            (yours,) = await added(opened, BEN, "bridge")
            answer = await opened.ask(BEN, "What about the lighthouse?")
            assert {hit.article for hit in answer.passages} <= {yours}
            for call in (opened.article, opened.text):
                with pytest.raises(UnknownArticleError):
                    await call(BEN, mine)
            with pytest.raises(UnknownArticleError):
                await opened.remove(BEN, [mine])
            with pytest.raises(UnknownArticleError):
                await opened.ask(BEN, "What about the lighthouse?", [mine])
            assert list(await opened.some(BEN, [mine, yours])) == [yours]
            assert await opened.page(BEN, 0, 9, None) == ([await opened.article(BEN, yours)], 1)
            assert (await opened.totals(ANN)).articles == 1
            await opened.forget(BEN)
            assert (await opened.ask(ANN, "What about the lighthouse?")).passages[0].article == mine

    asyncio.run(scene())


def test_a_chat_without_articles_has_an_empty_library(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            answer = await opened.ask(ANN, "Who lit the lamp?")
            assert (answer.outcome, answer.passages) == (Outcome.NOTHING, ())
            assert await opened.page(ANN, 0, 9, None) == ([], 0)
            assert await opened.totals(ANN) == Totals(0, 0, 0)
            await opened.forget(ANN)
            async with opened.exported(ANN) as (_, count):
                assert count == 0

    asyncio.run(scene())


def test_who_asks_or_adds_before_the_models_are_there_waits_for_them(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path, loaded=False) as opened:
            adding = asyncio.create_task(opened.add(ANN, article("lighthouse")))
            asking = asyncio.create_task(opened.ask(ANN, "What of the lighthouse?"))
            # What needs no model is there at once.
            assert await opened.page(ANN, 0, 9, None) == ([], 0)
            assert [opened.loaded, adding.done(), asking.done()] == [False] * 3
            await opened.load()
            assert (await adding).status is ReceiptStatus.ADDED
            assert (await asking).question == "What of the lighthouse?"
            assert opened.loaded

    asyncio.run(scene())


def test_a_model_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path, MissingEncoder(), loaded=False) as opened:
            with pytest.raises(ModelError):
                await opened.load()
            assert not opened.loaded

    asyncio.run(scene())


def test_the_event_loop_and_other_questions_go_on_while_an_article_is_added(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        encoder = HeldEncoder()
        async with libraries(tmp_path, encoder) as opened:
            adding = asyncio.create_task(opened.add(ANN, article("lighthouse")))
            await until(encoder.held)
            assert (await opened.ask(BEN, "What of the bridge?")).outcome is Outcome.NOTHING
            assert (await opened.totals(ANN)).articles == 0
            assert not adding.done()
            encoder.go.set()
            assert (await adding).status is ReceiptStatus.ADDED

    asyncio.run(scene())


def test_an_article_is_added_once_and_a_failure_is_a_receipt(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            first = await opened.add(ANN, article("lighthouse"))
            again = await opened.add(ANN, article("lighthouse", title="Another"))
            assert again == Receipt("Another", ReceiptStatus.KNOWN, first.article)
            failed = await opened.add(ANN, FailedSource("a.txt", "It is empty.", "Fill it."))
            assert (failed.status, failed.error) == (ReceiptStatus.FAILED, "It is empty.")
            assert (await opened.totals(ANN)).articles == 1

    asyncio.run(scene())


def test_progress_is_told_outside_the_event_loop(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total, threading.current_thread().name))

    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            long = "\n\n".join(f"Paragraph {n}. " + "Words of it. " * 60 for n in range(4))
            await opened.add(ANN, article(long), progress)

    asyncio.run(scene())
    passages = len(told)
    assert passages > 2
    assert [each[:2] for each in told] == [(n + 1, passages) for n in range(passages)]
    assert all(each[2].startswith("change") for each in told)


def test_what_is_being_added_when_the_bot_stops_is_given_up_and_not_kept(tmp_path: Path) -> None:
    async def scene() -> None:
        encoder = HeldEncoder()
        async with libraries(tmp_path, encoder) as opened:
            adding = asyncio.create_task(opened.add(ANN, article("lighthouse")))
            await until(encoder.held)
            opened.stop()
            encoder.go.set()
            with pytest.raises(Stopping):
                await adding
            assert await opened.totals(ANN) == Totals(0, 0, 0)
        async with libraries(tmp_path) as opened:
            assert await added(opened, ANN, "lighthouse")

    asyncio.run(scene())


def test_a_question_can_be_about_some_articles_only(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            one, two = await added(opened, ANN, "lighthouse lamp", "lighthouse keeper")
            for only in (one, two):
                answer = await opened.ask(ANN, "What about the lighthouse lamp?", [only])
                assert {hit.article for hit in answer.passages} == {only}

    asyncio.run(scene())


def test_of_some_articles_those_that_are_there_are_told(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            one, two = await added(opened, ANN, "lighthouse", "bridge")
            assert titles([await opened.article(ANN, one)]) == ["Lighthouse"]
            await opened.remove(ANN, [one])
            found = await opened.some(ANN, [two, one, 99, two])
            assert list(found) == [two]
            assert found[two] == await opened.article(ANN, two)
            assert await opened.some(ANN, []) == {}

    asyncio.run(scene())


def test_articles_are_paged_through_newest_first_and_looked_for_by_title(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            await added(opened, ANN, "old lighthouse", "bridge", "new lighthouse")
            page, count = await opened.page(ANN, 0, 2, None)
            assert (titles(page), count) == (["New Lighthouse", "Bridge"], 3)
            page, count = await opened.page(ANN, 2, 2, None)
            assert (titles(page), count) == (["Old Lighthouse"], 3)
            page, count = await opened.page(ANN, 0, 1, "lighthouse")
            assert (titles(page), count) == (["New Lighthouse"], 2)

    asyncio.run(scene())


def test_what_is_removed_is_gone_all_of_it_or_nothing(tmp_path: Path) -> None:
    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            one, two = await added(opened, ANN, "lighthouse", "bridge")
            with pytest.raises(UnknownArticleError):
                await opened.remove(ANN, [one, 99])
            assert "lighthouse" in await opened.text(ANN, one)
            assert titles(await opened.remove(ANN, [one, two])) == ["Lighthouse", "Bridge"]
            with pytest.raises(UnknownArticleError):
                await opened.text(ANN, one)
            assert (await opened.ask(ANN, "What of the lighthouse?")).passages == ()

    asyncio.run(scene())


def test_an_exported_library_can_be_imported_by_another_chat(tmp_path: Path) -> None:
    receipts: list[Receipt] = []

    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            await added(opened, ANN, "lighthouse", "bridge")
            async with opened.exported(ANN) as (file, count):
                assert count == 2
                assert file.suffix == ".jsonl"
                for _ in range(2):
                    await opened.import_(BEN, file, None, receipts.append)
            assert not file.exists()
            assert titles((await opened.page(BEN, 0, 9, None))[0]) == ["Bridge", "Lighthouse"]

    asyncio.run(scene())
    statuses = [receipt.status for receipt in receipts]
    assert statuses == [ReceiptStatus.ADDED] * 2 + [ReceiptStatus.KNOWN] * 2


def test_a_file_that_is_no_export_is_refused(tmp_path: Path) -> None:
    receipts: list[Receipt] = []
    file = tmp_path / "shopping.jsonl"
    file.write_text("two lamps\n", "utf-8")

    async def scene() -> None:
        async with libraries(tmp_path / "data") as opened:
            with pytest.raises(InputError):
                await opened.import_(ANN, file, None, receipts.append)

    asyncio.run(scene())
    assert receipts == []


def test_a_forgotten_library_is_gone_from_the_disk_and_can_begin_anew(tmp_path: Path) -> None:
    def secrets() -> int:
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        return sum(file.read_bytes().count(b"xylophonequartz") for file in files)

    async def scene() -> None:
        async with libraries(tmp_path) as opened:
            await added(opened, ANN, "xylophonequartz")
            assert secrets()
            await opened.forget(ANN)
            assert not secrets()
            assert await opened.page(ANN, 0, 9, None) == ([], 0)
            assert await added(opened, ANN, "bridge")

    asyncio.run(scene())
