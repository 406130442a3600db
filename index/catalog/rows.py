"""An article that is to be stored, as the rows of each table (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from index.catalog.entries import Added, NewArticle, address_key
from index.catalog.passage_texts import PassageText
from index.storage.overflow import padding


def article_row(library_id: int, entry: NewArticle, result: Added, page: int) -> dict[str, Any]:
    """What `articles` holds of it, where each page of the file has so many bytes."""
    article = entry.article
    texts = {
        "title": article.title,
        "author": article.author,
        "site": article.site,
        "source": article.source,
        "address": article.address,
        "text": article.text,
    }
    length = sum(len((text or "").encode()) for text in texts.values())
    return {
        "id": result.article.id,
        "library_id": library_id,
        "content_hash": entry.content_hash,
        "published": article.published,
        "words": entry.words,
        "added": result.article.added,
        "padding": bytes(padding(length, page)),
        **texts,
    }


def details_row(library_id: int, entry: NewArticle, result: Added) -> dict[str, Any]:
    """What `article_details` holds of it."""
    return {
        "article_id": result.article.id,
        "library_id": library_id,
        "language": entry.article.language,
        "format": entry.article.format,
        "address_key": address_key(entry.article.address) if entry.article.address else None,
        "pages": len(entry.article.pages),
        "page_starts": entry.article.pages,
    }


def passage_rows(library_id: int, entry: NewArticle, result: Added) -> Iterator[dict[str, Any]]:
    """Its passages, in order."""
    for position, (passage_id, span) in enumerate(
        zip(result.passage_ids, entry.spans, strict=True)
    ):
        yield {
            "id": passage_id,
            "article_id": result.article.id,
            "library_id": library_id,
            "position": position,
            "start": span.start,
            "end": span.end,
        }


def embedding_rows(entry: NewArticle, result: Added) -> Iterator[dict[str, Any]]:
    """Its passages' embeddings, as little-endian float32."""
    vectors = np.ascontiguousarray(entry.embeddings, dtype="<f4")
    for passage_id, vector in zip(result.passage_ids, vectors, strict=True):
        yield {"passage_id": passage_id, "vector": vector.tobytes()}


def word_rows(entry: NewArticle, result: Added) -> Iterator[PassageText]:
    """What of each of its passages is searched for words."""
    for passage_id, span in zip(result.passage_ids, entry.spans, strict=True):
        body = entry.article.text[span.start : span.end]
        yield PassageText(passage_id, entry.article.title, body)
