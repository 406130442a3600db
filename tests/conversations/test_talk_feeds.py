"""A feed behind a link: its latest articles are offered, and added when they are wanted."""

from __future__ import annotations

from stage import RunningBot, ann, ben, client  # noqa: F401
from talk_articles import (
    SHORT_TITLES,
    asks,
    forged,
    from_bot,
    labels,
    presses,
    unhurried,  # noqa: F401
)
from talk_sites import (
    Paper,
    feed_of,
    page_of,
    site,  # noqa: F401
    stage,  # noqa: F401
)

from bot.playground import PersonHandle
from bot.playground.handles import buttons_of, text_of

PLACES = ("Aldham", "Brevik", "Corlin", "Dorsk", "Elmet", "Fenna", "Garrow", "Hask")
WHO_SWEEPS = ("Who sweeps the market of Dorsk?", "Sweeper Dorsk")


def feed(site: Paper) -> str:
    """A feed of eight articles that there are; its address."""
    links = {}
    for number, (title, place) in enumerate(zip(SHORT_TITLES, PLACES, strict=True)):
        article = (
            f"{title}\n\nThe market of {place} is swept by Sweeper {place}, who begins at four "
            "in the morning and is home before the first stall has opened its shutters.\n\n"
            f"{place} has had its market since a king whose name nobody remembers gave it leave. "
            "On a good Saturday, three hundred people come, and most of them buy an onion."
        )
        links[site.has(f"/news/{number}", page_of(article))] = title
    return site.has("/feed", feed_of("Valley Courier", links), "application/rss+xml")


def offered(person: PersonHandle, link: str) -> dict[str, object]:
    """Send the link of a feed; what the bot says of it."""
    return asks(person, link)


def test_a_feed_offers_its_latest_articles_and_adds_them_once(
    ann: PersonHandle, site: Paper
) -> None:
    offer = offered(ann, feed(site))
    assert text_of(offer) == (
        "This is a feed: “Valley Courier”, with 8 articles. Shall I read them?"
    )
    assert labels(offer) == ["Add the latest 5", "Add all 8"]
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")

    ann.taps(offer, "Add the latest 5")
    ann.presses(offer, "Add the latest 5")  # on another device, where it still stands
    receipt = ann.waits_for("✓ Saved 5 articles:")
    assert receipt["message_id"] == offer["message_id"]
    lines = text_of(receipt).split("\n")[1:]
    assert [line.partition(" · ")[0] for line in lines] == [
        f"• {each}" for each in SHORT_TITLES[:5]
    ]
    assert sorted(site.asked) == ["/feed", *(f"/news/{number}" for number in range(5))]
    assert text_of(asks(ann, WHO_SWEEPS[0])).startswith(f"{WHO_SWEEPS[1]}\n")
    assert text_of(presses(ann, receipt, "Undo")).startswith("Deleted: “The ferry")
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")


def test_a_feed_that_is_added_again_has_only_its_new_articles_read(
    ann: PersonHandle, site: Paper
) -> None:
    link = feed(site)
    offer = offered(ann, link)
    ann.presses(offer, "Add the latest 5")
    ann.waits_for("✓ Saved 5 articles:")
    again = offered(ann, link)
    ann.presses(again, "Add all 8")
    receipt = text_of(ann.waits_for("Saved 3 of 8 articles:"))
    assert receipt.count("already here") == 5


def test_nobody_adds_from_a_feed_of_another_chat(
    stage: RunningBot, ann: PersonHandle, ben: PersonHandle, site: Paper
) -> None:
    asks(ben, "/stats")
    offer = offered(ann, feed(site))
    data = str(buttons_of(offer)[0]["callback_data"])
    alert = ben.presses(forged(stage.playground, ben, data), data)
    assert alert.get("text")
    assert site.asked == ["/feed"]
    for person in (ann, ben):
        assert text_of(asks(person, "/stats")).startswith("You have no articles yet.")
    assert len(from_bot(ann)) == 2


def test_of_a_feed_what_cannot_be_read_is_told(ann: PersonHandle, site: Paper) -> None:
    link = feed(site)
    del site.pages["/news/1"]
    offer = offered(ann, link)
    ann.presses(offer, "Add the latest 5")
    receipt = text_of(ann.waits_for("Saved 4 of 5 articles:"))
    assert "✗ " in receipt
    assert "There is nothing at this address any more." in receipt
