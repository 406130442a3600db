"""Files and links: what is read of them, and what is said of those that are not."""

from __future__ import annotations

import pytest
from stage import RunningBot, ann, client, stage  # noqa: F401
from talk_articles import asks, from_bot, labels, presses, saves
from talk_samples import CLOCK, PAGE, REPAIR_COST, SEEDS, WHO_HAD_THE_IDEA, WHOSE_BEES

from bot.playground import PersonHandle
from bot.playground.handles import text_of

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01" + bytes(range(256))
PASTE_INSTEAD = "Paste the text of the article here, and I will keep it."
LINK = "https://example.org/news/clock"


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


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("report.pdf", "PDF"),
        ("Letter.DOCX", "DOCX"),
        ("archive.tar.gz", "GZ"),
        ("n" * 200 + ".pdf", "PDF"),
        ("song.<b>&", "such"),
    ],
)
def test_a_kind_of_file_that_is_not_read_is_refused_honestly(
    ann: PersonHandle, name: str, kind: str
) -> None:
    said = uploaded(ann, name, PDF)
    assert said.endswith(
        f"\nI can't read {kind} files yet. I read .txt, .md and .html; or paste the text here."
    )
    assert len(said) < 200


def test_nothing_is_asked_of_a_file_that_was_not_read(ann: PersonHandle) -> None:
    saves(ann, CLOCK)
    (document,) = ann.uploads({"costs.pdf": PDF}, caption=REPAIR_COST)
    ann.waits_for("can't read PDF files yet")
    ann.edits(document["message_id"], "How much would a repair cost?")
    assert text_of(asks(ann, "/stats")).startswith("You have 1 article:")
    assert len(from_bot(ann)) == 3


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("picture.txt", PICTURE, "picture.txt\nThis is a PNG image, not text."),
        ("noise.md", bytes(range(256)) * 8, "noise.md\nThis file is not text."),
        ("empty.txt", b"\xef\xbb\xbf \n \n", "empty.txt\nThere are no words in it."),
        ("page.html", b"<html><body><nav>Home</nav></body></html>", "page.html\nThere is no ar"),
    ],
)
def test_a_file_without_an_article_is_refused_by_what_is_in_it(
    ann: PersonHandle, name: str, data: bytes, said: str
) -> None:
    refused = uploaded(ann, name, data)
    assert refused.startswith(said)
    assert refused.endswith(PASTE_INSTEAD)
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")


def test_a_file_of_more_than_20_megabytes_is_refused_with_the_reason(ann: PersonHandle) -> None:
    said = uploaded(ann, "diary.txt", b"a word " * (3 * 1024 * 1024))
    assert said == (
        "diary.txt\nThis file is too large: Telegram gives me only files of up to 20 MB. "
        "Send it in smaller parts, or paste the text."
    )


def test_a_file_that_is_too_long_to_read_is_not_asked_to_be_pasted(ann: PersonHandle) -> None:
    said = uploaded(ann, "diary.txt", b"a word " * 300_000)
    assert said == "diary.txt\nIt is longer than I can read. Send it in smaller parts."


@pytest.mark.parametrize("name", ["../../clock.txt", "..", "C:\\clock.txt", "~/clock", "\u202e.md"])
def test_a_file_may_have_any_name(stage: RunningBot, ann: PersonHandle, name: str) -> None:
    assert uploaded(ann, name, CLOCK.encode()).startswith("✓ Saved\nThe town hall clock of Hessel")
    assert not [path for path in stage.data.parent.rglob("*clock*") if path.is_file()]


def test_of_an_album_what_can_be_read_is_kept(ann: PersonHandle) -> None:
    ann.uploads({"seeds.txt": SEEDS.encode(), "report.pdf": PDF})
    receipt = ann.waits_for("Saved 1 of 2 articles:")
    assert "• The seed library of Marrow Lane" in text_of(receipt)
    assert "✗ report.pdf: I can't read PDF files yet." in text_of(receipt)
    assert text_of(presses(ann, receipt, "Undo")).startswith("Deleted: “The seed library")


def test_a_link_alone_is_told_honestly(ann: PersonHandle) -> None:
    (sent,) = ann.sends(LINK)
    said = ann.waits_for(lambda message: True)
    assert text_of(said) == (
        f"{LINK}\nI can't open links yet. Copy the text of the page and paste it here, and I "
        "will keep it."
    )
    assert said["reply_to_message"]["message_id"] == sent["message_id"]
    assert labels(said) == []


def test_a_link_with_a_question_is_told_honestly_and_the_question_is_answered(
    ann: PersonHandle,
) -> None:
    article = saves(ann, CLOCK)
    ann.sends(f"{LINK}\n{REPAIR_COST}")
    answer = ann.waits_for("14,300 crowns\n")
    assert answer["reply_to_message"]["message_id"] == article["message_id"]
    _, told, last = from_bot(ann)
    assert text_of(told).startswith(f"{LINK}\nI can't open links yet, so I looked in the articles")
    assert last == answer


def test_an_article_with_a_link_in_it_is_an_article(ann: PersonHandle) -> None:
    assert text_of(asks(ann, f"{CLOCK}\n\n{LINK}")).startswith("✓ Saved\nThe town hall clock")
