"""Where the words of a quotation begin that nobody opened."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.edges import words_before
from quotes.unopened import features, words_start

# Label, what stands before the words, the words up to the closing mark, what follows it.
CUT = [
    ("the paragraph's first word", "", "We will not wait,", " said Mara Quill."),
    ("the paragraph's first of two sentences", "", "It is late. We will not wait,", " she said."),
    ("after a cue and a comma", "The keeper told reporters, ", "We will not wait.", ""),
    ("after a cue and a colon", "Quill said: ", "We will not wait.", ""),
    ("after that", "Quill told reporters that ", "nobody will wait for them", " and left."),
    ("after called", "Quill called the plan ", "a gift to the rich.", ""),
    ("after a reporting sentence", "Quill said the board had met on Monday. ", "We will not wait,", " she added."),
    ("after a verb", "The mayor has described her rival as ", "unfit for office", " and left."),
]


@pytest.mark.parametrize(("before", "words", "rest"), [pytest.param(*case[1:], id=case[0]) for case in CUT])
def test_where_the_words_begin(before: str, words: str, rest: str) -> None:
    text = f"{before}{words}”{rest}"
    closer = len(before + words)
    assert words_start(text, 0, closer, closer + 1, len(text)) == (len(before), "likeliest-start")


def test_they_do_not_begin_before_the_floor() -> None:
    text = "“No,” she said. We will not wait,” he said."
    closer = text.rindex("”")
    start, _ = words_start(text, 5, closer, closer + 1, len(text))
    assert start == text.index("We")


def test_without_words_there_is_no_beginning() -> None:
    assert words_start("  ”", 0, 2, 3, 3) == (2, "no-words")


def test_one_word_is_not_weighed() -> None:
    assert words_start(" no”", 0, 3, 4, 4) == (1, "likeliest-start")


def test_where_there_is_no_room_for_other_words_none_are_left_out() -> None:
    text = "He said no” and left."
    assert words_start(text, 0, 10, 11, len(text)) == (0, "likeliest-start")


@given(
    st.lists(st.sampled_from("She said |told us, |that |We go. |“no” |, |: |\n|I |1 |Ä".split("|")), max_size=12).map(
        "".join
    )
)
@example("a b")
def test_the_start_is_that_of_a_word(before: str) -> None:
    text = before + "”"
    start, rule = words_start(text, 0, len(before), len(text), len(text))
    assert 0 <= start <= len(before)
    assert rule == "no-words" if start == len(before) else not text[start].isspace()


def test_features_are_as_many_as_words() -> None:
    text = "Quill said: We go home.” Bo left."
    words = words_before(text, 0, 23)
    told = features(text, 0, 23, 24, len(text), words)
    assert len(told) == len(words) == 5
    assert any(name.startswith("introduced/") for name in told[2])
    assert not any(name.startswith("introduced/") for place in (*told[:2], *told[3:]) for name in place)
