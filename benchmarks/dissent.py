"""Articles of different days that answer differently: is the newest the answer, and only then?

Made-up pairs of articles (dissent_pairs.jsonl) are one library. Where what is asked has changed,
the newer article must give the answer and the older stand below it as an earlier one; where it has
not (another event, the same in other words, beside the question), nothing may stand below. With
`--articles`, news lie beside the pairs. With `--squad`, paragraphs of a SQuAD-format file are
articles of days drawn by lot, none of which has changed anything: the hardest case there is.

    python -m benchmarks.dissent [--articles FILE] [--squad FILE --part 8: --limit 500] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.squad import f1, load
from index import Answer, Archive, Article, Library

PAIRS = Path(__file__).with_name("dissent_pairs.jsonl")
ONE_DAY = date(2020, 1, 1)
DAYS = 1000
"""Days among which those of SQuAD's paragraphs are drawn."""
ALIKE = 0.5
"""The F1 from which two answers count as the same."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question of a pair of articles, and what is right."""

    seen: bool
    """Whether it was looked at while the constants were chosen."""
    kind: str
    question: str
    answers: tuple[str, ...]
    earlier: tuple[tuple[str, ...], ...]
    articles: tuple[Article, ...]

    @property
    def changed(self) -> bool:
        """Whether the newer article must win."""
        return self.kind == "changed"

    def holds(self, answer: Answer) -> bool:
        """Whether an answer is right, and so is what stands below it."""
        return self.right(answer) and self.right_below(answer)

    def right(self, answer: Answer) -> bool:
        """Whether the answer's words are right."""
        return f1(answer.answer or "", self.answers) >= ALIKE

    def right_below(self, answer: Answer) -> bool:
        """Whether the earlier answers are those that there were, in their order."""
        return len(answer.earlier) == len(self.earlier) and all(
            f1(given.answer, wanted) >= ALIKE
            for given, wanted in zip(answer.earlier, self.earlier, strict=True)
        )


def cases_of(file: Path) -> list[Case]:
    """The cases of a JSON Lines file."""
    return [_case(json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def _case(line: dict[str, Any]) -> Case:
    return Case(
        seen=line["seen"],
        kind=line["kind"],
        question=line["question"],
        answers=tuple(line["answers"]),
        earlier=tuple(tuple(words) for words in line["earlier"]),
        articles=tuple(_article(article) for article in line["articles"]),
    )


def _article(line: dict[str, Any]) -> Article:
    published = date.fromisoformat(line["published"]) if line.get("published") else None
    return Article(line["text"].strip(), line["title"], published=published)


def measure_pairs(cases: Sequence[Case], beside: Sequence[Article]) -> dict[str, Any]:
    """The figures of each half of the pairs, and what went wrong in it."""
    with _library([*(a for case in cases for a in case.articles), *beside]) as library:
        answers = [library.ask(case.question) for case in cases]
    figures: dict[str, Any] = {"beside": len(beside)}
    for name, seen in (("looked at", True), ("unseen", False)):
        half = [(c, a) for c, a in zip(cases, answers, strict=True) if c.seen is seen]
        changed = [(case, answer) for case, answer in half if case.changed]
        unchanged = [(case, answer) for case, answer in half if not case.changed]
        figures[name] = {
            "changed": len(changed),
            "newest first, the earlier below": sum(case.holds(answer) for case, answer in changed),
            "unchanged": len(unchanged),
            "nothing below": sum(case.right_below(answer) for case, answer in unchanged),
            "of these, the answer right": sum(case.holds(answer) for case, answer in unchanged),
            "wrong": [
                {
                    "question": case.question,
                    "answer": answer.answer,
                    "earlier": [each.answer for each in answer.earlier],
                }
                for case, answer in half
                if not case.holds(answer)
            ],
        }
    return figures


def measure_squad(arguments: argparse.Namespace, console: Console) -> dict[str, Any]:
    """How F1 suffers where the days of articles that contradict nothing are drawn by lot."""
    first, _, last = arguments.part.partition(":")
    part = slice(int(first or 0), int(last) if last else None)
    paragraphs, asked = load(arguments.squad, part)
    answerable = [question for question in asked if question.answers]
    lot = random.Random(0)
    questions = lot.sample(answerable, min(arguments.limit, len(answerable)))
    articles = [Article(p.text, p.title, source=str(n)) for n, p in enumerate(paragraphs)]
    days = [ONE_DAY + timedelta(days=lot.randrange(DAYS)) for _ in articles]
    dated = [replace(a, published=day) for a, day in zip(articles, days, strict=True)]
    same_day = [replace(article, published=ONE_DAY) for article in articles]
    before = after = 0.0
    below = other = 0
    with _library(dated) as library, _library(same_day) as undated:
        for question in track(questions, console=console, transient=True):
            answer = plain = library.ask(question.text)
            if answer.earlier:  # without earlier ones, days change nothing
                plain = undated.ask(question.text)
                below += 1
                other += plain.answer != answer.answer
            before += f1(plain.answer or "", question.answers)
            after += f1(answer.answer or "", question.answers)
    return {
        "file": arguments.squad.name,
        "part": arguments.part,
        "questions": len(questions),
        "F1, all of one day": before / len(questions),
        "F1, days by lot": after / len(questions),
        "earlier answers shown": below,
        "of these, another answer given": other,
    }


@contextmanager
def _library(articles: Iterable[Article]) -> Iterator[Library]:
    with TemporaryDirectory() as folder, Archive(Path(folder)) as archive:
        library = archive.library_for_adding()
        for receipt in library.add(list(articles)):
            if receipt.article is None:
                raise ValueError(receipt.error)
        yield library


def show(figures: dict[str, Any], console: Console) -> None:
    """Print the figures as tables."""
    pairs = figures["pairs"]
    table = Table(f"pairs, {pairs['beside']} other articles beside them", "looked at", "unseen")
    names = [name for name in pairs["unseen"] if name != "wrong"]
    for name in names:
        table.add_row(name, *(str(pairs[half][name]) for half in ("looked at", "unseen")))
    console.print(table)
    for half in ("looked at", "unseen"):
        for wrong in pairs[half]["wrong"]:
            console.print(f"{half}: {wrong['question']} {wrong['answer']} / {wrong['earlier']}")
    if squad := figures.get("squad"):
        table = Table(f"{squad['file']}, articles {squad['part']}", "")
        for name in list(squad)[2:]:
            value = squad[name]
            table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
        console.print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="JSON Lines; those that come")
    parser.add_argument("--articles", type=Path, help="JSON Lines of articles to lie beside them")
    parser.add_argument("--squad", type=Path, help="a file in SQuAD's format")
    parser.add_argument("--part", default="8:", help="which of its articles, e.g. 8: or :8")
    parser.add_argument("--limit", type=int, default=500, help="at most so many of its questions")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    for file in (arguments.pairs, arguments.articles, arguments.squad):
        if file and not file.is_file():
            parser.error(f"{file} is not a file")
    beside = arguments.articles.read_text("utf-8").splitlines() if arguments.articles else []
    news = [_article(json.loads(line)) for line in beside]
    figures = {"pairs": measure_pairs(cases_of(arguments.pairs), news)}
    if arguments.squad:
        figures["squad"] = measure_squad(arguments, Console(stderr=True))
    if arguments.json:
        json.dump(figures, sys.stdout, indent=2)
        print()
    else:
        show(figures, Console())


if __name__ == "__main__":
    main()
