"""Each link of a message is opened, and told of in a receipt of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from scene import Web, scene, story, until, web
from update_samples import ANN, BEN

from bot.handlers import notice
from bot.store.records import Kind

LOGIN = """<!doctype html><html><head><title>Log in</title></head><body><h1>Log in</h1>
<p>Please log in to continue reading.</p><form action="/login" method="post">
<input name="user"><input type="password" name="password"><button>Log in</button></form>
</body></html>"""


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as made:
        yield made


def test_each_link_has_a_receipt_and_is_undone_by_itself(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        first = site.has("/mill", story("The mill of Tarn", "mill"))
        second = site.has("/ferry", story("The ferry of Oss", "ferry"))
        async with scene(tmp_path) as ann:
            await ann.sends(f"{first}\n{second}")
            assert sorted(said.split("\n")[1] for said in ann.said) == [
                "<b>The ferry of Oss</b>",
                "<b>The mill of Tarn</b>",
            ]
            assert await ann.articles() == 2
            mill = next(n for n, said in ann.messages.items() if "mill" in said)
            await ann.presses(ann.buttons(mill)["Undo"], below=mill)
            assert await ann.articles() == 1
            (left,), _ = await ann.house.libraries.page(ANN, 0, 5, None)
            assert left.title == "The ferry of Oss"

    asyncio.run(talk())


def test_a_receipt_comes_as_soon_as_its_link_is_read(
    site: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice, "PATIENCE", 0.3)

    async def talk() -> None:
        slow = site.has("/slow", story("The slow boat", "boat"))
        gate = site.holds("/slow")
        quick = site.has("/quick", story("The quick boat", "ship"))
        async with scene(tmp_path) as ann:
            sending = asyncio.create_task(ann.sends(f"{slow} {quick}"))
            await until(lambda: any("The quick boat" in said for said in ann.said))
            await until(lambda: any(said.startswith("Opening ") for said in ann.said))
            gate.set()
            await sending
            assert len(ann.said) == 2
            assert any("The slow boat" in said for said in ann.said)

    asyncio.run(talk())


def test_links_are_opened_side_by_side(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        paths = [f"/{number}" for number in range(6)]
        links = [site.has(path, story(f"Story {path}", f"mill {path}")) for path in paths]
        gates = [site.holds(path) for path in paths]
        async with scene(tmp_path) as ann:
            sending = asyncio.create_task(ann.sends(" ".join(links)))
            await until(lambda: len(site.asked) == 6)
            for gate in gates:
                gate.set()
            await sending
            assert await ann.articles() == 6

    asyncio.run(talk())


def test_a_page_that_asks_to_log_in_is_told_with_what_to_do_instead(
    site: Web, tmp_path: Path
) -> None:
    async def talk() -> None:
        link = site.has("/private", LOGIN)
        async with scene(tmp_path) as ann:
            await ann.sends(link)
            texts = ann.house.texts
            assert ann.said == [f"<b>{link}</b>\n{texts.refused_login}\n{texts.advice_copy}"]
            assert not ann.buttons()

    asyncio.run(talk())


def test_an_address_in_a_private_network_is_not_opened(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        async with scene(tmp_path, allowed_hosts=()) as ann:
            await ann.sends(link)
            assert ann.house.texts.refused_forbidden in ann.said[0]
        assert site.asked == []

    asyncio.run(talk())


def test_a_question_below_a_link_is_asked_of_what_is_behind_it(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        async with scene(tmp_path) as ann:
            number = await ann.sends(f"{link}\nWho looks after the mill?")
            assert len(ann.said) == 2
            assert ann.said[0].startswith("✓ Saved\n<b>The mill of Tarn")
            asked = ann.house.store.exchanges.of_message(ANN, number, Kind.ASK)
            saved = ann.house.store.exchanges.of_message(ANN, number, Kind.SAVE)
            assert asked
            assert saved
            assert (asked.question, asked.articles) == ("Who looks after the mill?", saved.articles)
            # Its receipt, too, can be asked.
            await ann.sends("Who came?", reply_to_message=ann.shown(min(ann.messages)))
            latest = ann.house.store.exchanges.of_message(ANN, number + 1, Kind.ASK)
            assert latest
            assert latest.articles == saved.articles

    asyncio.run(talk())


def test_nothing_is_asked_where_no_link_could_be_read(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            number = await ann.sends(f"{site.address}/gone\nWho looks after the mill?")
            assert len(ann.said) == 1
            assert ann.house.store.exchanges.of_message(ANN, number, Kind.ASK) is None

    asyncio.run(talk())


def test_of_more_than_twenty_links_the_first_are_opened_and_the_rest_is_told_of(
    site: Web, tmp_path: Path
) -> None:
    async def talk() -> None:
        links = [f"{site.address}/{number}" for number in range(23)]
        async with scene(tmp_path) as ann:
            await ann.sends("\n".join(links))
            assert len(ann.said) == 21
            assert ann.said[-1].startswith("I open 20 links of a message.")
            assert sorted(site.asked) == sorted(f"/{number}" for number in range(20))

    asyncio.run(talk())


def test_two_addresses_of_one_article_are_one(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        site.has("/mill?utm_source=mail", story("The mill of Tarn", "watermill"))
        async with scene(tmp_path) as ann:
            await ann.sends(f"{link} {link}?utm_source=mail")
            assert await ann.articles() == 1
            assert sorted(said.split("\n")[0] for said in ann.said) == [
                "You have this already:",
                "✓ Saved",
            ]

    asyncio.run(talk())


def test_a_page_that_has_changed_is_read_again_and_what_was_told_follows(
    site: Web, tmp_path: Path
) -> None:
    async def talk() -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        async with scene(tmp_path) as ann:
            first = await ann.sends(link)
            exchanges = ann.house.store.exchanges
            told = exchanges.of_message(ANN, first, Kind.SAVE)
            assert told
            (old,) = told.articles
            site.has("/mill", story("The mill of Tarn, mended", "watermill"))
            second = await ann.sends(link)
            assert ann.said[1].startswith("✓ Read again\n<b>The mill of Tarn, mended")
            assert not ann.buttons()
            assert await ann.articles() == 1
            again = exchanges.of_message(ANN, second, Kind.SAVE)
            told = exchanges.of_message(ANN, first, Kind.SAVE)
            assert again
            assert told
            assert again.articles != (old,)
            assert told.articles == again.articles
            # The first receipt's button is of the article as it is now.
            await ann.presses(f"undo:{told.id}")
            assert await ann.articles() == 0

    asyncio.run(talk())


def test_a_crash_between_two_receipts_repeats_none_and_misses_none(
    site: Web, tmp_path: Path
) -> None:
    async def talk() -> None:
        links = [
            site.has(f"/{name}", story(f"The {name} of Tarn", name)) for name in ("mill", "ferry")
        ]
        async with scene(tmp_path) as ann:
            number = await ann.sends(links[0])
            assert await ann.articles() == 1
            # The second link was opened and added, but not told: as if the bot had ended there.
            await ann.edits(number, "\n".join(links))
            exchanges = ann.house.store.exchanges
            first, second = exchanges.parts_of_message(ANN, number, Kind.SAVE)
            assert (first.part, second.part) == (0, 1)
            begun = {"link": second.details["link"]}
            exchanges.change(second.id, told=False, reply_id=None, articles=(), details=begun)
            await ann.edits(number, "\n".join(links))
            assert [said.split("\n")[1] for said in ann.said] == [
                "<b>The mill of Tarn</b>",
                "<b>The ferry of Tarn</b>",
                "<b>The ferry of Tarn</b>",
            ]
            assert ann.said[2].startswith("✓ Saved"), "What this message added is new to Ann."
            assert "Undo" in ann.buttons()
            assert await ann.articles() == 2

    asyncio.run(talk())


def test_an_edited_message_is_looked_through_for_new_links_only(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        mill = site.has("/mill", story("The mill of Tarn", "mill"))
        ferry = site.has("/ferry", story("The ferry of Oss", "ferry"))
        async with scene(tmp_path) as ann:
            number = await ann.sends(mill)
            await ann.edits(number, f"{ferry}\nWho looks after the ferry?")
            assert len(ann.said) == 3
            assert "The ferry of Oss" in ann.said[1]
            assert site.asked == ["/mill", "/ferry"]
            assert await ann.articles() == 2
            await ann.edits(number, "Never mind, all of you.")
            assert await ann.articles() == 2

    asyncio.run(talk())


def test_a_link_that_could_not_be_read_is_tried_again_when_its_message_is_edited(
    site: Web, tmp_path: Path
) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            number = await ann.sends(f"{site.address}/mill")
            assert await ann.articles() == 0
            site.has("/mill", story("The mill of Tarn", "mill"))
            await ann.edits(number, f"Now: {site.address}/mill")
            assert await ann.articles() == 1

    asyncio.run(talk())


def test_a_forwarded_link_is_opened_and_a_forwarded_article_with_a_link_is_not(
    site: Web, tmp_path: Path
) -> None:
    origin = {"type": "hidden_user", "date": 1_760_000_000, "sender_user_name": "Dora"}

    async def talk() -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        async with scene(tmp_path) as ann:
            await ann.sends(f"Look at this: {link}", forward_origin=origin)
            assert "The mill of Tarn" in ann.said[0]
            long = "The harbour was busy on Monday, and nobody saw the boats come in. " * 5
            await ann.sends(f"Boats\n\n{long}{link}", forward_origin=origin)
            assert "<b>Boats</b>" in ann.said[1]
            assert len(site.asked) == 1

    asyncio.run(talk())


def test_no_chat_undoes_what_another_has_saved(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        async with scene(tmp_path) as ann:
            await ann.sends(link)
            await ann.presses(ann.buttons()["Undo"], chat=BEN)
            assert await ann.articles() == 1

    asyncio.run(talk())


def test_no_address_of_a_link_is_kept_by_the_bot_itself(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        link = site.has("/xylophonequartz", story("The mill of Tarn", "mill"))
        async with scene(tmp_path) as ann:
            await ann.sends(link)
            assert await ann.articles() == 1
        assert b"xylophonequartz" not in (tmp_path / "bot.db").read_bytes()

    asyncio.run(talk())
