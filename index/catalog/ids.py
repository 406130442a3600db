"""Ids as they are asked for: in batches, possible ones, and the error for one that is unknown."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from index.errors import UnknownArticleError

T = TypeVar("T")

BATCH = 5_000
"""Values in one IN (...): SQLite allows 32,766 parameters."""


def within(library: InstrumentedAttribute[int], library_id: int) -> ColumnElement[bool]:
    """That rows, which are looked up by their own ids, are of this library.

    By the bare column SQLite may choose the library's index, and walk through all of it.
    """
    return library + 0 == library_id


def batches(values: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The values in order, in lists of at most `size`."""
    rest = iter(values)
    while batch := list(itertools.islice(rest, size)):
        yield batch


def possible_id(article_id: int) -> int:
    """The id itself.

    Raises:
        UnknownArticleError: it is too large for SQLite, which would refuse to look for it.
    """
    if not -(2**63) <= article_id < 2**63:
        raise unknown_article(article_id)
    return article_id


def unknown_article(article_id: int) -> UnknownArticleError:
    """The error for an id that the library does not have."""
    return UnknownArticleError(
        f"There is no article {article_id} in this library.",
        "List the articles to see which there are.",
    )
