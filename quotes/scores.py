"""How often each rule is right where it fires, as measured; `lexicon/rule_scores.txt` holds the figures."""

from __future__ import annotations

from functools import cache

from quotes import lexicon

UNMEASURED = 0.5
"""Score of a rule that fired too seldom on the training articles to be measured."""


@cache
def _table() -> dict[str, float]:
    return {rule: float(value) for rule, value, _count in lexicon.table("rule_scores")}


def score(rule: str) -> float:
    """Return the share of right answers measured for `rule` (0..1)."""
    return _table().get(rule, UNMEASURED)
