"""Files and links: what is read of them, and what is said of those that are not."""

from __future__ import annotations

import pytest
from stage import RunningBot, ann, client, stage  # noqa: F401
from talk_articles import asks, from_bot, labels, presses, saves
from talk_samples import CLOCK, PAGE, REPAIR_COST, SEEDS, WHO_HAD_THE_IDEA, WHOSE_BEES

from bot.playground import PersonHandle
from bot.playground.handles import text_of
from bot.texts import Texts
from index import Obstacle

BROKEN_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
NOISE = bytes(range(256)) * 8
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01" + bytes(range(256))
TEXTS = Texts()
LINK = "http://10.0.0.7/news/clock"
"""It is refused before anything is sent there."""


def uploaded(person: PersonHandle, name: str, data: bytes) -> str:
    """Send a file; the first thing that the bot says."""
    person.uploads({name: data})
    return text_of(person.waits_for(lambda message: True))


@pytest.mark.parametrize(
    ("name", "data", "title", "question", "words"),
    [
        ("seeds.txt", SEEDS, "The seed library of Marrow Lane", WHO_HAD_THE_IDEA, "Tilda Voss"),
        (
            "clock.md",
            f"# {CLOCK}",
            "The town hall clock of Hessel runs backwards",
            REPAIR_COST,
            "14,300 crowns",
        ),
        (
            "bees.html",
            PAGE,
            "The bees of Quay Nine\nIda Roth · Harbour Post · 6 May 2024 ·",
            WHOSE_BEES,
            "Harald Munk",
        ),
    ],
)
def test_a_file_is_read_and_can_be_asked(
    ann: PersonHandle, name: str, data: str, title: str, question: str, words: str
) -> None:
    (document,) = ann.uploads({name: data.encode()})
    receipt = ann.waits_for("✓ Saved")
    assert text_of(receipt).startswith(f"✓ Saved\n{title}")
    assert receipt["reply_to_message"]["message_id"] == document["message_id"]
    # A file cannot have been meant as a question.
    assert labels(receipt) == ["Undo"]
    answer = asks(ann, question)
    assert text_of(answer).startswith(f"{words}\n")
    assert answer["reply_to_message"]["message_id"] == document["message_id"]


def test_a_question_below_a_file_asks_of_that_file(ann: PersonHandle) -> None:
    saves(ann, CLOCK)
    (document,) = ann.uploads({"seeds.txt": SEEDS.encode()}, caption="When is it open?")
    answer = ann.waits_for("Thursdays")
    assert text_of(answer).split("\n")[0] in ("Thursdays", "on Thursdays")
    assert answer["reply_to_message"]["message_id"] == document["message_id"]


@pytest.mark.parametrize("name", ["report.pdf", "Letter.DOCX", "n" * 200 + ".txt", "song.<b>&"])
def test_a_kind_of_file_that_is_not_read_is_refused_honestly(ann: PersonHandle, name: str) -> None:
    said = uploaded(ann, name, NOISE)
    assert said.endswith("\n" + "\n".join(TEXTS.refused(Obstacle.NOT_TEXT)))
    assert len(said) < 350


def test_nothing_is_asked_of_a_file_that_was_not_read(ann: PersonHandle) -> None:
    saves(ann, CLOCK)
    (document,) = ann.uploads({"costs.pdf": BROKEN_PDF}, caption=REPAIR_COST)
    ann.waits_for("costs.pdf")
    ann.edits(document["message_id"], "How much would a repair cost?")
    assert text_of(asks(ann, "/stats")).startswith("You have 1 article:")
    assert len(from_bot(ann)) == 3


@pytest.mark.parametrize(
    ("name", "data", "obstacle"),
    [
        ("picture.txt", PICTURE, Obstacle.DAMAGED),
        ("report.pdf", BROKEN_PDF, Obstacle.DAMAGED),
        ("noise.md", NOISE, Obstacle.NOT_TEXT),
        ("empty.txt", b"\xef\xbb\xbf \n \n", Obstacle.EMPTY),
        ("page.html", b"<html><body><nav>Home</nav></body></html>", Obstacle.NO_ARTICLE),
    ],
)
def test_a_file_without_an_article_is_refused_by_what_is_in_it(
    ann: PersonHandle, name: str, data: bytes, obstacle: Obstacle
) -> None:
    refused = uploaded(ann, name, data)
    assert refused == "\n".join((name, *TEXTS.refused(obstacle)))
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")


def test_a_file_of_more_than_20_megabytes_is_refused_with_the_reason(ann: PersonHandle) -> None:
    said = uploaded(ann, "diary.txt", b"a word " * (3 * 1024 * 1024))
    assert said == (
        "diary.txt\nThis file is too large: I take files of up to 20 MB. "
        "Send it in smaller parts, or paste the text."
    )


def test_a_file_that_is_too_long_to_read_is_not_asked_to_be_pasted(ann: PersonHandle) -> None:
    said = uploaded(ann, "diary.txt", b"a word " * 300_000)
    assert said == "diary.txt\nIt is longer than I can read.\nSend it in smaller parts."


@pytest.mark.parametrize("name", ["../../clock.txt", "..", "C:\\clock.txt", "~/clock", "\u202e.md"])
def test_a_file_may_have_any_name(stage: RunningBot, ann: PersonHandle, name: str) -> None:
    assert uploaded(ann, name, CLOCK.encode()).startswith("✓ Saved\nThe town hall clock of Hessel")
    assert not [path for path in stage.data.parent.rglob("*clock*") if path.is_file()]


def test_of_an_album_what_can_be_read_is_kept(ann: PersonHandle) -> None:
    ann.uploads({"seeds.txt": SEEDS.encode(), "report.pdf": BROKEN_PDF})
    receipt = ann.waits_for("Saved 1 of 2 articles:")
    assert "• The seed library of Marrow Lane" in text_of(receipt)
    assert f"✗ report.pdf: {TEXTS.refused_damaged}" in text_of(receipt)
    assert text_of(presses(ann, receipt, "Undo")).startswith("Deleted: “The seed library")


def test_a_link_that_must_not_be_opened_is_told_honestly(ann: PersonHandle) -> None:
    (sent,) = ann.sends(LINK)
    said = ann.waits_for(lambda message: True)
    assert text_of(said) == "\n".join((LINK, *TEXTS.refused(Obstacle.FORBIDDEN)))
    assert said["reply_to_message"]["message_id"] == sent["message_id"]
    assert labels(said) == []


def test_a_question_is_not_asked_of_others_where_its_link_was_not_read(ann: PersonHandle) -> None:
    saves(ann, CLOCK)
    ann.sends(f"{LINK}\n{REPAIR_COST}")
    ann.waits_for("private network")
    assert text_of(asks(ann, "/stats")).startswith("You have 1 article:")
    assert len(from_bot(ann)) == 3


def test_an_article_with_a_link_in_it_is_an_article(ann: PersonHandle) -> None:
    assert text_of(asks(ann, f"{CLOCK}\n\n{LINK}")).startswith("✓ Saved\nThe town hall clock")
