"""The encoder of each library: the configured one, or the one that it was made with."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic

from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.encoder import Encoder, SentenceEncoder, named_by
from index.errors import EncoderMismatchError, ModelError, SettingsError, StorageError
from index.settings import IndexSettings

logger = logging.getLogger(__name__)

RETRY_SECONDS = 60.0
"""A model that cannot be loaded is not looked for again with each question."""

MakeEncoder = Callable[[IndexSettings], Encoder]


class Encoders:
    """Gives each library the encoder it was made with; safe for many threads.

    A library whose encoder is no longer the configured one is asked, and added to, with its own
    until it has been encoded anew. That one is loaded on first use.
    """

    def __init__(
        self, configured: Encoder, settings: IndexSettings, make: MakeEncoder | None = None
    ) -> None:
        """`make` makes the encoder that settings name."""
        self.configured = configured
        self._settings = settings
        self._make = make or self._sentence_encoder
        self._lock = Lock()
        self._others: dict[tuple[str, str], Encoder] = {}
        self._missing: dict[tuple[str, str], tuple[float, str]] = {}
        """When one could not be loaded, and why."""

    @property
    def query_prefix(self) -> str:
        """What the configured encoder reads before a question."""
        return self._settings.query_prefix

    def note(self, catalog: Catalog) -> None:
        """Have libraries of the configured encoder know what it reads before a question.

        So that they can still be asked when another one is configured.
        """
        try:
            catalog.encodings.note_query_prefix(self.configured.identity, self.query_prefix)
        except StorageError as error:  # it is not needed yet
            logger.warning("The prefix of questions was not noted: %s", error)

    def of(self, library: LibraryInfo) -> Encoder:
        """The encoder that made the library's embeddings.

        Raises:
            EncoderMismatchError: it is not the configured one, and cannot be loaded.
        """
        if library.encoder == self.configured.identity:
            return self.configured
        key = library.encoder, library.query_prefix or ""
        with self._lock:
            if key not in self._others:
                failed_at, reason = self._missing.get(key, (-RETRY_SECONDS, ""))
                if monotonic() - failed_at < RETRY_SECONDS:
                    raise self._mismatch(library, reason)
                try:
                    self._others[key] = self._loaded(library)
                except (ModelError, SettingsError) as error:
                    self._missing[key] = monotonic(), str(error)
                    raise self._mismatch(library, str(error)) from error
            return self._others[key]

    def _loaded(self, library: LibraryInfo) -> Encoder:
        model, passage_prefix = named_by(library.encoder)
        chosen = {
            "encoder": model,
            "passage_prefix": passage_prefix,
            "query_prefix": library.query_prefix or "",
        }
        made = self._make(self._settings.model_copy(update=chosen))
        # The latter loads the model.
        if (made.identity, made.dimension) != (library.encoder, library.dimension):
            raise ModelError(
                f"{made.identity} makes {made.dimension} numbers of a passage,"
                f" and the library has {library.dimension}."
            )
        return made

    def _sentence_encoder(self, settings: IndexSettings) -> Encoder:
        return SentenceEncoder(settings, (self.configured, *self._others.values()))

    def _mismatch(self, library: LibraryInfo, reason: str) -> EncoderMismatchError:
        return EncoderMismatchError(
            f"The library {library.name!r} was made with the encoder {library.encoder}, and the"
            f" configuration names {self.configured.identity}. {reason}",
            f"Encode it anew: `cuttings reencode --library {library.name}`. Or put that model back"
            " where it was.",
        )
