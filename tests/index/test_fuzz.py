"""Documents broken in every way that chance finds are read, or refused, and do no harm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fuzz_seeds import broken, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.obstacles import Obstacle
from index.parsing.parser import Parser
from index.records import Article, Document, FailedSource
from index.settings import IndexSettings

SEEDS = seeds()
PICTURES = ("seed.png", "seed.jpeg")
"""Recognising the words of one takes long; benchmarks/fuzz.py breaks more of them."""


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(IndexSettings(parser_processes=1, parser_seconds=10)) as made:
        yield made


@pytest.mark.parametrize("name", [name for name in SEEDS if name not in PICTURES])
def test_the_seed_is_read(parser: Parser, name: str) -> None:
    results = parser.read(Document(SEEDS[name], name))
    assert all(isinstance(result, Article) for result in results), results


@pytest.mark.parametrize("name", SEEDS)
def test_a_broken_document_is_read_or_refused(parser: Parser, name: str) -> None:
    few = name in PICTURES

    @settings(
        max_examples=5 if few else 50,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(seed=st.integers(0, 2**32), other=st.sampled_from(sorted(SEEDS)))
    def breaking(seed: int, other: str) -> None:
        results = parser.read(Document(broken(SEEDS[name], seed, SEEDS[other]), name))
        assert results
        for result in results:
            if isinstance(result, FailedSource):
                assert result.obstacle is not None
                assert result.obstacle is not Obstacle.TOO_HARD, result
                assert result.error
            else:
                assert result.text

    breaking()
