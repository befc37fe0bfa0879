"""The shipped model: what it answers, that it answers alike each time, and what it says when files are missing."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pytest

from quotes import paragraphs, reader
from quotes.blocks import Tokens
from quotes.errors import ModelError
from quotes.reader import MANIFEST, MODEL, NETWORK, Answer, Article, Reader, checked, decode, shared
from quotes.segmenter import segment
from tests.helpers import words_of

PLAIN = "“It is late,” said Ana Pell, a baker from Brin.\n\nNight fell.\n\n“We go home,” the mayor told reporters."


ARTICLES = sorted((Path(__file__).parent.parent / "fixtures" / "articles").glob("*.txt"))


def article(text: str) -> Article:
    parts = paragraphs.split(text)
    return text, parts, segment(text, parts).spans, None


def read(text: str) -> dict[int, Answer]:
    return shared().read([article(text)])[0]


def test_sources_and_cues() -> None:
    first, second = read(PLAIN).values()
    assert words_of(PLAIN, first.mention) is not None
    assert words_of(PLAIN, first.mention).startswith("Ana Pell")  # type: ignore[union-attr]
    assert words_of(PLAIN, first.cue) == "said"
    assert words_of(PLAIN, second.mention) == "the mayor"
    assert first.score > max((other.score for other in first.others), default=0.0)
    assert first.score > first.none
    assert first.spoken > 0.8


def test_a_title_of_a_work_has_no_source() -> None:
    text = "The film, titled “The Lighthouse Keeper,” opens in May. It was shot in Brin over three weeks last summer."
    (found,) = read(text).values()
    assert (found.mention, found.same_as) == (None, None)
    assert found.spoken < 0.5


def test_batches_change_no_answer() -> None:
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES[:6]]
    together = shared().read([article(text) for text in texts])
    for text, found in zip(texts, together, strict=True):
        assert read(text) == found


def test_threads_change_no_answer() -> None:
    texts = [article(path.read_text(encoding="utf-8")) for path in ARTICLES[:4]]
    assert Reader(threads=1).read(texts) == Reader(threads=3).read(texts)


def test_the_same_again_is_the_same() -> None:
    assert read(PLAIN) == read(PLAIN)


def test_what_is_left_can_be_cancelled() -> None:
    one = Reader(threads=1)
    begun = [one.begin(*article(PLAIN)) for _ in range(40)]
    for reading in begun:
        reading.cancel()
    with pytest.raises(CancelledError):
        begun[-1].results()
    assert one.read([article(PLAIN)]) == [read(PLAIN)]


def test_nothing_to_read() -> None:
    assert shared().read([]) == []
    assert shared().read([article("No marks here."), article("")]) == [{}, {}]


def test_a_process_has_one_reader() -> None:
    assert shared() is shared()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


def test_the_shipped_files_are_those_of_the_manifest() -> None:
    assert NETWORK in checked(MODEL)


def test_a_missing_file(copy: Path) -> None:
    (copy / NETWORK).unlink()
    with pytest.raises(ModelError, match=r"reader\.onnx is missing; install quotes again$"):
        Reader(copy)


def test_a_changed_file(copy: Path) -> None:
    with (copy / NETWORK).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="is not the one that was shipped"):
        Reader(copy)


@pytest.mark.parametrize("text", ["", "{}", "[1", '{"sha256": 1}'])
def test_a_damaged_manifest(copy: Path, text: str) -> None:
    (copy / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="install quotes again"):
        checked(copy)


def test_the_model_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 30e6
    assert set(json.loads((MODEL / MANIFEST).read_text(encoding="utf-8"))["sha256"]) <= {
        p.name for p in MODEL.iterdir()
    }


def tokens(narrative: list[bool], places: list[tuple[int, int]]) -> Tokens:
    n = len(narrative)
    return Tokens([0] * n, list(range(0, 2 * n, 2)), list(range(1, 2 * n, 2)), [0] * n, places, narrative)


def logits(n: int, *peaks: tuple[int, int]) -> np.ndarray:
    made = np.zeros((4, n), dtype=np.float32)
    for row, at in peaks:
        made[row, at] = 9.0
    return made


SPOKEN = np.array([0.0, 2.0], dtype=np.float32)


def test_decode_gives_the_likeliest_span() -> None:
    view = tokens([True, True, False, True, True], [(2, 7)])
    found = decode(view, 2, logits(5, (0, 3), (1, 4), (2, 0), (3, 1)), SPOKEN)
    assert (found.mention, found.cue) == (reader.Span(6, 9), reader.Span(0, 3))
    assert found.score > 0.99


def test_decode_of_none_and_of_another_quotation() -> None:
    view = tokens([True, False, False, True], [(1, 7), (2, 8)])
    none = decode(view, 2, logits(4, (0, 2), (1, 2)), SPOKEN)
    assert (none.mention, none.same_as, none.none > 0.99) == (None, None, True)
    same = decode(view, 2, logits(4, (0, 1), (1, 1)), SPOKEN)
    assert (same.mention, same.same_as) == (None, 7)


def test_decode_never_answers_with_the_words_of_a_quotation() -> None:
    view = tokens([True, False, False, True], [(2, 8)])
    found = decode(view, 2, logits(4, (0, 1), (1, 1)), SPOKEN)
    assert found.mention != reader.Span(2, 3)


def test_decode_never_ends_before_it_begins() -> None:
    view = tokens([True] * 5 + [False], [(5, 0)])
    found = decode(view, 5, logits(6, (0, 3), (1, 1)), SPOKEN)
    assert found.mention is None or found.mention.start < found.mention.end
