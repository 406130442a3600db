"""Photos of pages are read, an album as one article; what cannot be read is told so."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from scene import Scene, scene
from update_samples import ANN

from bot.store.records import Exchange, Kind
from index import Format

PAGE = "The mill of Tarn\n\nThe mill was lit again on Monday, and Ada Brill turned the wheel."
ARTICLE = "The ferry is back\n\n" + "The ferry sails at six and comes home at nine every day. " * 12
NOTHING = "I can only read text"
WORKER = "spelled_worker"


def photo(ann: Scene, words: str, name: str = "p") -> dict[str, Any]:
    """A photo as Telegram gives it: in several sizes, of which only the largest can be read."""
    sizes = []
    for number, (width, content) in enumerate(((90, "blurred"), (1280, words), (320, "blurred"))):
        file = ann.has_file(f"{name}{number}", content.encode())
        size = {"file_id": file, "file_unique_id": file, "width": width, "height": width // 2}
        sizes.append(size)
    return {"photo": sizes}


def picture_file(ann: Scene, words: str, name: str) -> dict[str, Any]:
    """A picture that was sent as a file."""
    file = ann.has_file(name, words.encode())
    told = {"file_id": file, "file_unique_id": file, "mime_type": "image/jpeg"}
    return {"document": {**told, "file_name": "../../page.jpg", "file_size": len(words)}}


def exchange(ann: Scene, number: int, kind: Kind) -> Exchange | None:
    return ann.house.store.exchanges.of_message(ANN, number, kind)


def test_a_photo_of_a_page_is_read_and_its_receipt_shows_how_well(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            await ann.sends(**photo(ann, PAGE))
            (said,) = ann.said
            assert said.startswith(
                "✓ Saved\n<b>The mill of Tarn</b>\npicture, read by text recognition · 17 words\n"
                "<blockquote>The mill of Tarn\n\nThe mill was lit again on Monday"
            )
            assert list(ann.buttons()) == ["Undo"], "A picture is no question."

    asyncio.run(talk())


def test_an_album_of_photos_is_one_article_in_order(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            pages = ("Page one tells of the mill.", "Page two tells of the", "ferry at the quay.")
            await ann.sends_album(
                *(photo(ann, words, name) for words, name in zip(pages, "abc", strict=True))
            )
            (said,) = ann.said
            assert "3 pictures, read by text recognition" in said
            (stored,), _ = await ann.house.libraries.page(ANN, 0, 5, None)
            assert stored.pages == 3
            assert await ann.house.libraries.text(ANN, stored.id) == (
                "Page one tells of the mill.\n\nPage two tells of the ferry at the quay."
            )
            await ann.presses(ann.buttons()["Undo"])
            assert await ann.articles() == 0
            await ann.presses(ann.buttons()["Put it back"])
            (back,), _ = await ann.house.libraries.page(ANN, 0, 5, None)
            assert (back.pages, back.format) == (3, Format.PICTURE)

    asyncio.run(talk())


def test_an_album_of_pictures_sent_as_files_is_one_article_too(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            await ann.sends_album(
                picture_file(ann, "Page one.", "a"), picture_file(ann, "Page two.", "b")
            )
            assert "2 pictures, read by text recognition" in ann.said[0]
            assert await ann.articles() == 1

    asyncio.run(talk())


def test_of_an_album_the_pages_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            await ann.sends_album(photo(ann, "no words", "a"), photo(ann, "Page two.", "b"))
            texts = ann.house.texts
            assert ann.said == [
                "Saved 1 of 2 articles:\n"
                "• <b>Page two.</b> · 2 pictures, read by text recognition · 2 words\n"
                f"✗ picture 1: {texts.refused_no_words_seen}\n\n{texts.advice_picture}"
            ]

    asyncio.run(talk())


@pytest.mark.parametrize("count", [1, 3])
def test_without_what_it_takes_pictures_are_honestly_not_read(tmp_path: Path, count: int) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            await ann.sends_album(*(photo(ann, "no extra", str(n)) for n in range(count)))
            texts = ann.house.texts
            assert ann.said == [f"{texts.refused_needs_ocr}\n{texts.advice_paste}"]

    asyncio.run(talk())


def test_a_question_below_a_photo_is_asked_of_it(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            number = await ann.sends(**photo(ann, PAGE), caption="Who turned the wheel?")
            saved, asked = exchange(ann, number, Kind.SAVE), exchange(ann, number, Kind.ASK)
            assert saved
            assert asked
            assert asked.question == "Who turned the wheel?"
            assert asked.articles == saved.articles
            await ann.sends(**photo(ann, "no words", "q"), caption="Who is this?")
            assert exchange(ann, number + 1, Kind.ASK) is None, "There is nothing to ask of."

    asyncio.run(talk())


def test_an_article_below_a_picture_is_kept_and_the_picture_is_not_read(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            await ann.sends(**photo(ann, PAGE), caption=ARTICLE)
            assert "<b>The ferry is back</b>" in ann.said[0]
            assert not ann.built.request.made("getFile")

    asyncio.run(talk())


def test_a_forwarded_post_is_its_words_where_they_say_more_than_its_picture(
    tmp_path: Path,
) -> None:
    origin = {"type": "hidden_user", "date": 1_760_000_000, "sender_user_name": "Dora"}

    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            words = "The ferry sails again on Monday, says the harbour master of Oss."
            await ann.sends(**photo(ann, "OPEN"), caption=words, forward_origin=origin)
            assert "<b>The ferry sails again" in ann.said[0]
            await ann.sends(**photo(ann, PAGE), caption="Look", forward_origin=origin)
            assert "<b>The mill of Tarn</b>" in ann.said[1]

    asyncio.run(talk())


@pytest.mark.parametrize(
    "content",
    [
        {"video": {"file_id": "v", "file_unique_id": "w", "duration": 3, "width": 9, "height": 9}},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "t",
                "type": "regular",
                "width": 9,
                "height": 9,
                "is_animated": False,
                "is_video": False,
            }
        },
    ],
)
def test_what_holds_no_words_is_told_so(content: dict[str, Any], tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            await ann.sends(**content)
            (said,) = ann.said
            assert said.startswith(NOTHING)

    asyncio.run(talk())


def test_an_edited_caption_is_asked_and_the_picture_stays_as_it_was(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker=WORKER) as ann:
            number = await ann.sends(**photo(ann, PAGE))
            await ann.edits(number, None, **photo(ann, PAGE), caption="Who turned the wheel?")
            asked = exchange(ann, number, Kind.ASK)
            assert asked
            assert asked.question == "Who turned the wheel?"
            assert await ann.articles() == 1

    asyncio.run(talk())
