"""A library: articles in, answers out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.adding import Adding, EncodedArticle, Progress
from index.asking import Asking, clean_question, nothing
from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.catalog.schema import SCHEMA
from index.encoders import Encoders
from index.errors import EncodedAnewError, UnknownArticleError, UnknownLibraryError
from index.inspection import bytes_on_disk, encoding_notes, problems, versions
from index.reading import Reader
from index.records import (
    Answer,
    Article,
    CheckReport,
    FailedSource,
    Receipt,
    StoredArticle,
    Totals,
)
from index.settings import IndexSettings
from index.shelves import Shelves
from index.transfer import export_library, read_export


@dataclass(frozen=True, slots=True)
class Shared:
    """What the libraries of one data folder have in common."""

    settings: IndexSettings
    data: Path
    catalog: Catalog
    shelves: Shelves
    encoders: Encoders
    reader: Reader | None


class Library:
    """Articles in, answers out. Made by an Archive; safe for many threads."""

    def __init__(self, shared: Shared, name: str) -> None:
        self.name = name
        self._shared = shared
        self._catalog = shared.catalog
        self._settings = shared.settings

    def add(
        self, sources: Iterable[Article | FailedSource], progress: Progress | None = None
    ) -> Iterator[Receipt]:
        """Add articles as the result is iterated: a receipt for each source, in order.

        A receipt is given only after what it says is on disk. `progress` is told how many
        passages are encoded, of how many.

        A text that the library holds is known, wherever it was read. Of an address the library
        holds one article: another text of it replaces the earlier one, which is removed as
        `remove` would, in the same moment; the receipt says which that was. The earlier one
        stays, and is known, where the new text has fewer than half of its words (a page that lost
        its article has not changed it), or where that was read later than what is imported.

        Raises:
            EncoderMismatchError: it was made with another encoder, which cannot be loaded.
            UnknownLibraryError: the library was forgotten meanwhile.
            StorageError: something cannot be written; what was acknowledged is kept.
            ModelError: the encoder cannot be loaded.
        """
        return self._add(sources, progress)

    def ask(self, question: str, articles: Sequence[int] | None = None) -> Answer:
        """The answer to a question, from this library's articles only.

        Args:
            question: in any words.
            articles: the ids of those that may answer; all without it.

        Raises:
            QuestionError: it is empty or too long.
            UnknownArticleError: there is none of one of these ids.
            EncoderMismatchError: it was made with another encoder, which cannot be loaded.
            ModelError: a model cannot be loaded.
        """
        shared = self._shared
        maximum = self._settings.max_question_tokens
        info = self._info_with(articles[0]) if articles else self._info()
        within = articles if articles is not None or info is None else self.articles(limit=1)
        if info is None or not within:
            return nothing(clean_question(question, None, maximum))  # without loading a model
        tokens = shared.reader.question_tokens if shared.reader else None
        cleaned = clean_question(question, tokens, maximum)
        while info:
            encoder, shelf = shared.encoders.of(info), shared.shelves.of(info)
            asking = Asking(self._catalog, info, shelf, encoder, shared.reader, self._settings)
            try:
                return asking.ask(cleaned, articles)
            except UnknownLibraryError:  # forgotten while it was being asked
                break
            except EncodedAnewError:  # likewise
                info = self._info()
        return nothing(cleaned)

    def articles(
        self, offset: int = 0, limit: int | None = None, matching: str | None = None
    ) -> list[StoredArticle]:
        """The articles, newest first.

        With `matching`, those in whose title, author and site all of its words are found, each a
        word or a part of one, whatever the capitals and accents.
        """
        info = self._info()
        return (
            self._catalog.articles(info.id, offset=offset, limit=limit, matching=matching)
            if info
            else []
        )

    def count(self, matching: str | None = None) -> int:
        """How many articles `articles` gives in all."""
        info = self._info()
        return self._catalog.count(info.id, matching) if info else 0

    def totals(self) -> Totals:
        """How much the library holds."""
        info = self._info()
        return self._catalog.totals(info.id) if info else Totals(0, 0, 0)

    def held(self, addresses: Iterable[str]) -> dict[str, StoredArticle]:
        """Those articles that have one of these addresses, by the address."""
        info = self._info()
        return self._catalog.held(info.id, addresses) if info else {}

    def article(self, article: int) -> StoredArticle:
        """One article, without its text.

        Raises:
            UnknownArticleError: there is none of this id.
        """
        return self._catalog.article(self._info_with(article).id, article)

    def text(self, article: int) -> str:
        """An article's text, of which every answer is a slice.

        Raises:
            UnknownArticleError: there is none of this id.
        """
        return self._catalog.text(self._info_with(article).id, article)

    def whole(self, article: int) -> Article:
        """An article as it was added, so that it can be added again.

        Raises:
            UnknownArticleError: there is none of this id.
        """
        info = self._info_with(article)
        stored = self._catalog.article(info.id, article)
        return Article(
            text=self._catalog.text(info.id, article),
            title=stored.title,
            author=stored.author,
            site=stored.site,
            published=stored.published,
            source=stored.source,
            added=stored.added,
            language=stored.language,
            format=stored.format,
            pages=self._catalog.page_starts(info.id, [article]).get(article, ()),
            address=stored.address,
        )

    def remove(self, articles: Sequence[int]) -> list[StoredArticle]:
        """Remove articles: all of them or none. Returns what they were.

        Raises:
            UnknownArticleError: there is none of one of these ids; nothing was removed.
        """
        if not articles:
            return []
        info = self._info_with(articles[0])
        removed = [self._catalog.article(info.id, article) for article in dict.fromkeys(articles)]
        passages, revision = self._catalog.remove(info.id, [article.id for article in removed])
        self._shared.shelves.of(info).removed(passages, revision)
        return removed

    def export(self, file: Path, name: str | None = None) -> int:
        """Write all articles with their embeddings to `file` (JSON Lines); how many there were.

        The file says which library it is of: by `name`, where the library's own is not for others.

        Raises:
            StorageError: the file cannot be written.
        """
        info = self._info()
        return export_library(self._catalog, info, file, name) if info else 0

    def import_(self, file: Path, progress: Progress | None = None) -> Iterator[Receipt]:
        """Add the articles of an exported file, as `add` does.

        Nothing is encoded again where the file's encoder is this library's.

        Raises:
            ImportFileError: it is no such file; nothing was imported.
        """
        encoder = self._shared.encoders.configured
        info = self._info()

        def dimension() -> int:
            return info.dimension if info else encoder.dimension  # the latter loads the model

        identity = info.encoder if info else encoder.identity
        articles = read_export(file, identity, dimension, self._settings)
        return self._add(articles, progress)

    def check(self) -> CheckReport:
        """Look at everything: is the database whole, does the vector index agree with it?"""
        shared = self._shared
        info = self._info()
        encoder = shared.encoders.configured.identity
        found: tuple[str, ...] = ()
        shelf = None
        if info:
            shelf = shared.shelves.of(info)
            found = problems(self._catalog, info, shelf)
        return CheckReport(
            library=self.name,
            articles=len(self.articles()),
            passages=len(self._catalog.passage_ids(info.id)) if info else 0,
            vectors=shelf.size if shelf else 0,
            encoder=info.encoder if info else encoder,
            dimension=info.dimension if info else 0,
            reader=shared.reader.identity if shared.reader else "none",
            bytes=bytes_on_disk(shared.data),
            problems=found,
            notes=(*shelf.notes, *encoding_notes(info, encoder)) if info and shelf else (),
            versions=versions(SCHEMA.head),
        )

    def rebuild(self) -> int:
        """Make anew what is searched, from texts and embeddings; how many vectors it holds."""
        info = self._info()
        if info is None:
            return 0
        self._catalog.keywords.rebuild(info.id)
        return self._shared.shelves.of(info).rebuild()

    def _add(
        self,
        sources: Iterable[Article | EncodedArticle | FailedSource],
        progress: Progress | None,
    ) -> Iterator[Receipt]:
        shared = self._shared
        info = self._info()
        if info:
            shared.encoders.of(info)  # so that it fails here if it must
        adding = Adding(self._catalog, info, self._make, shared.shelves, shared.encoders, progress)
        return adding.run(sources)

    def _make(self) -> LibraryInfo:
        encoders = self._shared.encoders
        encoder, prefix = encoders.configured, encoders.query_prefix
        return self._catalog.create_library(self.name, encoder.identity, encoder.dimension, prefix)

    def _info(self) -> LibraryInfo | None:
        try:
            return self._catalog.library(self.name)
        except UnknownLibraryError:
            return None

    def _info_with(self, article: int) -> LibraryInfo:
        if info := self._info():
            return info
        raise UnknownArticleError(
            f"There is no article {article}: the library is empty.",
            "Add articles first: `cuttings add FILE`.",
        )
