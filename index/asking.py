"""One question's way: encoded, searched, read, answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter

from index.answer import decide, decide_without_reader, on_pages
from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.encoder import Encoder
from index.errors import QuestionError
from index.reading import Reader
from index.records import Answer, Candidate, Outcome
from index.search import fuse
from index.settings import IndexSettings
from index.shelf import Shelf
from index.split import count_words

CHARACTERS_PER_TOKEN = 40
"""A text so much longer is no question: refused before it is counted exactly."""


class Asking:
    """Asks one library."""

    def __init__(
        self,
        catalog: Catalog,
        info: LibraryInfo,
        shelf: Shelf,
        encoder: Encoder,
        reader: Reader | None,
        settings: IndexSettings,
    ) -> None:
        self._catalog = catalog
        self._info = info
        self._shelf = shelf
        self._encoder = encoder
        self._reader = reader
        self._settings = settings

    def ask(self, question: str, articles: Sequence[int] | None = None) -> Answer:
        """The answer to a question that `clean_question` has passed, from these articles only.

        Raises:
            UnknownArticleError: the library has none of one of these ids.
            UnknownLibraryError: the library is gone.
        """
        clock = _Clock()
        dense_wanted = self._settings.dense_candidates
        among = None
        if articles is not None:
            among = self._catalog.passage_ids(self._info.id, articles)
            # Of few passages every one is read.
            dense_wanted = max(dense_wanted, self._settings.read_candidates)
        vector = self._encoder.encode_question(question)
        clock.lap("encode")
        with self._shelf.in_use() as index:
            dense = index.search(vector, dense_wanted, among)
        keywords = self._catalog.keyword_search(
            self._info.id, question, self._settings.keyword_candidates, articles
        )
        ranked = fuse(([i for i, _ in dense], [i for i, _ in keywords]))
        candidates = self._candidates(ranked[: self._settings.read_candidates])
        clock.lap("search")
        if self._reader:
            readings = self._reader.read(question, candidates)
            days = self._catalog.days(self._info.id, {each.article for each in candidates})
            answer = decide(question, candidates, readings, self._settings, days)
        else:
            similarity = dict(dense)
            answer = decide_without_reader(
                question,
                candidates,
                [similarity.get(candidate.passage, 0.0) for candidate in candidates],
                self._settings,
            )
        clock.lap("read")
        return replace(self._on_pages(answer), seconds=clock.laps())

    def _on_pages(self, answer: Answer) -> Answer:
        proofs = [each.passage for each in answer.earlier]
        shown = {hit.article for hit in (*answer.passages, *proofs)}
        pages = self._catalog.page_starts(self._info.id, shown)
        earlier = zip(answer.earlier, on_pages(proofs, pages), strict=True)
        return replace(
            answer,
            passages=on_pages(answer.passages, pages),
            earlier=tuple(replace(each, passage=passage) for each, passage in earlier),
        )

    def _candidates(self, ranked: list[int]) -> list[Candidate]:
        found = self._catalog.candidates(self._info.id, ranked)
        # What another process has just removed is absent.
        return [found[passage] for passage in ranked if passage in found]


def clean_question(question: str, tokens: Callable[[str], int] | None, maximum: int) -> str:
    """The question with its white space tidied.

    `tokens` counts them as the reader does; without it, words are counted.

    Raises:
        QuestionError: it is empty, or longer than the model reads.
    """
    cleaned = " ".join(question.encode(errors="replace").decode().split())
    if not any(char.isalnum() for char in cleaned):
        raise QuestionError("The question is empty.", "Ask something, such as: who called whom?")
    length = len(cleaned) // CHARACTERS_PER_TOKEN
    if length <= maximum:
        length = tokens(cleaned) if tokens else count_words(cleaned)
    if length > maximum:
        raise QuestionError(
            f"The question is too long: about {length} tokens, and the model reads {maximum}.",
            "Ask it in a sentence or two; a longer text can be added as an article.",
        )
    return cleaned


def nothing(question: str) -> Answer:
    """The answer of a library without articles."""
    seconds = {"encode": 0.0, "search": 0.0, "read": 0.0, "total": 0.0}
    return Answer(question, Outcome.NOTHING, None, 0.0, (), seconds)


class _Clock:
    def __init__(self) -> None:
        self._start = self._last = perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        now = perf_counter()
        self._laps[step] = now - self._last
        self._last = now

    def laps(self) -> dict[str, float]:
        return {**self._laps, "total": perf_counter() - self._start}
