"""What is said of articles that are another chat's: a group's, or a channel's (pure)."""

from __future__ import annotations

from dataclasses import replace

from bot import render
from bot.markup import fill
from bot.texts import Texts
from index import Totals


def texts_of(texts: Texts, title: str) -> Texts:
    """The sentences as they are said of the articles of a group or channel called so."""
    if not title:
        return texts
    return replace(
        texts,
        not_in_articles=fill(texts.not_in_articles_of, title=title),
        no_articles=fill(texts.no_articles_of, title=title),
        list_heading=fill(texts.list_heading_of, title=title),
        list_no_match=texts.list_no_match_of,
    )


def stats(totals: Totals, title: str, texts: Texts) -> str:
    """How much a library holds; the chat's own has no title."""
    if not (title and totals.articles):
        told = texts_of(texts, title)
        return render.stats(totals.articles, totals.words, totals.passages, told)
    counts = {
        "articles": texts.articles(totals.articles),
        "words": texts.words(totals.words),
        "passages": texts.passages(totals.passages),
    }
    return fill(texts.stats_of, title=title, **counts)
