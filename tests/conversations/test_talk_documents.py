"""Documents of every kind: what was read is told, and can be asked."""

from __future__ import annotations

import pytest
from document_samples import encrypted_zip
from office_samples import BUYER, KITE_TITLE, WHO_BOUGHT_IT
from pdf_samples import encrypted_pdf
from stage import ann, ben, client, stage  # noqa: F401
from talk_articles import asks, labels, presses, unhurried  # noqa: F401
from talk_documents import (
    CAPTAIN,
    PARROT,
    SEEDS_TITLE,
    TICKET,
    WHOSE_PARROT,
    Sent,
    archive,
    book,
    documents,
)
from talk_samples import IN_THE_PIECES, WHO_HAD_THE_IDEA

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of
from bot.texts import Texts
from index import Obstacle

TEXTS = Texts()
BY_NAME = {sent.name: sent for sent in documents()}


@pytest.mark.parametrize("sent", BY_NAME.values(), ids=BY_NAME)
def test_a_document_is_read_told_of_and_can_be_asked(ann: PersonHandle, sent: Sent) -> None:
    if "recognition" in sent.told:
        pytest.importorskip("rapidocr")
    (document,) = ann.uploads({sent.name: sent.data})
    receipt = ann.waits_for("✓ Saved")
    _, title, told, *_ = text_of(receipt).split("\n")
    assert (title, told) == (sent.title, sent.told)
    assert receipt["reply_to_message"]["message_id"] == document["message_id"]
    assert labels(receipt) == ["Undo"]

    for number, (question, words) in enumerate(sent.asked):
        answer = asks(ann, question)
        first, *_, last = text_of(answer).split("\n")
        assert first.startswith(words)
        assert last.startswith(sent.title)
        assert ("page" in last) == bool(sent.pages)
        assert not sent.pages or last.endswith(f" · page {sent.pages[number]}")
        assert answer["reply_to_message"]["message_id"] == document["message_id"]


def test_of_a_scan_the_first_lines_are_shown(ann: PersonHandle) -> None:
    pytest.importorskip("rapidocr")
    ann.uploads({"scan.pdf": BY_NAME["scan.pdf"].data})
    receipt = text_of(ann.waits_for("✓ Saved"))
    assert "Bruno Keller, the clockmaker, mounted the works the wrong way round" in receipt
    # Not all of it: a receipt is no article.
    assert "14,300" not in receipt


def test_each_chapter_of_a_book_is_an_article(ann: PersonHandle) -> None:
    ann.uploads({"ferries.epub": book()})
    receipt = ann.waits_for("✓ Saved 3 articles:")
    assert text_of(receipt).split("\n")[1:4] == [
        "• The boat · e-book chapter · 42 words",
        "• The crossing · e-book chapter · 37 words",
        "• The money · e-book chapter · 37 words",
    ]
    for (question, words), chapter in zip((CAPTAIN, TICKET), ("crossing", "money"), strict=True):
        first, *_, last = text_of(asks(ann, question)).split("\n")
        assert first.startswith(words)
        assert last == f"The {chapter} · Tove Halden · Ferries of the north · 6 April 2021"
    presses(ann, receipt, "Undo")
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")


def test_of_an_archive_every_file_is_told(ann: PersonHandle) -> None:
    ann.uploads({"all.zip": archive()})
    receipt = text_of(ann.waits_for("Saved 3 of 4 articles:"))
    assert f"• {SEEDS_TITLE} · 86 words\n• {KITE_TITLE} · Word document · 54 words\n" in receipt
    assert f"✗ all.zip › tool.exe: {TEXTS.refused_not_text}" in receipt
    for question, words in (
        (WHO_HAD_THE_IDEA, "Tilda Voss"),
        (WHO_BOUGHT_IT, BUYER),
        TICKET,
    ):
        assert text_of(asks(ann, question)).startswith(words)


def test_a_text_in_an_old_encoding_keeps_its_letters(ann: PersonHandle) -> None:
    title, _, first, *_ = PARROT.split("\n")
    ann.uploads({"parrot.txt": PARROT.encode("cp1251")})
    assert text_of(ann.waits_for("✓ Saved")).startswith(f"✓ Saved\n{title}\n39 words")
    assert first in text_of(asks(ann, WHOSE_PARROT))


@pytest.mark.parametrize(
    ("name", "data"), [("locked.pdf", encrypted_pdf()), ("locked.zip", encrypted_zip())]
)
def test_a_locked_document_is_refused_with_what_to_do(
    ann: PersonHandle, name: str, data: bytes
) -> None:
    ann.uploads({name: data})
    said = text_of(ann.waits_for("password"))
    assert said.startswith(name)
    assert said.endswith("\n" + "\n".join(TEXTS.refused(Obstacle.ENCRYPTED)))


def test_a_name_that_lies_does_not_matter(ann: PersonHandle) -> None:
    ann.uploads({"kite.pdf": BY_NAME["kite.docx"].data})
    assert "Word document" in text_of(ann.waits_for("✓ Saved"))


def test_the_same_document_twice_is_one_article(ann: PersonHandle) -> None:
    sent = BY_NAME["walk.pdf"]
    ann.uploads({sent.name: sent.data})
    ann.waits_for("✓ Saved")
    ann.uploads({"again.pdf": sent.data})
    known = ann.waits_for("You have this already:")
    assert f"\n{sent.title}\n{sent.told}\n" in text_of(known)
    assert labels(known) == []


def test_what_is_on_a_page_is_still_there_after_an_export_and_import(
    client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    sent = BY_NAME["walk.pdf"]
    ann.uploads({sent.name: sent.data})
    ann.waits_for("✓ Saved")
    ann.sends("/export")
    exported = ann.waits_for(lambda message: "document" in message)["document"]
    ben.uploads({"articles.jsonl": client.file(exported["file_id"])})
    ben.waits_for("✓ 1 article taken in.")
    question, words = IN_THE_PIECES[2]
    first, *_, last = text_of(asks(ben, question)).split("\n")
    assert (first, last) == (words, f"{sent.title} · page 3")
