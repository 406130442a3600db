"""A feed behind a link is offered, and its articles are added when a button is pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from scene import Web, scene, story, web
from update_samples import ANN, BEN

from bot.store.records import Exchange, Kind
from bot.store.store import Store


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as made:
        yield made


def feed(site: Web, count: int) -> str:
    """A feed whose articles there are; its address."""
    items = ""
    for number in range(count):
        link = site.has(f"/{number}", story(f"Story number {number}", f"mill {number}"))
        items += f"<item><title>Story number {number}</title><link>{link}</link></item>"
    told = f"<rss version='2.0'><channel><title>Quay Post</title>{items}</channel></rss>"
    return site.has("/feed", f'<?xml version="1.0"?>{told}', "application/rss+xml")


def saved(store: Store) -> Exchange:
    found = store.exchanges.of_message(ANN, 1, Kind.SAVE)
    assert found
    return found


def test_a_feed_offers_its_latest_articles_and_adds_none_by_itself(
    site: Web, tmp_path: Path
) -> None:
    async def talk() -> None:
        link = feed(site, 7)
        async with scene(tmp_path) as ann:
            await ann.sends(link)
            said = "This is a feed: “Quay Post”, with 7 articles. Shall I read them?"
            assert ann.said == [said]
            assert list(ann.buttons()) == ["Add the latest 5", "Add all 7"]
            assert await ann.articles() == 0
            assert site.asked == ["/feed"]

    asyncio.run(talk())


def test_what_is_added_has_one_receipt_and_is_undone_together(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        link = feed(site, 7)
        async with scene(tmp_path) as ann:
            await ann.sends(link)
            button = ann.buttons()["Add the latest 5"]
            await ann.presses(button)
            (said,) = ann.said
            assert said.startswith("✓ Saved 5 articles:\n• <b>Story number 0</b>")
            assert sorted(site.asked) == sorted(["/feed", "/0", "/1", "/2", "/3", "/4"])
            assert list(ann.buttons()) == ["Undo"]
            await ann.presses(button)  # once more, from another device
            assert await ann.articles() == 5
            assert len(site.asked) == 6
            await ann.presses(ann.buttons()["Undo"])
            assert await ann.articles() == 0

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("count", "buttons"),
    [
        (1, ["Add it"]),
        (5, ["Add all 5"]),
        (20, ["Add the latest 5", "Add all 20"]),
        (33, ["Add the latest 5", "Add the latest 20"]),
    ],
)
def test_the_buttons_offer_what_there_is(
    site: Web, tmp_path: Path, count: int, buttons: list[str]
) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await ann.sends(feed(site, count))
            assert list(ann.buttons()) == buttons
            assert len(saved(ann.house.store).details["feed"]["addresses"]) == min(count, 20)

    asyncio.run(talk())


def test_nobody_else_adds_from_a_feed_and_no_more_than_it_offers(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await ann.sends(feed(site, 2))
            number = saved(ann.house.store).id
            await ann.presses(f"feed:{number}:2", chat=BEN)
            assert site.asked == ["/feed"]
            await ann.presses(f"feed:{number}:900")
            assert await ann.articles() == 2

    asyncio.run(talk())


def test_a_press_that_was_cut_off_is_finished_and_what_it_added_can_be_undone(
    site: Web, tmp_path: Path
) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await ann.sends(feed(site, 3))
            before = saved(ann.house.store)
            await ann.presses(f"feed:{before.id}:3")
            # As if the bot had ended just before the receipt was given.
            details = {**before.details, "feed": {**before.details["feed"], "since": 1.0}}
            ann.house.store.exchanges.change(before.id, details=details, articles=())
            await ann.presses(f"feed:{before.id}:3")
            assert ann.said[-1].startswith("✓ Saved 3 articles:")
            after = saved(ann.house.store)
            assert len(after.details["added"]) == 3
            assert "feed" not in after.details, "The addresses are done with."
            assert await ann.articles() == 3

    asyncio.run(talk())


def test_what_was_there_before_the_press_is_not_undone(site: Web, tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await ann.sends(feed(site, 2))
            await ann.sends(f"{site.address}/1")
            await asyncio.sleep(0.02)
            await ann.presses(f"feed:{saved(ann.house.store).id}:2", below=min(ann.messages))
            assert "• <b>Story number 1</b> · already here" in ann.said[0]
            await ann.presses(f"undo:{saved(ann.house.store).id}", below=min(ann.messages))
            assert await ann.articles() == 1

    asyncio.run(talk())


def test_an_article_of_a_feed_that_cannot_be_read_is_told_and_the_others_are_kept(
    site: Web, tmp_path: Path
) -> None:
    async def talk() -> None:
        link = feed(site, 3)
        del site.pages["/1"]
        async with scene(tmp_path) as ann:
            await ann.sends(link)
            await ann.presses(ann.buttons()["Add all 3"])
            assert ann.said[0].startswith("Saved 2 of 3 articles:")
            assert ann.house.texts.advice_check_link in ann.said[0]

    asyncio.run(talk())
