"""Question + passage -> relevance and answer span; the only importer of onnxruntime.

The packaged reader, and what its card (weights/CARD.md) says of its inputs and outputs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelError
from index.reading import Reading, best_spans, merged
from index.records import Candidate
from index.split import lead

if TYPE_CHECKING:
    from tokenizers import Encoding

WEIGHTS = Path(__file__).parent / "weights"
IDENTITY = "cuttings-reader-1"
MAXIMUM_TOKENS = 512
WINDOW_OVERLAP = 48
"""A passage that is longer than the model reads is read in windows that share this many tokens."""


class PackagedReader:
    """The two-towered int8 ONNX model of the package, loaded on first use; safe for threads."""

    identity = IDENTITY

    def __init__(self, threads: int = 0, weights: Path = WEIGHTS) -> None:
        """`threads` 0 takes every core."""
        self._threads = threads or _cores()
        self._weights = weights
        self._loading = Lock()
        self._tokenizing = Lock()

    def question_tokens(self, question: str) -> int:
        with self._tokenizing:
            return len(self._counter.encode(question, add_special_tokens=False).ids)

    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        """Read one pair a run, the pairs side by side on the cores.

        Measured on two cores, sixteen passages of 180 tokens: 0.5 of the time of one padded
        batch. And as activations are quantised a batch, a pair on its own always gets the
        same scores, whatever else is a candidate.
        """
        # The longest first, so that no core ends with a long one alone.
        order = sorted(range(len(candidates)), key=lambda position: -len(candidates[position].text))
        read = self._pool.map(lambda position: self._read(question, candidates[position]), order)
        readings = dict(zip(order, read, strict=True))
        return [readings[position] for position in range(len(candidates))]

    def _read(self, question: str, candidate: Candidate) -> Reading:
        windows = self._encode(question, candidate)
        return merged([_reading(window, self._run(window), candidate) for window in windows])

    def _encode(self, question: str, candidate: Candidate) -> list[Encoding]:
        with self._tokenizing:
            first = self._tokenizer.encode(
                question, lead(candidate.title, candidate.text) + candidate.text
            )
        return [first, *first.overflowing]

    def _run(self, window: Encoding) -> list[Any]:
        inputs = {
            "input_ids": np.array([window.ids], dtype=np.int64),
            "attention_mask": np.array([window.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([window.type_ids], dtype=np.int64),
        }
        outputs: list[Any] = self._session.run(["relevance", "start_logits", "end_logits"], inputs)
        return [output[0] for output in outputs]

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="reader")

    @property
    def _tokenizer(self) -> Any:
        return self._models[0]

    @property
    def _counter(self) -> Any:
        return self._models[1]

    @property
    def _session(self) -> Any:
        return self._models[2]

    @property
    def _models(self) -> tuple[Any, Any, Any]:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> tuple[Any, Any, Any]:
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._weights / "tokenizer.json"))
            tokenizer.no_padding()
            # Without truncation, which refuses a long question that has no passage beside it.
            counter = Tokenizer.from_file(str(self._weights / "tokenizer.json"))
            counter.no_padding()
            counter.no_truncation()
            tokenizer.enable_truncation(
                MAXIMUM_TOKENS, stride=WINDOW_OVERLAP, strategy="only_second"
            )
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # the pairs run side by side instead
            session = onnxruntime.InferenceSession(
                self._weights / "reader.onnx", options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # tokenizers and onnxruntime raise bare Exceptions
            raise ModelError(
                f"The reader's files cannot be loaded: {error}",
                'Install the package again, or set reader = "none" to do without it.',
            ) from error
        return tokenizer, counter, session


def _reading(window: Encoding, output: list[Any], candidate: Candidate) -> Reading:
    relevance, start_logits, end_logits = output
    shift = len(lead(candidate.title, candidate.text))
    offsets = [(start - shift, end - shift) for start, end in window.offsets]
    readable = np.array(
        [
            sequence == 1 and start >= 0 and end > start
            for sequence, (start, end) in zip(window.sequence_ids, offsets, strict=True)
        ]
    )
    null_score = float(start_logits[0] + end_logits[0])
    spans = best_spans(start_logits, end_logits, offsets, readable, candidate.text, null_score)
    return Reading(float(relevance), tuple(spans))


def _cores() -> int:
    # The cores this process may use, which in a container are fewer than the machine's.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
