"""Second look at quotations that seem to go on in the next paragraph, once the speakers are known.

Consumes the segmentation, the attributions and the resolutions; produces the segmentation with `continued` taken back
where the next paragraph's quotation has a source of its own and another speaker: then the first was just never closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.records import Attribution, QuotedSpan, Resolution, Segmentation


def settle(
    segmentation: Segmentation, attributions: Sequence[Attribution], resolutions: Sequence[Resolution]
) -> Segmentation:
    """Return `segmentation` with those links undone that join two speakers. The sequences are parallel to its spans."""
    spans = list(segmentation.spans)
    for i, span in enumerate(segmentation.spans):
        origin = span.continues
        if origin is None or attributions[i].carried_from is not None:
            continue
        first, second = resolutions[origin].speaker, resolutions[i].speaker
        if second is not None and first is not None and first.name != second.name:
            spans[i] = replace(spans[i], continues=None)
            spans[origin] = _unclosed(spans[origin])
    return replace(segmentation, spans=tuple(spans))


def _unclosed(span: QuotedSpan) -> QuotedSpan:
    return replace(span, boundary="unclosed", rule="next-paragraph-other-speaker")
