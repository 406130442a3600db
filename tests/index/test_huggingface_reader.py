"""Models of Hugging Face in the packaged reader's place: tiny ones, with random weights."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers
from real_models import without_network

from index.errors import ModelError, SettingsError
from index.huggingface_reader import HuggingFaceReader
from index.models import make_reader
from index.reader import WEIGHTS
from index.reading import SPANS_KEPT
from index.records import Candidate
from index.settings import IndexSettings

LONG = " ".join(f"Sentence number {number} of José is here." for number in range(150))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `ranking`, `classes` (two of them) and `answering`."""
    torch.manual_seed(5)
    folder = tmp_path_factory.mktemp("models")
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(WEIGHTS / "tokenizer.json"),
        model_max_length=512,
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        unk_token="[UNK]",
        mask_token="[MASK]",
    )
    shape: dict[str, Any] = {
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 64,
        "initializer_range": 2.0,
        "vocab_size": len(tokenizer),
    }
    for name, kind, more in (
        ("ranking", transformers.BertForSequenceClassification, {"num_labels": 1}),
        ("classes", transformers.BertForSequenceClassification, {"num_labels": 2}),
        ("answering", transformers.BertForQuestionAnswering, {}),
    ):
        kind(transformers.BertConfig(**shape, **more)).save_pretrained(folder / name)
        tokenizer.save_pretrained(folder / name)
    return folder


def make(models: Path, ranking: str = "ranking") -> HuggingFaceReader:
    settings = IndexSettings(
        reader="huggingface",
        cross_encoder=str(models / ranking),
        question_answering=str(models / "answering"),
    )
    made = make_reader(settings)
    assert isinstance(made, HuggingFaceReader)
    return made


def candidate(text: str, title: str = "A title") -> Candidate:
    return Candidate(passage=1, article=1, title=title, text=text, start=0)


@pytest.mark.parametrize("ranking", ["ranking", "classes"])
def test_spans_are_slices_of_whole_words_best_first(models: Path, ranking: str) -> None:
    texts = ["The mayor opened the bridge of José.", "Jose\u0301 👩‍👩‍👧 国务卿 1,000", LONG]
    readings = make(models, ranking).read("Who opened it?", [candidate(text) for text in texts])
    assert len({reading.relevance for reading in readings}) == 3
    for text, reading in zip(texts, readings, strict=True):
        assert 0 < len(reading.spans) <= SPANS_KEPT
        margins = [span.margin for span in reading.spans]
        assert margins == sorted(margins, reverse=True)
        words = {match.start() for match in re.finditer(r"\b[A-Za-z]", text)}
        for span in reading.spans:
            assert 0 <= span.start < span.end <= len(text)
            if text[span.start].isascii() and text[span.start].isalpha():
                assert span.start in words


def test_a_long_passage_is_read_to_its_end(models: Path) -> None:
    reader = make(models)
    assert reader.question_tokens(LONG) > 2 * 512
    answering = reader._answering[1]
    seen: list[int] = []
    original = answering.forward

    def spying(*arguments: Any, **inputs: Any) -> Any:
        seen.extend(inputs["input_ids"].flatten().tolist())
        return original(*arguments, **inputs)

    answering.forward = spying
    reader.read("Who?", [candidate(LONG)])
    carpenter = reader._answering[0].convert_tokens_to_ids("carpenter")
    assert carpenter not in seen
    reader.read("Who?", [candidate(LONG + " A carpenter.")])
    assert carpenter in seen


def test_a_reading_is_the_same_alone_and_among_others(models: Path) -> None:
    reader = make(models)
    candidates = [candidate("The mayor opened it."), candidate(LONG), candidate("A bee.")]
    together = reader.read("Who opened it?", candidates)
    assert together == [reader.read("Who opened it?", [one])[0] for one in candidates]
    with ThreadPoolExecutor(4) as pool:
        assert (
            list(pool.map(lambda _: reader.read("Who opened it?", candidates), range(4)))
            == [together] * 4
        )


def test_no_candidates_have_no_readings(models: Path) -> None:
    assert make(models).read("Who?", []) == []


def test_its_identity_names_both_models(models: Path) -> None:
    assert str(models / "ranking") in make(models).identity
    assert str(models / "answering") in make(models).identity


@pytest.mark.parametrize("named", [{}, {"cross_encoder": "a"}, {"question_answering": "b"}])
def test_both_models_must_be_named(named: dict[str, str]) -> None:
    settings = IndexSettings(reader="huggingface", **named)
    with pytest.raises(SettingsError) as caught:
        make_reader(settings)
    assert "cross_encoder" in caught.value.hint


def test_models_that_cannot_be_loaded_are_a_model_error(models: Path, tmp_path: Path) -> None:
    (tmp_path / "answering").mkdir()
    damaged = tmp_path / "ranking"
    damaged.mkdir()
    for file in (models / "ranking").iterdir():
        (damaged / file.name).symlink_to(file)
    (damaged / "model.safetensors").unlink()
    (damaged / "model.safetensors").write_bytes(b"garbage")
    for folder in (tmp_path, Path("no-such-owner")):
        with pytest.raises(ModelError) as caught:
            make(folder).read("Who?", [candidate("It.")])
        assert "download_models" in caught.value.hint


def test_a_model_of_the_hub_is_not_fetched_unless_downloads_are_allowed(tmp_path: Path) -> None:
    settings = {
        "reader": "huggingface",
        "cross_encoder": "cross-encoder/ms-marco-MiniLM-L6-v2",
        "question_answering": "deepset/tinyroberta-squad2",
    }
    script = "make_reader(IndexSettings(**settings)).question_tokens('Who?')"
    assert without_network(script, settings, tmp_path) == ["ModelError"]


def test_the_other_readers_are_the_packaged_one_and_none() -> None:
    packaged = make_reader(IndexSettings())
    assert packaged
    assert packaged.identity == "cuttings-reader-1"
    assert make_reader(IndexSettings(reader="none")) is None
