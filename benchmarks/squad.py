"""SQuAD: its file format and its own measure (Rajpurkar et al., 2016)."""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, which is an article of its own here."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question with the paragraph (its position) it was asked of; no answers: impossible."""

    text: str
    paragraph: int
    answers: tuple[str, ...]


def load(file: Path, articles: slice) -> tuple[list[Paragraph], list[SquadQuestion]]:
    """The paragraphs and questions of some of a SQuAD file's articles."""
    paragraphs: list[Paragraph] = []
    questions: list[SquadQuestion] = []
    for article in json.loads(file.read_text())["data"][articles]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                impossible = asked.get("is_impossible", False)
                answers = () if impossible else tuple(a["text"] for a in asked["answers"])
                questions.append(SquadQuestion(asked["question"], len(paragraphs), answers))
            paragraphs.append(Paragraph(article["title"].replace("_", " "), paragraph["context"]))
    return paragraphs, questions


def exact_match(prediction: str, answers: Sequence[str]) -> float:
    """1 if the prediction is one of the answers, normalised; else 0."""
    return max(float(_normalised(prediction) == _normalised(answer)) for answer in answers)


def f1(prediction: str, answers: Sequence[str]) -> float:
    """The best word F1 of the prediction against the answers, 0 to 1."""
    return max(_f1(_normalised(prediction).split(), _normalised(a).split()) for a in answers)


def _f1(prediction: list[str], answer: list[str]) -> float:
    if not prediction or not answer:
        return float(prediction == answer)
    common = sum((Counter(prediction) & Counter(answer)).values())
    return 2 * common / (len(prediction) + len(answer))


def _normalised(text: str) -> str:
    text = "".join(char for char in text.lower() if char not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())
