"""How often a follow-up is answered: as typed, completed by the rules, and rewritten by a person.

The articles are one library. Of each dialogue the first question is asked, then the follow-up, of
the whole library and of the follow-up's own article alone (as a reply to an answer is). An answer
is right if it matches an accepted one: as a whole, or by a word F1 of at least one half.

    python -m benchmarks.followups --articles FILE [--dialogues FILE ...] [--library FOLDER] \
        [--show] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from benchmarks.squad import exact_match, f1
from index import (
    Answer,
    Archive,
    Article,
    IndexSettings,
    Library,
    PreviousTurn,
    Span,
    complete_question,
    sentence_around,
)

DIALOGUES = Path(__file__).parent / "dialogues"
SAMPLES = 2000
"""Drawn for an interval: that of 95 percent, of lines drawn with replacement."""
AS_TYPED = "as typed"
COMPLETED = "completed, after the answer given"
COMPLETED_RIGHT = "completed, after the right answer"
REWRITTEN = "rewritten by a person"
PLACES = ("all articles", "its article")
MEASURES = ("exact", "F1", "passage")


@dataclass(frozen=True, slots=True)
class Asked:
    """A form of a follow-up, and what was found."""

    question: str
    answer: str
    marks: dict[str, float]
    """1 or 0 of each measure."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A dialogue, played."""

    line: dict[str, Any]
    first: str | None
    """What the first question was answered."""
    asked: dict[tuple[str, str], Asked]
    """By form and place."""
    unspoiled: bool
    """Whether the rules left the follow-up as it is, after either answer."""


class Stage:
    """The library, and the dialogues' articles in it."""

    def __init__(self, library: Library, ids: dict[str, int]) -> None:
        self._library = library
        self._ids = ids
        self._ask = cache(library.ask)

    def play(self, line: dict[str, Any]) -> Outcome:
        """Ask everything that is asked of a dialogue."""
        first = self._ask(line["question"])
        given = self._given(first)
        right = self._right(line)
        followup = line["followup"]
        completed = [complete_question(followup, previous) for previous in (given, right)]
        forms = {
            AS_TYPED: followup,
            COMPLETED: completed[0] or followup,
            COMPLETED_RIGHT: completed[1] or followup,
            REWRITTEN: line["complete"],
        }
        article = self._ids[line.get("followup_article", line["article"])]
        asked = {}
        for form, question in forms.items():
            for place, within in zip(PLACES, (None, (article,)), strict=True):
                found = self._ask(question, within)
                marks = _marks(found, article, line["answers"])
                asked[form, place] = Asked(question, found.answer or "", marks)
        return Outcome(line, first.answer, asked, completed == [None, None])

    def _given(self, first: Answer) -> PreviousTurn:
        if first.answer is None:
            return PreviousTurn(first.question, None)
        hit = first.passages[0]
        sentence = self._sentence(hit.article, hit.answer_start or hit.start)
        return PreviousTurn(first.question, first.answer, sentence, hit.title)

    def _right(self, line: dict[str, Any]) -> PreviousTurn:
        article = self._ids[line["article"]]
        start = max(0, self._library.text(article).find(line["answer"]))
        title = self._library.article(article).title
        return PreviousTurn(line["question"], line["answer"], self._sentence(article, start), title)

    def _sentence(self, article: int, position: int) -> str:
        text = self._library.text(article)
        found = sentence_around(text, Span(position, position + 1))
        return text[found.start : found.end]


def _marks(found: Answer, article: int, answers: Sequence[str]) -> dict[str, float]:
    shown = [hit.text for hit in found.passages if hit.article == article]
    return {
        "exact": exact_match(found.answer or "", answers),
        "F1": float(f1(found.answer or "", answers) >= 0.5),
        "passage": float(any(answer in text for text in shown for answer in answers)),
    }


def add(library: Library, file: Path, bar: Callable[..., Any]) -> dict[str, int]:
    """Add the articles of a file, those that are not there yet: ids by address."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    articles = [
        Article(line["text"].strip(), line["title"], source=line["url"], address=line["url"])
        for line in lines
    ]
    ids = {}
    for line, receipt in zip(
        lines, bar(library.add(articles), len(articles), "adding"), strict=True
    ):
        if receipt.article:
            ids[line["url"]] = receipt.article.id
    return ids


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Shares with their intervals, of the follow-ups that need completing, and of the others."""
    needy = [outcome for outcome in outcomes if not outcome.line["standalone"]]
    alone = [outcome for outcome in outcomes if outcome.line["standalone"]]
    kinds = sorted({outcome.line["kind"] for outcome in needy})
    forms = (AS_TYPED, COMPLETED, COMPLETED_RIGHT, REWRITTEN)
    return {
        "lines": len(outcomes),
        "first questions answered rightly": _share(
            float(f1(outcome.first or "", [outcome.line["answer"]]) >= 0.5) for outcome in outcomes
        ),
        "follow-ups": {
            place: {form: _row(needy, form, place) for form in forms} for place in PLACES
        },
        "gained": {
            place: _share(
                o.asked[COMPLETED, place].marks["F1"] - o.asked[AS_TYPED, place].marks["F1"]
                for o in needy
            )
            for place in PLACES
        },
        "by kind": {
            kind: {
                "lines": len(of_kind),
                "left as typed": sum(outcome.unspoiled for outcome in of_kind),
                **{
                    place: {form: _row(of_kind, form, place)["F1"]["share"] for form in forms}
                    for place in PLACES
                },
            }
            for kind in kinds
            for of_kind in [[outcome for outcome in needy if outcome.line["kind"] == kind]]
        },
        "questions of their own": {
            "left as typed": _share(float(outcome.unspoiled) for outcome in alone),
            **{place: {form: _row(alone, form, place) for form in forms[:2]} for place in PLACES},
        },
    }


def _row(outcomes: Sequence[Outcome], form: str, place: str) -> dict[str, dict[str, float]]:
    return {
        measure: _share(outcome.asked[form, place].marks[measure] for outcome in outcomes)
        for measure in MEASURES
    }


def _share(values: Iterable[float]) -> dict[str, float]:
    found = np.array(list(values))
    if not len(found):
        return {"share": 0.0, "low": 0.0, "high": 0.0, "of": 0}
    drawn = np.random.default_rng(0).choice(found, (SAMPLES, len(found))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return {
        "share": float(found.mean()),
        "low": float(low),
        "high": float(high),
        "of": len(found),
    }


def show(name: str, found: dict[str, Any], console: Console) -> None:
    """Print a file's figures as tables."""
    console.print(
        f"{name}: {found['lines']} dialogues; first questions answered rightly"
        f" (F1): {_text(found['first questions answered rightly'])}"
    )
    for place, rows in found["follow-ups"].items():
        table = Table(f"follow-ups, asked of {place}", *MEASURES)
        for form, row in rows.items():
            table.add_row(form, *(_text(row[measure]) for measure in MEASURES))
        console.print(table)
        console.print(f"gained by completing (F1): {_text(found['gained'][place])}")
    table = Table("kind (F1; all articles / its article)", "lines", "left as typed")
    for form in (AS_TYPED, COMPLETED, COMPLETED_RIGHT, REWRITTEN):
        table.add_column(form)
    for kind, row in found["by kind"].items():
        cells = [" / ".join(f"{row[p][form]:.2f}" for p in PLACES) for form in row[PLACES[0]]]
        table.add_row(kind, str(row["lines"]), str(row["left as typed"]), *cells)
    console.print(table)
    alone = found["questions of their own"]
    console.print(f"questions of their own, left as typed: {_text(alone['left as typed'])}")
    for place in PLACES:
        told = "; ".join(f"{form} {_text(row['F1'])}" for form, row in alone[place].items())
        console.print(f"  answered rightly, asked of {place} (F1): {told}")


def _text(share: dict[str, float]) -> str:
    return f"{share['share']:.2f} ({share['low']:.2f} to {share['high']:.2f})"


def _shown(outcome: Outcome) -> str:
    line = outcome.line
    lines = [f"{line['id']} {line['kind']}: {line['question']} [{outcome.first}]"]
    for (form, place), asked in outcome.asked.items():
        marks = "".join("+" if asked.marks[measure] else "-" for measure in MEASURES)
        lines.append(f"  {marks} {form}, {place}: {asked.question} [{asked.answer}]")
    return "\n".join([*lines, f"  accepted: {line['answers']}"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=Path, required=True, help="JSON Lines: title, url, text")
    parser.add_argument("--dialogues", type=Path, nargs="+", help="by default all that are here")
    parser.add_argument("--library", type=Path, help="a folder to keep the library in, for reuse")
    parser.add_argument("--show", action="store_true", help="print every dialogue too")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    files = arguments.dialogues or sorted(DIALOGUES.glob("*.jsonl"))
    for file in (arguments.articles, *files):
        if not file.is_file():
            parser.error(f"{file} is not a file")
    console, errors = Console(), Console(stderr=True)

    def bar(items: Iterable[Any], total: int, name: str) -> Iterable[Any]:
        return track(items, total=total, description=name, console=errors, transient=True)

    found: dict[str, Any] = {}
    with TemporaryDirectory() as folder:
        data = arguments.library or Path(folder)
        data.mkdir(parents=True, exist_ok=True)
        with Archive(data, IndexSettings()) as archive:
            library = archive.library_for_adding()
            stage = Stage(library, add(library, arguments.articles, bar))
            for file in files:
                lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
                outcomes = [stage.play(line) for line in bar(lines, len(lines), file.name)]
                found[file.name] = figures(outcomes)
                if arguments.show and not arguments.json:
                    console.print(escape("\n".join(map(_shown, outcomes))))
    if arguments.json:
        json.dump(found, sys.stdout, indent=2)
        print()
    else:
        for name, of_file in found.items():
            show(name, of_file, console)


if __name__ == "__main__":
    main()
