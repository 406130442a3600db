"""The values of the library as JSON objects, for --json."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict

from index import Answer, CheckReport, CuttingsError, Receipt, Reencoded, StoredArticle


def print_object(value: Mapping[str, object]) -> None:
    """Print one JSON object on a line of its own, at once."""
    readable = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not readable), flush=True)


def answer_object(answer: Answer) -> dict[str, object]:
    """The answer as documented: offsets count the characters of the article's text; days as ISO."""
    return {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "answer": answer.answer,
        "confidence": answer.confidence,
        "passages": [asdict(hit) for hit in answer.passages],
        "earlier": [
            {
                "answer": earlier.answer,
                "day": earlier.day.isoformat(),
                "passage": asdict(earlier.passage),
            }
            for earlier in answer.earlier
        ],
        "seconds": answer.seconds,
    }


def article_object(article: StoredArticle) -> dict[str, object]:
    """An article without its text; dates as ISO 8601, `pages` as their number."""
    return {
        **asdict(article),
        "format": article.format.value if article.format else None,
        "published": article.published.isoformat() if article.published else None,
        "added": article.added.isoformat(),
    }


def receipt_object(receipt: Receipt) -> dict[str, object]:
    """What became of one source: the article's fields, or what is wrong with it.

    `replaced` is the id of the article that an updated one replaces, `obstacle` the reason of a
    failure in one word.
    """
    article = article_object(receipt.article) if receipt.article else {}
    return {
        **article,
        "source": receipt.source,
        "status": receipt.status.value,
        "replaced": receipt.replaced,
        "error": receipt.error,
        "hint": receipt.hint,
        "obstacle": receipt.obstacle.value if receipt.obstacle else None,
    }


def check_object(report: CheckReport) -> dict[str, object]:
    """The report of a check, with `whole` first."""
    return {"whole": not report.problems, **asdict(report)}


def reencoded_object(done: Reencoded) -> dict[str, object]:
    """A library that is of the configured encoder now, and how many passages that took."""
    return {"library": done.library, "encoder": done.encoder, "passages": done.passages}


def error_object(error: CuttingsError) -> dict[str, object]:
    """What went wrong, what to do next, and the name of the error's class."""
    return {"error": str(error), "hint": error.hint, "kind": type(error).__name__}
