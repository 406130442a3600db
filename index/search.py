"""Question -> candidate passages: dense and keyword rankings, fused."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)

RANK_CONSTANT = 60
"""How slowly a rank loses weight: k of reciprocal rank fusion (Cormack et al., 2009)."""


def fuse(rankings: Iterable[Sequence[Id]]) -> list[Id]:
    """Reciprocal rank fusion of `rankings`, each best first: the ids of all, best first.

    Ties go to the id that an earlier ranking names first.
    """
    scores: dict[Id, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores, key=lambda item: -scores[item])
