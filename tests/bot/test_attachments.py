"""Files of any kind and name are read by what is in them; what is hopeless is told at once."""

from __future__ import annotations

import asyncio
import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from recording_request import refusal
from scene import Scene, scene, story
from update_samples import ANN, BEN, message

from bot.markup import fill
from bot.store.records import Kind

MILL = "The mill of Tarn\n\nThe mill was lit again on Monday, and Ada Brill turned the wheel."
FERRY = "The ferry of Oss\n\nThe ferry sails at six, and Olin Marsh takes the fares of all."
ORIGIN = {
    "type": "channel",
    "date": 1_750_000_000,
    "chat": {
        "id": -1_000_000_000_007,
        "type": "channel",
        "title": "Harbour News",
        "username": "harbour",
    },
    "message_id": 3,
}


def document(
    ann: Scene,
    data: bytes,
    name: str | None = "mill.txt",
    kind: str | None = None,
    size: int | None = None,
) -> dict[str, Any]:
    file = ann.has_file(f"f{len(ann.built.request.files)}", data)
    told = {"file_id": file, "file_unique_id": file, "file_size": size or len(data)}
    named = {"file_name": name} if name is not None else {}
    return {"document": {**told, **named, **({"mime_type": kind} if kind else {})}}


def archive(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, content in files.items():
            opened.writestr(f"{name}.txt", content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mill.txt", "text/plain"),
        ("mill.xyz", None),
        ("mill.pdf", "application/pdf"),
        (None, "application/octet-stream"),
        ("../../../etc/mill", "text/plain"),
        ("\u202e.md", None),
    ],
)
def test_what_is_in_a_file_decides_whatever_its_name_says(
    tmp_path: Path, name: str | None, kind: str | None
) -> None:
    async def talk() -> None:
        async with scene(tmp_path / "data") as ann:
            await ann.sends(**document(ann, MILL.encode(), name, kind))
            assert ann.said[0].startswith("✓ Saved\n<b>The mill of Tarn</b>\n")
            assert not list(tmp_path.rglob("*mill*"))

    asyncio.run(talk())


def test_a_file_with_several_articles_has_one_receipt_and_one_undo(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            data = archive(mill=MILL, ferry=FERRY, empty=" ")
            number = await ann.sends(**document(ann, data, "both.zip", "application/zip"))
            (said,) = ann.said
            assert said.startswith("Saved 2 of 3 articles:\n")
            assert "• <b>The mill of Tarn</b>" in said
            assert ann.house.texts.refused_empty in said
            held = ann.house.store.exchanges.pieces_of_message(ANN, number)
            assert len({piece.article_id for piece in held}) == 2, "A reply to it asks of both."
            await ann.presses(ann.buttons()["Undo"])
            assert await ann.articles() == 0

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("film.mp4", "video/mp4"),
        ("song.mp3", "audio/mpeg"),
        ("setup.exe", "application/x-msdownload"),
        ("game.apk", "application/vnd.android.package-archive"),
    ],
)
def test_films_sounds_and_programs_are_told_at_once(tmp_path: Path, name: str, kind: str) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await ann.sends(**document(ann, MILL.encode(), name, kind))
            texts = ann.house.texts
            assert ann.said == [f"<b>{name}</b>\n{texts.refused_not_text}\n{texts.advice_kinds}"]
            assert not ann.built.request.made("getFile")

    asyncio.run(talk())


def test_a_file_that_telegram_does_not_give_is_told(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            told = fill(ann.house.texts.file_too_large, megabytes=20)
            said = f"<b>mill.txt</b>\n{told}"
            await ann.sends(**document(ann, MILL.encode(), size=20_000_001))
            assert not ann.built.request.made("getFile")
            ann.built.request.fail("getFile", refusal(400, "Bad Request: file is too big"))
            await ann.sends(**document(ann, MILL.encode()))
            assert ann.said == [said, said]

    asyncio.run(talk())


def test_a_file_in_which_there_is_nothing_is_told_by_its_name_cut_to_bear(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await ann.sends(**document(ann, b" \n ", "n" * 200 + ".txt"))
            (said,) = ann.said
            assert said.startswith(f"<b>{'n' * 59}…</b>\n{ann.house.texts.refused_empty}\n")

    asyncio.run(talk())


def test_what_was_pasted_is_quoted_though_it_came_as_a_file_since(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            pasted = await ann.sends(MILL)
            number = await ann.sends(**document(ann, MILL.encode()))
            assert ann.said[1].startswith("You have this already:")
            saved = ann.house.store.exchanges.of_message(ANN, number, Kind.SAVE)
            assert saved
            held = ann.house.store.exchanges.pieces_of_article(ANN, saved.articles[0])
            assert [(piece.message_id, piece.end > 0) for piece in held] == [(pasted, True)]

    asyncio.run(talk())


def test_a_question_below_a_file_is_asked_of_it(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            number = await ann.sends(
                **document(ann, MILL.encode()), caption="Who turned the wheel?"
            )
            saved = ann.house.store.exchanges.of_message(ANN, number, Kind.SAVE)
            asked = ann.house.store.exchanges.of_message(ANN, number, Kind.ASK)
            assert saved
            assert asked
            assert (asked.question, asked.articles) == ("Who turned the wheel?", saved.articles)

    asyncio.run(talk())


def test_a_forwarded_page_is_known_by_where_it_was_forwarded_from(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            page = story("The mill of Tarn", "mill").encode()
            await ann.sends(**document(ann, page, "mill.html"), forward_origin=ORIGIN)
            (stored,), _ = await ann.house.libraries.page(ANN, 0, 5, None)
            assert (stored.site, stored.source) == ("Harbour News", "https://t.me/harbour/3")

    asyncio.run(talk())


def test_a_document_that_is_being_read_when_the_bot_is_stopped_is_read_at_the_next_start(
    tmp_path: Path,
) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker="spelled_worker") as ann:
            given = message(1, None, bot=ann.built.bot, **document(ann, b"hang"))
            await ann.built.inbox.put(given)
            reading = asyncio.create_task(ann.does(given))
            await asyncio.sleep(0.3)
            assert not reading.done()
            ann.house.readers.stop()
            await asyncio.wait_for(reading, 5)
            assert ann.said == []
            pending = ann.house.store.pending()
            assert [each.update_id for each in pending] == [1]

    asyncio.run(talk())


@pytest.mark.parametrize("hanging", [1, 2, 5])
def test_while_documents_are_read_other_chats_get_their_answers(
    tmp_path: Path, hanging: int
) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker="spelled_worker") as ann:
            file = document(ann, b"hang")
            chats = [ANN, *range(2000, 1999 + hanging)]
            reading = [
                asyncio.create_task(
                    ann.does(message(chat, None, chat=chat, bot=ann.built.bot, **file))
                )
                for chat in chats
            ]
            await asyncio.sleep(0.3)
            begun = time.monotonic()
            ben: dict[str, Any] = {"chat": BEN, "bot": ann.built.bot}
            if hanging == 1:  # there is a process left to read another
                await ann.does(message(1, None, **ben, **document(ann, MILL.encode())))
            else:
                await ann.does(message(1, MILL, **ben))
            await ann.does(message(2, "Who turned the wheel?", **ben))
            assert time.monotonic() - begun < 3
            assert "The mill of Tarn" in ann.said[0]
            assert len(ann.said) == 2
            assert not any(task.done() for task in reading)
            ann.house.readers.stop()
            await asyncio.gather(*reading)

    asyncio.run(talk())
