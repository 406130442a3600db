"""The words in a picture; the only importer of rapidocr, which the extra `[ocr]` brings.

The models of its wheel are named to it by their paths, so that it never looks for others.
They read the Latin alphabet with its accents, Chinese and Japanese.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.formats.draft import Progress
from index.formats.recognised_lines import (
    SeenLine,
    legible_lines,
    straightened,
    upright_share,
    without_phone_bars,
)
from index.formats.recognised_paragraphs import text_of

Picture = npt.NDArray[np.uint8]
"""Height, width and the three colours red, green, blue."""

MAX_THREADS = 2
DETECTION_SIDE = 1600
"""Pixels of the longer side at which text is looked for; its letters are read at full size."""
MARGIN = 2.0
"""How far lines are cut out around their letters. Cut out more closely, as is usual, large
photographs lose spaces between words: 4 % of the words, measured."""
SMALL_SIDE = 1000
"""Pictures with a shorter long side are doubled: letters of nine pixels are found then."""
BAND = 2200
"""Pixels of height that are read at a time; screenshots of a whole page are far taller."""
UPSIDE_DOWN = 0.8
"""Letters that stand on their heads are read with 0.6 to 0.7, others with 0.97 and more."""

_DETECTION = "PP-OCRv6_det_small.onnx"
_READING = "PP-OCRv6_rec_small.onnx"


def available() -> bool:
    """Whether the extra `[ocr]` is installed."""
    return find_spec("rapidocr") is not None


def recognised_text(image: Picture, progress: Progress | None = None) -> str:
    """Return the text in a picture: paragraphs in reading order, or "" where there is none.

    A page that lies on its side or stands on its head is turned. `progress` is told of the parts
    of a tall picture. Raises MemoryError.
    """
    if min(image.shape[:2]) < 8:
        return ""
    if max(image.shape[:2]) < SMALL_SIDE:
        image = _doubled(image)
    height, width = image.shape[:2]
    lines, share = _read(image, progress)
    if share < 0.5:
        lines = max((_read(_turned(image, turns))[0] for turns in (1, 3)), key=_confidence)
        width, height = height, width
    elif lines and _confidence(lines) < UPSIDE_DOWN:
        lines = max(lines, _read(_turned(image, 2))[0], key=_confidence)
    return text_of(without_phone_bars(legible_lines(lines), width, height))


def _read(image: Picture, progress: Progress | None = None) -> tuple[list[SeenLine], float]:
    """Return the lines, and how much of the text stands upright."""
    corners: list[list[list[float]]] = []
    texts: list[str] = []
    scores: list[float] = []
    bands = _bands(image)
    for number, (top, bottom) in enumerate(bands, 1):
        # The recogniser expects the colours in the order of OpenCV.
        seen = _seen(np.ascontiguousarray(image[top:bottom, :, ::-1]))
        if progress is not None and len(bands) > 1:
            progress(number, len(bands))
        if seen.boxes is None or seen.txts is None:
            continue
        for box, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True):
            corners.append([[float(x), float(y) + top] for x, y in box])
            texts.append(text)
            scores.append(float(score))
    return straightened(corners, texts, scores), upright_share(corners)


def _bands(image: Picture) -> list[tuple[int, int]]:
    """Cut a tall picture between lines, where its rows of pixels are of one colour."""
    height = len(image)
    if height <= 1.5 * BAND:
        return [(0, height)]
    # Every fourth pixel tells enough.
    contrast = np.ptp(image[:, ::4, 1], axis=1)
    bands = []
    top = 0
    while height - top > 1.5 * BAND:
        low, high = top + BAND // 2, top + BAND
        quietest = contrast[low:high].min()
        bottom = low + int(np.flatnonzero(contrast[low:high] == quietest)[-1])
        bands.append((top, bottom))
        top = bottom
    return [*bands, (top, height)]


def _doubled(image: Picture) -> Picture:
    from PIL import Image

    height, width = image.shape[:2]
    large = Image.fromarray(image).resize((2 * width, 2 * height), Image.Resampling.BICUBIC)
    return np.asarray(large)


def _turned(image: Picture, quarters: int) -> Picture:
    return np.rot90(image, quarters)


def _confidence(lines: list[SeenLine]) -> float:
    letters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / letters if letters else 0.0


def _seen(picture: Picture) -> Any:
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    try:
        return _engine()(picture)
    except ONNXRuntimeError as error:
        # Its models are whole and take any picture; what they can lack is memory.
        raise MemoryError(str(error)) from error


@cache
def _engine() -> Any:
    """Load the models, once a process."""
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            # The pictures have their size already.
            "Global.max_side_len": 100_000,
            "Det.model_path": str(models / _DETECTION),
            "Det.limit_type": "max",
            "Det.limit_side_len": DETECTION_SIDE,
            "Det.unclip_ratio": MARGIN,
            "Rec.model_path": str(models / _READING),
            # Lines of unequal length in one batch are all padded to the longest.
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": min(MAX_THREADS, _cores()),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
