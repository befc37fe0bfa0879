"""The measuring of the rules, on a corpus of a few sentences whose figures can be counted by hand."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from quotes.records import Attribution, Span
from tests.helpers import words_of
from training import score_rules

Quotation = tuple[str, str | None, dict[str, Any]]


def article(text: str, *quotations: Quotation) -> dict[str, Any]:
    """Return a gold article; of each quotation the words, those of its source in `text`, and other fields."""
    gold = []
    for words, source, fields in quotations:
        start = text.index(words)
        entry: dict[str, Any] = {"start": start, "end": start + len(words), "type": "speech", "source": [], **fields}
        if source is not None:
            at = text.index(source)
            entry["source"] = [[at, at + len(source)]]
        gold.append(entry)
    return {"doc_id": "a", "text": text, "quotations": gold}


def counted(*articles: dict[str, Any], speakers: bool = False) -> dict[str, tuple[int, int]]:
    """Return for each rule how often it was right and how often it fired."""
    right: Counter[str] = Counter()
    fired: Counter[str] = Counter()
    score_rules.count(articles, right, fired, speakers=speakers)
    return {rule: (right[rule], n) for rule, n in fired.items()}


LATE = "“It is late,” said Ana Pell, who knew Ira Moss."
GO = "Ana Pell walked home. “We go,” she said."
TWO = "“It is late,” said Ana Pell.\n\n“We go home.”"


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(article(LATE, ("It is late,", "Ana Pell", {})), {"said-after-inverted": (1, 1)}, id="right"),
        pytest.param(
            article(LATE, ("It is late,", "Pell", {})), {"said-after-inverted": (1, 1)}, id="overlap is enough"
        ),
        pytest.param(article(LATE, ("It is late,", "Ira Moss", {})), {"said-after-inverted": (0, 1)}, id="wrong"),
        pytest.param(article(LATE, ("It is late,", None, {})), {"said-after-inverted": (0, 1)}, id="a source too many"),
        pytest.param(article(LATE, ("It is late,", "Ana Pell", {"skip": True})), {}, id="a skipped one does not count"),
        pytest.param(article(LATE), {}, id="nor does one that gold does not list"),
        pytest.param(article(LATE, ("is late,", "Ana Pell", {})), {}, id="nor one that begins elsewhere"),
        pytest.param(
            article("The “smart” lamps of Ana Pell.", ("smart", None, {})), {"no-source": (1, 1)}, id="rightly none"
        ),
        pytest.param(
            article("The “smart” lamps of Ana Pell.", ("smart", "Ana Pell", {})),
            {"no-source": (0, 1)},
            id="wrongly none",
        ),
        pytest.param(
            article(TWO, ("It is late,", "Ana Pell", {}), ("We go home.", "Ana Pell", {})),
            {"said-after-inverted": (1, 1), "previous-paragraph-quotation": (1, 1)},
            id="a carried speaker is that of the first",
        ),
        pytest.param(
            article("Then Pell came.\n\n“It is late and dark.”", ("It is late and dark.", "Pell", {})),
            {"previous-paragraph-subject": (1, 1)},
            id="a rule counts though the attributor would hold back",
        ),
    ],
)
def test_attribution_rules(case: dict[str, Any], expected: dict[str, tuple[int, int]]) -> None:
    assert counted(case) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(article(LATE, ("It is late,", "Ana Pell", {"speaker": "Ana Pell"})), {"name": (1, 1)}, id="right"),
        pytest.param(
            article(GO, ("We go,", "she", {"speaker": "Ana Pell"})), {"pronoun": (1, 1)}, id="a pronoun, right"
        ),
        pytest.param(
            article(GO, ("We go,", "she", {"speaker": "Ira Moss"})), {"pronoun": (0, 1)}, id="a pronoun, wrong"
        ),
        pytest.param(
            article(GO, ("We go,", "she", {"speaker": "the nurse", "speaker_alt": ["Pell"]})),
            {"pronoun": (1, 1)},
            id="another name is as right",
        ),
        pytest.param(article(LATE, ("It is late,", "Ira Moss", {"speaker": "Ira Moss"})), {}, id="a wrong mention"),
        pytest.param(article(LATE, ("It is late,", "Ana Pell", {})), {}, id="no speaker in gold"),
        pytest.param(
            article("“We go,” she said.", ("We go,", "she", {"speaker": "Ana Pell"})),
            {"pronoun-unresolved": (0, 1)},
            id="nobody named",
        ),
    ],
)
def test_speaker_rules(case: dict[str, Any], expected: dict[str, tuple[int, int]]) -> None:
    assert counted(case, speakers=True) == expected


def test_counts_add_up_over_articles() -> None:
    right = article(LATE, ("It is late,", "Ana Pell", {}))
    wrong = article(LATE, ("It is late,", "Ira Moss", {}))
    assert counted(right, wrong, right) == {"said-after-inverted": (2, 3)}


def test_mention_of_follows_a_carried_speaker_to_its_mention() -> None:
    own, carried = Span(3, 5), Attribution("same-paragraph", 0.9, carried_from=0)
    made = (Attribution("said-after", 0.9, own), carried, Attribution("continued", 0.9, carried_from=1))
    assert [score_rules.mention_of(made, i) for i in range(3)] == [own, own, own]
    assert score_rules.mention_of((Attribution("no-source", 0.6),), 0) is None


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `main` writes for two articles to train on and one to develop on."""
    corpora = {
        "train": [article(LATE, ("It is late,", "Ana Pell", {})), article(LATE, ("It is late,", "Ira Moss", {}))],
        "dev": [article(GO, ("We go,", "she", {"speaker": "Ana Pell"}))],
    }
    for name, articles in corpora.items():
        lines = "".join(json.dumps(entry) + "\n" for entry in articles)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    made = tmp_path / "rule_scores.txt"
    monkeypatch.setattr(score_rules, "TARGET", made)
    monkeypatch.setattr(sys, "argv", ["score_rules.py", str(tmp_path / "train.jsonl"), str(tmp_path / "dev.jsonl")])
    score_rules.main()
    return made


def test_the_file_holds_smoothed_shares_by_rule(target: Path) -> None:
    """Eight cases at 0.8 stand beside those that were seen: (1 + 6.4) / (2 + 8) and (1 + 6.4) / (1 + 8)."""
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "pronoun\t0.8222\t1",
        "said-after-inverted\t0.7400\t2",
    ]


def test_where_the_corpus_gives_no_source_our_annotations_say_who_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ana Pell slept. Ira Moss woke.\n\n“PELL: It is late.”"
    start = text.index("PELL:")
    told = {"a": {"doc_id": "a", "quotations": [[start, "s", [0, len("Ana Pell")], None, None]]}}
    made = article(text, ("PELL: It is late.", None, {}))
    monkeypatch.setattr(score_rules, "by_article", lambda path: told)
    assert counted(made)["turn-inside"] == (1, 1)
    told["a"]["quotations"][0][2] = [text.index("Ira"), text.index(" woke")]
    assert counted(made)["turn-inside"] == (0, 1)
    told["a"]["quotations"][0][1:3] = ["q", [0, len("Ana Pell")]]
    assert counted(made)["turn-inside"] == (0, 1)


def test_the_file_is_a_word_list(target: Path) -> None:
    text = target.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert "# columns: rule, share right, times fired\n" in text
    assert all(line.count("\t") == 2 for line in text.splitlines() if not line.startswith("#"))


def test_the_file_goes_where_the_scores_are_read() -> None:
    root = Path(__file__).parent.parent
    assert root / "quotes" / "lexicon" / "rule_scores.txt" == score_rules.TARGET
    assert score_rules.TARGET.is_file()


def test_two_corpora_are_needed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["score_rules.py", "train.jsonl"])
    with pytest.raises(SystemExit) as stopped:
        score_rules.main()
    assert stopped.value.code == 2
    assert "dev" in capsys.readouterr().err


def test_gold_of_these_tests_is_sound() -> None:
    made = article(LATE, ("It is late,", "Ana Pell", {}))["quotations"][0]
    assert words_of(LATE, Span(made["start"], made["end"])) == "It is late,"
    assert [words_of(LATE, Span(*pair)) for pair in made["source"]] == ["Ana Pell"]
