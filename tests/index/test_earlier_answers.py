"""A library whose articles of different days say different things, with the packaged models."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from library_samples import fill, real_archive

from index.records import Answer, Article

QUESTION = "Who is the director of the Salt Museum in Varde?"
OLD = Article(
    "The Salt Museum in Varde opened a hall of mines. Its director, Berit Holm, lit the lamp.",
    "A hall of mines",
    published=date(2023, 3, 1),
)
NEW = Article(
    "Otto Lindqvarn is the new director of the Salt Museum in Varde. He begins with a feast.",
    "A new director in Varde",
    published=date(2024, 9, 2),
)


def said(answer: Answer) -> list[str | None]:
    return [answer.answer, *(each.answer for each in answer.earlier)]


def test_the_newest_article_answers_and_the_older_stands_below_whichever_came_first(
    tmp_path: Path,
) -> None:
    for name, order in (("one", (OLD, NEW)), ("other", (NEW, OLD))):
        with real_archive(tmp_path / name) as archive:
            ids = dict(zip(order, fill(archive, *order), strict=True))
            library = archive.library()
            answer = library.ask(QUESTION)
            assert said(answer) == ["Otto Lindqvarn", "Berit Holm"]
            (earlier,) = answer.earlier
            hit = earlier.passage
            assert (hit.article, earlier.day) == (ids[OLD], date(2023, 3, 1))
            assert answer.passages[0].article == ids[NEW]
            assert library.text(hit.article)[hit.answer_start : hit.answer_end] == "Berit Holm"
            alone = library.ask(QUESTION, [ids[OLD]])
            assert said(alone) == ["Berit Holm"]
            library.remove([ids[OLD]])
            assert said(library.ask(QUESTION)) == ["Otto Lindqvarn"]


def test_an_article_without_a_date_is_of_the_day_it_was_added(tmp_path: Path) -> None:
    undated = Article(OLD.text, OLD.title)
    with real_archive(tmp_path / "now") as archive:
        fill(archive, undated, NEW)
        answer = archive.library().ask(QUESTION)
        assert said(answer) == ["Berit Holm", "Otto Lindqvarn"]
        assert answer.earlier[0].day == NEW.published
    with real_archive(tmp_path / "before") as archive:
        added = datetime(2024, 1, 5, 23, 59, tzinfo=timezone.utc)
        fill(archive, Article(OLD.text, OLD.title, added=added), NEW)
        answer = archive.library().ask(QUESTION)
        assert said(answer) == ["Otto Lindqvarn", "Berit Holm"]
        assert answer.earlier[0].day == date(2024, 1, 5)


def test_articles_of_one_day_or_added_together_stand_side_by_side(tmp_path: Path) -> None:
    noon = datetime.now(timezone.utc).replace(hour=12)
    together = [
        Article(each.text, each.title, added=noon + timedelta(hours=hour))
        for hour, each in enumerate((OLD, NEW))
    ]
    with real_archive(tmp_path) as archive:
        fill(archive, *together)
        assert archive.library().ask(QUESTION).earlier == ()


def test_the_page_of_an_earlier_answer_is_told(tmp_path: Path) -> None:
    cover = "The year in museums.\n\n"
    paged = Article(cover + OLD.text, OLD.title, published=OLD.published, pages=(0, len(cover)))
    with real_archive(tmp_path) as archive:
        fill(archive, paged, NEW)
        (earlier,) = archive.library().ask(QUESTION).earlier
        assert earlier.passage.page == 2
