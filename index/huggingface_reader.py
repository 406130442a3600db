"""A cross-encoder and a question-answering model of Hugging Face in the packaged reader's place.

Needs the extra [huggingface-reader]; the only importer of transformers' models.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np

from index.errors import ModelError, OptionalDependencyError, SettingsError
from index.reading import Reading, ScoredSpan, best_spans, merged
from index.records import Candidate
from index.settings import IndexSettings
from index.split import lead

WINDOW_OVERLAP = 48
MAXIMUM_TOKENS = 512


class HuggingFaceReader:
    """Relevance from one model, spans from another; loaded on first use; safe for threads."""

    def __init__(self, settings: IndexSettings) -> None:
        """Names are checked now, the models loaded later.

        Raises:
            SettingsError: one of the two models is not named.
        """
        if not settings.cross_encoder or not settings.question_answering:
            raise SettingsError(
                'reader = "huggingface" needs two models.',
                "Name them (or their folders) as `cross_encoder` and `question_answering`.",
            )
        self._settings = settings
        self._lock = Lock()

    @property
    def identity(self) -> str:
        return f"{self._settings.cross_encoder} + {self._settings.question_answering}"

    def question_tokens(self, question: str) -> int:
        with self._lock:
            tokenizer = self._answering[0]
            return len(tokenizer(question, add_special_tokens=False)["input_ids"])

    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        with self._lock:
            return [
                Reading(self._relevance(question, candidate), self._spans(question, candidate))
                for candidate in candidates
            ]

    def _relevance(self, question: str, candidate: Candidate) -> float:
        import torch

        tokenizer, model = self._ranking
        passage = lead(candidate.title, candidate.text) + candidate.text
        inputs = tokenizer(
            question,
            passage,
            truncation="only_second",
            max_length=_maximum(tokenizer),
            return_tensors="pt",
        )
        with torch.inference_mode():
            logits = model(**inputs).logits[0]
        # Two classes: the second is "relevant"; one: the score itself.
        return float(logits[-1] - logits[0]) if len(logits) == 2 else float(logits[0])

    def _spans(self, question: str, candidate: Candidate) -> tuple[ScoredSpan, ...]:
        import torch

        tokenizer, model = self._answering
        before = lead(candidate.title, candidate.text)
        windows = tokenizer(
            question,
            before + candidate.text,
            truncation="only_second",
            max_length=_maximum(tokenizer),
            stride=WINDOW_OVERLAP,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            padding=True,
            return_tensors="pt",
        )
        offsets = windows.pop("offset_mapping").tolist()
        windows.pop("overflow_to_sample_mapping")
        with torch.inference_mode():
            outputs = model(**windows)
        readings = []
        for number, window in enumerate(offsets):
            shifted = [(start - len(before), end - len(before)) for start, end in window]
            readable = np.array(
                [
                    sequence == 1 and start >= 0 and end > start
                    for sequence, (start, end) in zip(
                        windows.sequence_ids(number), shifted, strict=True
                    )
                ]
            )
            starts = outputs.start_logits[number].numpy()
            ends = outputs.end_logits[number].numpy()
            null_score = float(starts[0] + ends[0])
            spans = best_spans(starts, ends, shifted, readable, candidate.text, null_score)
            readings.append(Reading(0.0, tuple(spans)))
        return merged(readings).spans

    @cached_property
    def _ranking(self) -> tuple[Any, Any]:
        return self._load(self._settings.cross_encoder, "AutoModelForSequenceClassification")

    @cached_property
    def _answering(self) -> tuple[Any, Any]:
        return self._load(self._settings.question_answering, "AutoModelForQuestionAnswering")

    def _load(self, name: str, kind: str) -> tuple[Any, Any]:
        if not self._settings.download_models:
            # Before the import: else huggingface_hub asks its hub even for local files.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        try:
            import transformers
        except ImportError as error:
            raise OptionalDependencyError(
                'reader = "huggingface" needs the package transformers.',
                "Install it: pip install 'cuttings[huggingface-reader]'",
            ) from error
        transformers.logging.disable_progress_bar()
        local = not self._settings.download_models
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(name, local_files_only=local)
            model = getattr(transformers, kind).from_pretrained(name, local_files_only=local)
        except Exception as error:  # safetensors raises bare Exceptions for damaged weights
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise ModelError(
                f"The model {name!r} cannot be loaded: {reason}",
                "Name a folder that holds it, or set download_models = true to fetch it once.",
            ) from error
        return tokenizer, model.eval()


def _maximum(tokenizer: Any) -> int:
    # Some tokenizers say a number as large as a galaxy where they know no limit.
    return min(MAXIMUM_TOKENS, int(tokenizer.model_max_length))
