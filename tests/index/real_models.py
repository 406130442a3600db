"""The packaged models, loaded once for all tests."""

from __future__ import annotations

from functools import cache

from index.encoder import SentenceEncoder
from index.reader import PackagedReader
from index.settings import IndexSettings


@cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder(IndexSettings())


@cache
def reader() -> PackagedReader:
    return PackagedReader()
