"""Training examples from the articles that were written for training."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotes.evaluate import score
from quotes.segmenter import segment
from training import written
from training.markup import read

RAW = """[Ana Pell|A], [the mayor of Brin|A], met [Ira Moss|B] and [[her|A] lawyer|C].

“It was late,”<1> [she|A:1] {said:1}. “We slept.”<1> [Moss|B:2], [the clerk|B], who left, {called:2} it “a sham”<2>.

[The old man|B:3] and [the others|D] sang “Late Bells”<work>. “So there,”<3> [he|B] {added:3} in a “huff”<scare>."""
MARKED = read(RAW)
TEXT = MARKED.text


HEADLINE = """Most Hated Man in Brin|A] Sleeps

[Ana Pell|A], who runs [it|B], met [Former Secretary of State Ira Moss|C] and [his co-driver|D].
“No,”<1> [Pell|A:1] {said:1}. “Go,”<2> [his co-driver|D:2] {said:2} to [Secretary Moss|C]."""


def test_a_name_is_what_most_mentions_share() -> None:
    marked = read("[" + HEADLINE)
    told, _ = written.annotations("a", marked)
    speakers = [marked.text[slice(*name)] for _, _, name, *_ in told["quotations"]]
    assert speakers == ["Ana Pell", "his co-driver"]
    named = {who: name.fullest.span.of(marked.text) for who, name in written._bearers(marked).items()}
    assert named["C"] == "Ira Moss"


def test_quotations_as_the_corpus_gives_them() -> None:
    made = written.article("a", MARKED)
    told = [
        (
            TEXT[q["start"] : q["end"]],
            [TEXT[slice(*pair)] for pair in q["source"]],
            [TEXT[slice(*pair)] for pair in q["cue"]],
            q["type"],
            q["attributed"],
            q["is_whole"],
        )
        for q in made["quotations"]
    ]
    assert told == [
        ("It was late,", ["she"], ["said"], "speech", True, True),
        ("We slept.", ["she"], ["said"], "speech", True, True),
        ("a sham", ["Moss, the clerk"], ["called"], "speech", True, False),
        ("Late Bells", [], [], "work", False, False),
        ("So there,", ["The old man"], ["added"], "speech", True, True),
        ("huff", [], [], "scare", False, False),
    ]


def test_descriptions_that_bring_somebody_in_mean_the_name_or_nobody() -> None:
    marked = read("[A former mayor|A] met [a baker|B]. [Ana Pell|A] slept. [The baker|B] woke.")
    found = written.referents(marked)
    told = {span.of(marked.text): name and name.fullest.span.of(marked.text) for span, name in found.mentions}
    assert told["A former mayor"] == "Ana Pell"
    assert told["a baker"] is None


def test_referents_are_all_that_names_whom_a_mention_means() -> None:
    found = written.referents(MARKED)
    told = [(span.of(TEXT), name and [m.span.of(TEXT) for m in name.mentions]) for span, name in found.mentions]
    assert ("she", ["Ana Pell"]) in told
    assert ("her lawyer", ["her lawyer"]) in told
    assert ("The old man", ["Ira Moss", "Moss"]) in told
    assert ("a sham", ["Ira Moss", "Moss"]) in told
    assert ("Late Bells", None) in told
    assert ("the clerk", ["Ira Moss", "Moss"]) in told
    assert all(words not in ("Ana Pell", "Moss") for words, _ in told)
    assert {span.of(TEXT) for span in found.quotations} >= {"It was late,", "Late Bells", "huff"}
    people = [[s.of(TEXT) for s in spans] for spans in found.people]
    assert ["Ana Pell"] in people
    assert ["Ira Moss", "Moss"] in people


def test_annotations_as_ours_of_the_corpus() -> None:
    speakers, referents = written.annotations("a", MARKED)
    told = [(kind, name and TEXT[slice(*name)]) for _, kind, name, *_ in speakers["quotations"]]
    assert told == [("s", "Ana Pell")] * 2 + [("s", "Ira Moss"), ("w", None), ("s", "Ira Moss"), ("q", None)]
    assert [(TEXT[s:e], who and TEXT[slice(*who)]) for s, e, who in referents["mentions"]] == [
        ("the mayor of Brin", "Ana Pell"),
        ("her lawyer", "her lawyer"),
        ("her", "Ana Pell"),
        ("she", "Ana Pell"),
        ("the clerk", "Ira Moss"),
        ("The old man", "Ira Moss"),
        ("he", "Ira Moss"),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("[Mayor Ana Pell|A]", "Ana Pell"),
        ("[City engineer Ana de Wit|A]", "Ana de Wit"),
        ("[retired vet Ana Pell-Moss|A]", "Ana Pell-Moss"),
        ("[the University of Brin|A]", "University of Brin"),
        ("[a retired dentist in Brin|A]", "a retired dentist in Brin"),
        ("[a spokesman for the Brin Embassy|A]", "a spokesman for the Brin Embassy"),
        ("[the groom|A] or [I|A] or [he|A]", "the groom"),
        ("[the groom|A], [Ira Moss|A]", "Ira Moss"),
    ],
)
def test_who_somebody_is_called_at_the_fullest(raw: str, expected: str) -> None:
    marked = read(f"“No,”<1> said {raw} and [she|A:1] slept.")
    assert [q["speaker"] for q in written.gold("a", marked)["quotations"]] == [expected]


def test_two_whom_nothing_names_together_are_skipped() -> None:
    marked = read("“No,”<1> said [Ana Pell|A] and [Ira Moss|B] as [they|A+B:1] left.")
    assert [(q["speaker"], q["skip"]) for q in written.gold("a", marked)["quotations"]] == [(None, True)]


def test_gold_as_the_development_sets_give_it() -> None:
    made = written.gold("a", MARKED)
    told = [(TEXT[q["start"] : q["end"]], q["type"], q["speaker"]) for q in made["quotations"]]
    assert told[2:4] == [("a sham", "speech", "Ira Moss"), ("Late Bells", "work", None)]
    figures, _ = score([made], [])
    assert (figures["gold"], figures["found"]) == (4, 0.0)


def test_marks_gone_wrong_tell_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana Pell|A] slept.", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt: no \["):
        list(written.load(tmp_path))


MEASURED = Path(__file__).parent.parent / "benchmarks" / "articles"


@pytest.mark.parametrize("path", sorted([*written.FOLDER.glob("*.txt"), *MEASURED.glob("*.txt")]), ids=lambda p: p.stem)
def test_each_article_is_marked_throughout(path: Path) -> None:
    name = path.stem
    marked = read(path.read_text(encoding="utf-8"))
    spans = [s for s in segment(marked.text).spans if s.outer is None]
    made = written.article(name, marked)
    assert len(made["quotations"]) == len(marked.tags) == len(spans)
    groups = {m.group for m in marked.mentions if m.group}
    assert all(tag in groups for _, tag in marked.tags if tag.isdigit())
    assert {group for _, group in marked.cues} <= groups == {tag for _, tag in marked.tags if tag.isdigit()}
    assert re.search(r"[{}<>]|\|[A-Z]", marked.text) is None, "a mark that is not understood"
