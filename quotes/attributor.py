"""Tie each quoted span to the mention of its source, by rules over the folded narrative.

Consumes the narrative and the quoted spans; produces one `Attribution` a span. Each rule is one small function with
a name that the row shows as `method`; `SCORES` says how often the rule was right where it fired.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes import carry, rules
from quotes.kinds import quotation_type
from quotes.narrative import Narrative
from quotes.records import Attribution, QuotedSpan
from quotes.scores import score


def attribute(narrative: Narrative, spans: Sequence[QuotedSpan]) -> tuple[Attribution, ...]:
    """Return the attribution of every span, parallel to `spans`.

    A nested span gets none of its own: who is quoted inside a quotation cannot be read from the narrative.
    """
    found = carry.apply(narrative, spans, rules.apply(narrative, spans))
    attributions: list[Attribution] = []
    for i, span in enumerate(spans):
        hit = found.get(i)
        kind = quotation_type(span.words.of(narrative.text), has_source=hit is not None)
        if hit is None:
            attributions.append(Attribution("no-source", score("no-source"), type=kind))
        else:
            attributions.append(
                Attribution(hit.rule, score(hit.rule), hit.mention, hit.cue, kind, carried_from=hit.carried_from)
            )
    return tuple(attributions)
