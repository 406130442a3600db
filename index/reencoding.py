"""A library's passages by another encoder, while it is asked with the embeddings it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.adding import Progress
from index.catalog.catalog import Catalog
from index.catalog.encodings import USELESS
from index.catalog.entries import LibraryInfo
from index.catalog.ids import batches
from index.encoder import Encoder
from index.errors import EncodedAnewError, StorageBusyError
from index.shelves import Shelves
from index.split import lead

AT_ONCE = 64
"""Passages encoded and stored together: some seconds' work, which is all that can be lost."""


@dataclass(frozen=True, slots=True)
class Reencoded:
    """What became of one library."""

    library: str
    encoder: str
    """Identity of the encoder that all of its passages are of now."""
    passages: int
    """How many were encoded this time, and not before it was last stopped."""


class Reencoding:
    """Encodes libraries anew, each by and by: what is stored stays, whenever it is stopped."""

    def __init__(
        self,
        catalog: Catalog,
        shelves: Shelves,
        encoder: Encoder,
        query_prefix: str,
        progress: Progress | None = None,
    ) -> None:
        """`query_prefix` is what the encoder reads before a question."""
        self._catalog = catalog
        self._shelves = shelves
        self._encodings = catalog.encodings
        self._encoder = encoder
        self._query_prefix = query_prefix
        self._progress = progress
        self._done = 0
        self._total = 0

    def run(self, libraries: Sequence[LibraryInfo]) -> Iterator[Reencoded]:
        """Encode one after another; one that is of this encoder already is only tidied up.

        Raises:
            UnknownLibraryError: one was forgotten meanwhile.
            StorageBusyError: another process encodes one with another encoder.
            ModelError: the encoder cannot be loaded.
        """
        identity = self._encoder.identity
        sizes = {
            info.id: self._catalog.totals(info.id).passages
            for info in libraries
            if info.encoder != identity
        }
        self._total = sum(sizes.values())
        before = 0
        for info in libraries:
            passages = 0
            if info.id in sizes:
                passages = self._change(info, before, sizes[info.id])
                before += sizes[info.id]
            else:
                self._encodings.abandon(info.id)
            yield Reencoded(info.name, identity, passages)

    def _change(self, info: LibraryInfo, before: int, size: int) -> int:
        """Encode until the library is of the encoder; how many passages it took."""
        passages = 0
        while info.encoder != self._encoder.identity:
            task = self._encodings.begin(info.id, self._encoder.identity, self._encoder.dimension)
            try:
                for encoded in self._encode(task, before, size):
                    passages += encoded
            except EncodedAnewError as error:
                info = self._encodings.library(info.id)
                if info.next_encoder not in (None, USELESS, self._encoder.identity):
                    raise StorageBusyError(
                        f"Another process encodes the library {info.name!r} with"
                        f" {info.next_encoder}.",
                        "Wait until it has finished, or stop it, and try again.",
                    ) from error
            else:
                self._shelves.outlived(task)
                break
        self._encodings.delete_useless(info.id)
        return passages

    def _encode(self, task: LibraryInfo, before: int, size: int) -> Iterator[int]:
        """Encode what there is, then what came meanwhile, and switch; how many, each time."""
        looks = 0
        certain = 0
        """The article up to which everything was seen to be encoded: ids only rise."""
        preparation = self._shelves.preparation(_as_it_will_be(task, self._query_prefix))
        while True:
            waiting = self._encodings.waiting(task, certain)
            looks += 1
            if looks == 1:
                self._done = before + size - waiting.passages
            else:
                self._total += waiting.passages
            self._encoded(0)
            yield from self._encode_articles(task, [article for article, _ in waiting.articles])
            # Everything is looked at twice, for much may happen in the hours that the first takes.
            if looks > 1:
                certain = waiting.last
            if not waiting.articles:
                with preparation.made(waiting.revision):
                    if self._encodings.switch(task, waiting.revision, self._query_prefix):
                        return

    def _encode_articles(self, task: LibraryInfo, articles: Sequence[int]) -> Iterator[int]:
        waiting = (each for article in articles for each in self._encodings.passages(task, article))
        for batch in batches(waiting, AT_ONCE):
            texts = [lead(each.title, each.text) + each.text for each in batch]
            vectors = self._encoder.encode_passages(texts, self._encoded)
            self._encodings.store(task, [each.passage for each in batch], vectors)
            yield len(batch)

    def _encoded(self, passages: int) -> None:
        self._done += passages
        if self._progress:
            self._progress(self._done, self._total)


def _as_it_will_be(task: LibraryInfo, query_prefix: str) -> LibraryInfo:
    assert task.next_encoder
    assert task.next_dimension
    return replace(
        task,
        encoder=task.next_encoder,
        dimension=task.next_dimension,
        query_prefix=query_prefix,
        generation=task.generation + 1,
        next_encoder=USELESS,
        next_dimension=None,
    )
