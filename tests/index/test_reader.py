"""The packaged reader: what its card says, alone or among others, however long the passage."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from real_models import reader

from index.errors import ModelError
from index.reader import WEIGHTS, PackagedReader
from index.reading import Reading
from index.records import Candidate

EXAMPLES = json.loads((WEIGHTS / "examples.json").read_text("utf-8"))
FILLER = "The weather on the coast was mild, and nothing of note happened there at all. " * 60
BRIDGE = "The carpenter Ruben Hale designed the footbridge of Tallow and built most of it himself."
OTHERS = [
    "It replaces a ferry that had carried walkers since 1911.",
    "A grant of 340,000 pounds paid for the repair of the lighthouse.",
    BRIDGE + " " + FILLER[:900],
]


def candidate(text: str, title: str = "") -> Candidate:
    return Candidate(passage=1, article=1, title=title, text=text, start=0)


def read(question: str, *texts: str, title: str = "") -> list[Reading]:
    return reader().read(question, [candidate(text, title) for text in texts])


def best(text: str, reading: Reading) -> str:
    return text[reading.spans[0].start : reading.spans[0].end]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["question"])
def test_the_examples_of_the_card_are_read_as_it_says(example: dict[str, str]) -> None:
    (reading,) = read(example["question"], example["passage"])
    # int8 kernels differ between processors, by some tenths of a logit.
    assert reading.relevance == pytest.approx(example["relevance"], abs=1.0)
    assert reading.spans[0].margin == pytest.approx(example["margin"], abs=1.0)
    assert best(example["passage"], reading) == example["answer"]


def test_a_pair_alone_is_read_exactly_as_among_others() -> None:
    question = "Who designed the footbridge?"
    (alone,) = read(question, BRIDGE)
    among = read(question, *OTHERS, BRIDGE, *OTHERS)
    assert among[3] == alone
    assert among[:3] == among[4:]


def test_readings_come_in_the_order_of_the_candidates() -> None:
    texts = [*OTHERS, BRIDGE]
    question = "Since when had the ferry carried walkers?"
    together = read(question, *texts)
    assert together == [read(question, text)[0] for text in texts]
    assert best(texts[0], together[0]) == "1911"
    assert max(together, key=lambda reading: reading.relevance) is together[0]


def test_no_candidates_have_no_readings() -> None:
    assert reader().read("Who?", []) == []


def test_an_answer_at_the_end_of_a_passage_longer_than_the_model_reads_is_found() -> None:
    text = FILLER + BRIDGE
    assert reader().question_tokens(text) > 2 * 512
    (reading,) = read("Who designed the footbridge of Tallow?", text)
    (short,) = read("Who designed the footbridge of Tallow?", BRIDGE)
    span = reading.spans[0]
    assert text[span.start : span.end] in ("Ruben Hale", "The carpenter Ruben Hale")
    assert span.start >= len(FILLER)
    assert reading.relevance > 0
    assert short.relevance > 0


@pytest.mark.parametrize(
    "title", ["", "A bridge for Tallow", "Jose\u0301 👩‍👩‍👧 国务卿", "T" * 9_000]
)
def test_a_title_shifts_nothing_and_is_never_the_answer(title: str) -> None:
    (reading,) = read("Who designed the footbridge of Tallow?", BRIDGE, title=title)
    assert "Ruben Hale" in best(BRIDGE, reading)
    for span in reading.spans:
        assert 0 <= span.start < span.end <= len(BRIDGE)


def test_a_title_is_read() -> None:
    text = "It was opened on Saturday by the mayor."
    question = "When was the bridge of Tallow opened?"
    (without,), (titled,) = read(question, text), read(question, text, title="The Tallow bridge")
    assert titled.relevance > without.relevance + 1


def test_a_passage_without_a_word_has_no_span() -> None:
    for text in ("...", "👩‍👩‍👧", "\u0301"):
        (reading,) = read("Who?", text)
        assert all(text[s.start : s.end].strip() for s in reading.spans)


def test_the_tokens_of_a_question_of_any_length_are_counted() -> None:
    assert reader().question_tokens("Who called?") == 3
    assert reader().question_tokens("who " * 5_000) == 5_000


@pytest.mark.parametrize("present", [[], ["tokenizer.json"], ["reader.onnx"]])
def test_missing_weights_are_a_model_error_with_a_hint(tmp_path: Path, present: list[str]) -> None:
    for name in present:
        (tmp_path / name).symlink_to(WEIGHTS / name)
    lost = PackagedReader(weights=tmp_path)
    for _ in range(2):
        with pytest.raises(ModelError) as caught:
            lost.read("Who?", [candidate(BRIDGE)])
        assert "none" in caught.value.hint
    with pytest.raises(ModelError):
        lost.question_tokens("Who?")


def test_damaged_weights_are_a_model_error(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").symlink_to(WEIGHTS / "tokenizer.json")
    (tmp_path / "reader.onnx").write_bytes((WEIGHTS / "reader.onnx").read_bytes()[:1_000_000])
    with pytest.raises(ModelError):
        PackagedReader(weights=tmp_path).read("Who?", [candidate(BRIDGE)])


def test_many_threads_read_at_once_what_one_reads() -> None:
    fresh = PackagedReader(threads=2)
    questions = ["Who designed the footbridge?", "Since when did the ferry run?", "How much?"] * 4
    candidates = [candidate(text) for text in (BRIDGE, *OTHERS[:2])]
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda question: fresh.read(question, candidates), questions))
    assert found == [reader().read(question, candidates) for question in questions]
