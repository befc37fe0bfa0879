"""Tie each quoted span to the mention of its source, by rules over the folded narrative.

Consumes the narrative and the quoted spans; produces one `Attribution` a span. Each rule is one small function with
a name that the row shows as `method`; `SCORES` says how often the rule was right where it fired.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes import carry, rules
from quotes.kinds import is_title_case, quotation_type
from quotes.narrative import Narrative
from quotes.records import Attribution, Candidate, QuotedSpan
from quotes.rules import NAME, Hit
from quotes.scores import score

ABSTAIN_BELOW = 0.5
"""A source that is likelier wrong than right is not named; it stays as an alternative."""


def attribute(narrative: Narrative, spans: Sequence[QuotedSpan], *, abstain: bool = True) -> tuple[Attribution, ...]:
    """Return the attribution of every span, parallel to `spans`.

    With `abstain`, a source whose rule is right less than half the time is given only as an alternative. A nested
    span gets none of its own: who is quoted inside a quotation cannot be read from the narrative.
    """
    found = carry.apply(narrative, spans, rules.apply(narrative, spans))
    return tuple(_attribution(narrative, span, found.get(i), abstain) for i, span in enumerate(spans))


def _attribution(narrative: Narrative, span: QuotedSpan, hit: Hit | None, abstain: bool) -> Attribution:
    words = span.words.of(narrative.text)
    if hit is not None and hit.rule == NAME:
        return Attribution(NAME, score(NAME), type="work" if is_title_case(words.rstrip(".,!?")) else "scare")
    if hit is None:
        return Attribution("no-source", score("no-source"), type=quotation_type(words, has_source=False))
    sure = score(hit.rule)
    if abstain and sure < ABSTAIN_BELOW:
        others = () if hit.mention is None else (Candidate(hit.mention, sure, hit.rule),)
        kind = quotation_type(words, has_source=False)
        return Attribution("abstained", score("no-source"), type=kind, alternatives=others)
    kind = quotation_type(words, has_source=True)
    return Attribution(hit.rule, sure, hit.mention, hit.cue, kind, carried_from=hit.carried_from, cue_list=hit.cue_list)
