"""Rankings fused by reciprocal rank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search import RANK_CONSTANT, fuse

RANKINGS = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=20), max_size=4)


@given(RANKINGS)
def test_fused_scores_are_sums_of_reciprocal_ranks(rankings: list[list[int]]) -> None:
    def score(item: int) -> float:
        return sum(1 / (RANK_CONSTANT + r.index(item) + 1) for r in rankings if item in r)

    fused = fuse(rankings)
    assert sorted(fused) == sorted({item for ranking in rankings for item in ranking})
    scores = [score(item) for item in fused]
    assert scores == pytest.approx(sorted(scores, reverse=True))


def test_what_both_rankings_name_comes_before_what_one_names_first() -> None:
    assert fuse([["a", "b"], ["c", "b"]]) == ["b", "a", "c"]


def test_of_equals_the_one_of_the_earlier_ranking_is_first() -> None:
    assert fuse([["a"], ["b"]]) == ["a", "b"]
    assert fuse([["b"], ["a"]]) == ["b", "a"]


def test_one_ranking_keeps_its_order() -> None:
    assert fuse([[3, 1, 2], []]) == [3, 1, 2]
    assert fuse([]) == []
