"""The recogniser reads what is drawn, however it stands, with the models of its package alone."""

from __future__ import annotations

import logging
import socket
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rapidocr")

from picture_samples import HEADLINE, PARAGRAPHS, TEXT, page
from PIL import Image, ImageDraw, ImageFont

from index.formats import recognition
from index.formats.recognition import recognised_text

ACCENTED = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def read(picture: Image.Image) -> str:
    return recognised_text(np.asarray(picture))


def words(*lines: str) -> Image.Image:
    """Draw lines with a font that has more than ASCII."""
    if not ACCENTED.exists():
        pytest.skip("needs the DejaVu fonts")
    sheet = Image.new("RGB", (1300, 100 + 50 * len(lines)), "white")
    font = ImageFont.truetype(str(ACCENTED), 28)
    ImageDraw.Draw(sheet).multiline_text((40, 40), "\n".join(lines), "black", font, spacing=16)
    return sheet


@pytest.mark.parametrize(
    "picture",
    [
        page(),
        page(ink="#cccccc", paper="#15202b"),
        page(size=9, width=396),
        page().rotate(2, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC),
        page().rotate(90, expand=True),
        page().rotate(-90, expand=True),
        page().rotate(180),
    ],
    ids=["paper", "dark", "small", "askew", "left", "right", "upside-down"],
)
def test_a_page_is_read_to_the_letter(picture: Image.Image) -> None:
    assert read(picture) == TEXT


def test_columns_are_read_one_after_the_other() -> None:
    text = read(page(paragraphs=PARAGRAPHS * 2, columns=2, size=20))
    assert text == "\n\n".join((HEADLINE, *PARAGRAPHS * 2))


def test_a_screenshot_of_a_whole_page_is_read_in_parts_and_loses_no_line() -> None:
    told: list[tuple[int, int]] = []
    picture = page("At Tallow", PARAGRAPHS * 5, size=44, width=700)
    assert picture.height > 1.5 * recognition.BAND
    text = recognised_text(np.asarray(picture), lambda done, total: told.append((done, total)))
    assert text.split() == " ".join(("At Tallow", *PARAGRAPHS * 5)).split()
    assert told == [(number + 1, len(told)) for number in range(len(told))]
    assert len(told) > 1


def test_accents_are_read() -> None:
    lines = "Über die Mühlau führen größere Züge.", "En été, à Besançon, où naquit son œuvre."
    assert read(words(*lines)).split() == " ".join(lines).split()


def test_nothing_is_made_of_an_alphabet_that_is_not_known() -> None:
    lines = "Мост через реку Марл открыли 14 мая 2023 года.", "Паром ходил с 1911 года до 2014-го."
    assert read(words(*lines)) == ""


@pytest.mark.parametrize("size", [(300, 200), (1, 1), (4000, 3), (3, 4000)])
def test_there_is_no_text_on_an_empty_page(size: tuple[int, int]) -> None:
    assert read(Image.new("RGB", size, "white")) == ""


def test_nothing_is_made_of_noise() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (600, 800, 3), dtype=np.uint8)
    assert recognised_text(noise) == ""


def test_nothing_is_downloaded_nor_said(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the recogniser opened a connection")

    recognition._engine.cache_clear()
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    assert read(Image.new("RGB", (300, 200), "white")) == ""
    assert read(page()) == TEXT
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("RapidOCR").level >= logging.ERROR


def test_too_little_memory_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    def full(*_: Any) -> None:
        raise ONNXRuntimeError("std::bad_alloc")

    read(Image.new("RGB", (300, 200), "white"))
    monkeypatch.setattr(recognition._engine().text_det, "session", full)
    with pytest.raises(MemoryError):
        read(page())


def test_it_is_not_available_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    assert recognition.available()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    assert not recognition.available()
