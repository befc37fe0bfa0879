"""The shipped model: reads windows of narrative and says for each quotation where its source and cue stand.

Consumes texts with their paragraphs and quoted spans; produces one `Answer` a top-level span. Runs on onnxruntime and
tokenizers, on the processor, offline; the files lie in `quotes/model` and are checked against `manifest.json`.
"""

from __future__ import annotations

import hashlib
import json
import os
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from quotes import referents
from quotes.blocks import Tokens
from quotes.errors import ModelError
from quotes.records import Candidate, QuotedSpan, Span
from quotes.referents import Referents
from quotes.windows import View, Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MODEL = Path(__file__).parent / "model"
NETWORK, TOKENIZER, MANIFEST = "reader.onnx", "tokenizer.json", "manifest.json"
LONGEST_SOURCE = 40
"""Tokens of a source at most."""
STARTS = 5
"""Places where a source may begin that are followed up."""
FORBIDDEN = -1e4
Key = TypeVar("Key")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader says of one quotation."""

    mention: Span | None
    """The source as written; None where there is none or it is that of another quotation."""
    same_as: int | None
    """Index of the quoted span whose source it shares."""
    cue: Span | None
    score: float
    """Probability of this answer as the network gives it, uncalibrated; 0..1."""
    none: float
    """Probability that there is no source."""
    spoken: float
    """Probability that the quotation is somebody's words, not a title or a term; 0..1."""
    others: tuple[Candidate, ...] = ()
    """Runners-up that share no word with the answer, best first."""


Article = tuple[str, Sequence[Span], Sequence[QuotedSpan], Collection[int] | None]
"""A text, its paragraphs, its quoted spans, and the indices of those that are asked about; None for all."""


class Reading(Generic[Key, Result]):
    """An article that is being read."""

    def __init__(self, windows: Sequence[Future[dict[Key, Result]]]) -> None:
        self._windows = windows

    def results(self) -> dict[Key, Result]:
        """Return what was read by what was asked about, once all is there."""
        return {key: result for window in self._windows for key, result in window.result().items()}

    def cancel(self) -> None:
        """Leave unread what no thread has begun with; harmless once all is read."""
        for window in self._windows:
            window.cancel()


class Reader:
    """The network and its tokenizer, ready to read."""

    def __init__(self, folder: Path = MODEL, threads: int = 0) -> None:
        """Load the model of `folder`; `threads` is how many windows are read at once, 0 for one a processor core.

        Raises ModelError where a file is missing or is not the one that the manifest names.
        """
        files = checked(folder)
        self._pool = ThreadPoolExecutor(threads or cores(), "quotes-reader")
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(files[NETWORK], options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_str(files[TOKENIZER].decode("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._view = View(tokenizer)
        self._stand_ins = referents.numbers(self._view.blocks)

    def read(self, articles: Sequence[Article]) -> list[dict[int, Answer]]:
        """Return for each article the answers by index of the quoted span; nested spans have none."""
        return [reading.results() for reading in [self.begin(*article) for article in articles]]

    def begin(
        self,
        text: str,
        paragraphs: Sequence[Span],
        spans: Sequence[QuotedSpan],
        wanted: Collection[int] | None = None,
    ) -> Reading[int, Answer]:
        """Begin to read an article; its answers by index of the span can be asked for later, while others are read.

        `paragraphs` and `spans` are those of `text`, `wanted` the indices of the spans asked about, None for all.
        """
        windows = self._view.windows(text, paragraphs, spans, wanted)
        return Reading([self._pool.submit(self._answers, window) for window in windows])

    def refer(
        self,
        text: str,
        paragraphs: Sequence[Span],
        spans: Sequence[QuotedSpan],
        people: Sequence[Sequence[Span]],
        mentions: Sequence[Span],
    ) -> Reading[Span, Referents]:
        """Begin to read whom `mentions` of an article, in order, stand for.

        They are pronouns, descriptions, or the words of quotations, which stand for who speaks them.
        `people` are the mentions by name of each person of the article, the other arguments as in `begin`.
        """
        renamed = referents.renamed(people, self._stand_ins)
        windows = self._view.around(text, paragraphs, spans, [m.start for m in mentions], renamed)
        quoted = {span.words: i for i, span in enumerate(spans) if span.outer is None}
        return Reading([self._pool.submit(self._referents, window, mentions, quoted) for window in windows])

    def _answers(self, window: Window) -> dict[int, Answer]:
        """Return the answers for the quotations that `window` is asked for."""
        tokens = window.tokens
        asked = [(place, quotation) for place, quotation in tokens.places if quotation in window.answers]
        pointers, spoken = self._run(window, [place for place, _ in asked], ("pointers", "spoken"))
        return {quotation: decode(tokens, place, pointers[n], spoken[n]) for n, (place, quotation) in enumerate(asked)}

    def _referents(self, window: Window, mentions: Sequence[Span], quoted: Mapping[Span, int]) -> dict[Span, Referents]:
        """Return whom those of `mentions` that `window` is asked for stand for; `quoted` are quotations' indices."""
        folded = {index: place for place, index in window.tokens.places}
        first = bisect_left(mentions, window.core.start, key=lambda m: m.end)
        last = bisect_left(mentions, window.core.end, key=lambda m: m.start)
        found = [
            (m, folded.get(quoted[m]) if m in quoted else referents.place_of(window.tokens, m))
            for m in mentions[first:last]
            if window.core.overlaps(m)
        ]
        asked = [(mention, place) for mention, place in found if place is not None]
        if not asked:
            return {}
        (logits,) = self._run(window, [place for _, place in asked], ("referents",))
        return {m: referents.decode(window.tokens, m, place, logits[n]) for n, (m, place) in enumerate(asked)}

    def _run(self, window: Window, asked: Sequence[int], outputs: Sequence[str]) -> list[Floats]:
        """Return what the network gives for the positions `asked` of a window.

        Each window goes through the network alone: the 8-bit products take their scale from all that goes through at
        once, so beside others a window's answers would depend on its neighbours.
        """
        import numpy as np

        tokens = window.tokens
        places = np.array(asked, dtype=np.int64)
        paragraphs = np.array(window.paragraphs, dtype=np.int64)
        found: list[Floats] = self._session.run(
            outputs,
            {
                "ids": np.array([tokens.ids], dtype=np.int64),
                "cases": np.array([tokens.cases], dtype=np.int64),
                "mask": np.ones((1, len(tokens)), dtype=np.int64),
                "rows": np.zeros(len(asked), dtype=np.int64),
                "places": places,
                "apart": paragraphs[None, :] - paragraphs[places][:, None],
            },
        )
        return found


def decode(tokens: Tokens, place: int, pointers: Floats, spoken: Floats) -> Answer:
    """Return the likeliest answer for the placeholder at `place`.

    `pointers` are logits (4, tokens), `spoken` logits (2,).

    A source lies in the narrative, reaches over no quotation, and is at most `LONGEST_SOURCE` tokens long. Spans are
    ranked by the probability of their start times that of their end; the score of one is the probability that the
    source begins in it or ends in it, whichever is less: where exactly an apposition ends matters little.
    """
    import numpy as np

    length = len(tokens)
    narrative = np.array(tokens.is_narrative)
    allowed = narrative.copy()
    allowed[[p for p, _ in tokens.places]] = True
    logits = np.where(allowed, pointers[:, :length], FORBIDDEN).astype(np.float64)
    logits -= logits.max(axis=1, keepdims=True)
    odds = np.exp(logits)
    odds /= odds.sum(axis=1, keepdims=True)
    found = _spans(odds[0], odds[1], narrative)
    first, last, score = found[0]
    none = float(min(odds[0, place], odds[1, place]))
    sure = np.exp(spoken - spoken.max())
    others = tuple(
        Candidate(Span(tokens.starts[i], tokens.ends[j]), p, "reader")
        for i, j, p in found[1:]
        if narrative[i] and (j < first or i > last)
    )
    nobody = Answer(None, None, None, score, none, float(sure[1] / sure.sum()), others)
    if first == place:
        return nobody
    if not narrative[first]:
        return replace(nobody, same_as=dict(tokens.places)[first])
    cue_first, cue_last, _ = _spans(odds[2], odds[3], narrative)[0]
    cue = Span(tokens.starts[cue_first], tokens.ends[cue_last]) if narrative[cue_first] else None
    return replace(nobody, mention=Span(tokens.starts[first], tokens.ends[last]), cue=cue)


def _spans(starts: Any, ends: Any, narrative: Any) -> list[tuple[int, int, float]]:
    """Return (first token, last token, probability) of the likeliest spans, best first."""
    import numpy as np

    found = []
    for i in np.argsort(-starts, kind="stable")[:STARTS].tolist():
        last = i
        if narrative[i]:
            # Up to the next quotation or the paragraph's end.
            stretch = narrative[i : i + LONGEST_SOURCE]
            size = len(stretch) if stretch.all() else int(np.argmin(stretch))
            last = i + int(np.argmax(ends[i : i + size]))
        found.append((i, last, float(starts[i] * ends[last])))
    found.sort(key=lambda span: -span[2])
    return [(i, j, min(1.0, float(starts[i : j + 1].sum()), float(ends[i : j + 1].sum()))) for i, j, _ in found]


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def checked(folder: Path) -> dict[str, bytes]:
    """Return the model's files by name, each as the manifest of `folder` gives its sha256.

    Raises ModelError with what to do where one is missing or differs.
    """
    try:
        manifest: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["sha256"]
        files = {name: (folder / name).read_bytes() for name in manifest}
    except FileNotFoundError as error:
        raise ModelError(f"the model's file {error.filename} is missing; install quotes again") from None
    except (ValueError, KeyError, TypeError):
        raise ModelError(f"{folder / MANIFEST} is damaged; install quotes again") from None
    for name, expected in manifest.items():
        if hashlib.sha256(files[name]).hexdigest() != expected:
            raise ModelError(f"the model's file {folder / name} is not the one that was shipped; install quotes again")
    return files


@cache
def _of_process(process: int, threads: int) -> Reader:
    return Reader(threads=threads)


_LOADING = Lock()


def shared(threads: int = 0) -> Reader:
    """Return this process's reader of the shipped model, loaded on first use: a fork must not use its parent's."""
    with _LOADING:
        return _of_process(os.getpid(), threads)


def warm_up(threads: int = 0) -> None:
    """Begin to load the reader beside what else is to be loaded; what goes wrong shows when it is used."""

    def load() -> None:
        with suppress(Exception):
            shared(threads)

    Thread(target=load, daemon=True).start()
