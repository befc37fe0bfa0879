"""An article as word pieces: quotations folded, names read as other tokens, long paragraphs cut."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import blocks, paragraphs, referents
from quotes.blocks import DIGIT, LOWER, MIXED, NONE, TITLE, UPPER, Block, Blocks, Renamed, Tokens, case_of, edges_of
from quotes.records import QuotedSpan, Span
from quotes.segmenter import segment
from tests.test_windows import STORIES, people_of, tokenizer

LONG = st.lists(
    st.sampled_from(["rain " * 30, "rain " * 7, "Pell slept.", "“Go,”", "“We all left the old town long ago.”", "—"]),
    min_size=10,
    max_size=40,
).map(" ".join)
"""Paragraphs that are longer than a block."""


def maker() -> Blocks:
    return Blocks(tokenizer())


def cut(text: str, near: Collection[int] | None = None, renamed: Renamed = ()) -> list[Block]:
    parts = paragraphs.split(text)
    return maker().cut(text, parts, segment(text, parts).spans, range(len(parts)) if near is None else near, renamed)


def shown(tokens: Tokens) -> str:
    """Return tokens as one reads them."""
    return " ".join(tokenizer().id_to_token(i) for i in tokens.ids).replace(" ##", "")


def named(text: str, *names: str, word: str = "smith") -> Renamed:
    """Return each of `names`, which stand in this order, to be read as `word`."""
    found: list[tuple[Span, int]] = []
    for name in names:
        start = text.index(name, found[-1][0].end if found else 0)
        found.append((Span(start, start + len(name)), maker().number(word)))
    return found


@pytest.mark.parametrize(
    ("piece", "case"),
    [
        ("roe", LOWER),
        ("Roe", TITLE),
        ("I", TITLE),
        ("USA", UPPER),
        ("iPad", MIXED),
        ("12", DIGIT),
        (",", NONE),
        ("", NONE),
    ],
)
def test_case_of(piece: str, case: int) -> None:
    assert case_of(piece) == case


@pytest.mark.parametrize(
    ("words", "head", "tail"),
    [
        ("Go", "Go", ""),
        ("We go home", "We go home", ""),
        ("We all go home", "We all go", "home"),
        ("We said that we would all go home,", "We said that", "all go home,"),
        ("  spaced   out   words   here ", "  spaced   out   words", "here "),
    ],
)
def test_edges_of(words: str, head: str, tail: str) -> None:
    first, last = edges_of(words, Span(0, len(words)))
    assert (first.of(words), last.of(words)) == (head, tail)


@given(st.text(alphabet=" \nabc,", max_size=60), st.integers(0, 5))
def test_edges_of_any_words_are_their_ends(text: str, start: int) -> None:
    words = Span(min(start, len(text)), len(text))
    head, tail = edges_of(text, words)
    assert words.start == head.start <= head.end <= tail.start <= tail.end == words.end
    kept = [*head.of(text).split(), *tail.of(text).split()]
    assert len(kept) == min(len(words.of(text).split()), 2 * blocks.EDGE_WORDS)


def test_a_vocabulary_without_a_placeholder_is_refused() -> None:
    class Bare:
        def token_to_id(self, token: str) -> int | None:
            return None

    with pytest.raises(ValueError, match=r"lacks \[CLS\]"):
        Blocks(Bare())  # type: ignore[arg-type]


def test_a_word_that_the_vocabulary_lacks_has_no_number() -> None:
    with pytest.raises(ValueError, match="lacks Pellquill"):
        maker().number("Pellquill")


def test_parts_of_tokens_put_together_are_the_whole() -> None:
    ((_, whole),) = cut("“Go,” said Roe. “Stay,” said Pell.")
    assert [q for _, q in whole.places] == [0, 1]
    for at in range(len(whole) + 1):
        again = Tokens()
        again.extend(whole.part(0, at))
        again.extend(whole.part(at, len(whole)))
        assert again == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pell slept.\n\nMoss woke.", ["pell slept .", "moss woke ."]),
        ("“Go,” said Roe.", ["“ go , [MASK] ” said roe ."]),
        ("“One boat left us,” he said.", ["“ one boat left [MASK] us , ” he said ."]),
        ("“We saw ‘a light’ and we left,” he said.", ["“ we saw ‘ a [MASK] and we left , ” he said ."]),
        ("‘Go,’ said Roe. Moss left.", ["“ go , [MASK] ” said roe . moss left ."]),
        ("Ira “Sam” Moss slept.", ["ira “ sam ” moss slept ."]),
        ("Ira “Sam” Moss said: “Go.”", ["ira “ sam ” moss said : “ go . [MASK] ”"]),
        ("“Go” “Stay”", ["“ go [MASK] ” “ stay [MASK] ”"]),
        ("", []),
    ],
)
def test_cut(text: str, expected: list[str]) -> None:
    assert [shown(tokens) for _, tokens in cut(text)] == expected


def test_only_paragraphs_that_are_near_are_cut() -> None:
    found = cut("Pell slept.\n\n“Go,” said Roe.\n\nMoss woke.\n\n“Stay.”", {0, 2, 3})
    assert [(number, shown(tokens)) for number, tokens in found] == [
        (0, "pell slept ."),
        (2, "moss woke ."),
        (3, "“ stay . [MASK] ”"),
    ]
    assert [place for _, tokens in found for place in tokens.places] == [(3, 1)]


def test_a_quotation_over_two_paragraphs_is_told_once() -> None:
    text = "Roe said: “We go.\n\nWe sleep,” and left."
    start, end = text.index("We go"), text.index("”")
    span = QuotedSpan(Span(start, end), Span(start - 1, start), Span(end, end + 1), "closed", "made")
    found = maker().cut(text, paragraphs.split(text), [span], {0, 1})
    assert [shown(tokens) for _, tokens in found] == ["roe said : “ we go . we [MASK] sleep , ”", "and left ."]


def test_words_at_the_edges_of_a_quotation_are_few_pieces() -> None:
    ((_, tokens),) = cut(f"“{'Xqz' * 30}, {'a-' * 50} b c d {'Zqx' * 30}” said Roe.")
    ((place, _),) = tokens.places
    assert place == 1 + blocks.EDGE_TOKENS
    assert shown(tokens.part(len(tokens) - 4, len(tokens))) == "” said roe ."
    assert len(tokens) == 1 + blocks.EDGE_TOKENS + 1 + blocks.EDGE_TOKENS + 4


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ana Pell slept. Then Pell woke.", ["Ana Pell", "Pell"], "smith slept . then smith woke ."),
        ("Ana Pell’s dog", ["Ana Pell"], "smith ’ s dog"),
        ("So slept Ana Pell", ["Ana Pell"], "so slept smith"),
        ("“Pell slept,” said Ana Pell.", ["Pell", "Ana Pell"], "“ pell slept , [MASK] ” said smith ."),
        ("Ira “Sam” Moss slept.", ["Ira “Sam” Moss"], "smith slept ."),
        ("So Pell “and Moss” slept.", ["Pell “and"], "so pell “ and moss [MASK] ” slept ."),
    ],
    ids=["two mentions", "possessive", "at the end", "inside a quotation", "with a nickname", "over a mark"],
)
def test_names_read_as_other_tokens(text: str, names: list[str], expected: str) -> None:
    ((_, tokens),) = cut(text, renamed=named(text, *names))
    assert shown(tokens) == expected


def test_a_name_read_as_another_token_keeps_its_offsets() -> None:
    text = "Then ANA PELL slept."
    ((_, tokens),) = cut(text, renamed=named(text, "ANA PELL"))
    at = tokens.ids.index(maker().number("smith"))
    assert Span(tokens.starts[at], tokens.ends[at]).of(text) == "ANA PELL"
    assert (tokens.cases[at], tokens.is_narrative[at]) == (TITLE, True)


def test_names_of_paragraphs_that_are_left_out_take_no_other_place() -> None:
    text = "Ana Pell slept.\n\nPell and “Moss” left.\n\nThen Pell woke."
    ((_, tokens),) = cut(text, {2}, named(text, "Ana Pell", "Pell", "Moss", "Pell"))
    assert shown(tokens) == "then smith woke ."


@given(STORIES)
@settings(max_examples=150)
def test_the_narrative_is_there_once_and_verbatim(text: str) -> None:
    spans = segment(text).spans
    renamed = referents.renamed(people_of(text), referents.numbers(maker()))
    names = dict(renamed)
    seen: list[int] = []
    for _, tokens in cut(text, renamed=renamed):
        for i in [i for i, is_narrative in enumerate(tokens.is_narrative) if is_narrative]:
            span = Span(tokens.starts[i], tokens.ends[i])
            seen.extend(range(span.start, span.end))
            piece = tokenizer().id_to_token(tokens.ids[i]).removeprefix("##")
            assert tokens.ids[i] == names[span] if span in names else piece == span.of(text).lower()
    assert seen == sorted(set(seen))
    whole = [Span(s.opener.start, s.closer.end if s.closer else s.words.end) for s in spans if s.outer is None]
    told = {i for i, char in enumerate(text) if not char.isspace() and not any(s.start <= i < s.end for s in whole)}
    assert told == {i for i in seen if not text[i].isspace()}


@given(LONG)
@settings(max_examples=60)
def test_a_long_paragraph_is_cut_between_sentences_and_quotations(text: str) -> None:
    found = cut(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "BLOCK", 10**6)
        whole = cut(text)
    together = []
    for number, same in groupby(found, key=lambda block: block[0]):
        parts = [tokens for _, tokens in same]
        joined = Tokens()
        for tokens in parts:
            joined.extend(tokens)
            assert len(tokens) <= blocks.BLOCK + 32 + 2 * blocks.EDGE_TOKENS + 3
        for tokens, after in pairwise(parts):
            is_end = text[tokens.starts[-1] : tokens.ends[-1]] in (".", "!", "?")
            assert len(tokens) >= (blocks.BLOCK if is_end else blocks.BLOCK + 32)
            assert after.is_narrative[0] or after.starts[0] == segment(text).spans[after.places[0][1]].opener.start
        together.append((number, joined))
    assert together == whole


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        (f"{'rain ' * 115}. {'rain ' * 20}", [116, 20]),
        (f"{'rain ' * 110}. {'rain ' * 40}", [144, 7]),
        (f"{'rain ' * 143}“Go.” {'rain ' * 9}", [149, 8]),
        ("“Go” " * 60, [blocks.BLOCK + 32, 60 * 4 - blocks.BLOCK - 32]),
    ],
    ids=["at a sentence end", "where there is none", "behind a quotation", "between quotations"],
)
def test_where_a_long_paragraph_is_cut(text: str, sizes: list[int]) -> None:
    assert [len(tokens) for _, tokens in cut(text)] == sizes


def test_a_quotation_is_not_cut_at_one_inside_it() -> None:
    (_, first), (_, second) = cut(f"{'rain ' * 143}‘“Go” and stay,’ said Roe.")
    assert shown(first).endswith("rain “ “ go ” and stay , [MASK] ” said")
    assert shown(second) == "roe ."
