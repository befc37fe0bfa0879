"""Regular expressions for reporting clauses, for text that has no tokens yet.

Built from `lexicon/reporting_verbs.txt` (uses say and manner) and small closed classes of English.
"""

from __future__ import annotations

import re

from quotes import lexicon


def _said(*, but: frozenset[str] = frozenset(), gerunds: bool = False) -> str:
    forms: set[str] = set()
    for lemma, all_forms, use, _origin in lexicon.table("reporting_verbs"):
        if use in ("say", "manner") and lemma not in but:
            # The base form is as often an imperative or a noun inside the quotation.
            finite = [
                form.replace("_", " ") for form in all_forms.split()[1:] if not form.split("_")[0].endswith("ing")
            ]
            forms.update(finite)
    return "(?:" + "|".join(sorted(forms, key=lambda form: (-len(form), form))) + ")"


SAID = _said()
"""A reporting verb in the past or the third person."""
SAID_TURNED = _said(but=frozenset(("tell", "inform", "remind", "assure", "order", "advise", "caution", "beg")))
"""One that can stand before its source: “said Roe”, but not “told Roe”, who is then the one told."""
SAYING = _said(gerunds=True)
"""The same as a participle: “saying”, “telling”."""
PRONOUN = r"(?:he|she|they|it)"
CAPITAL = r"[A-Z][\w'’.&-]*"
NOT_A_NAME = r"(?!(?:I|And|But|So|If|When|We|You|It|The|That|This|They|He|She|There|What|In|Because)\b)"
NAME = rf"{NOT_A_NAME}{CAPITAL}(?:\s+(?:{CAPITAL}|de|van|von|der|al|bin|of|for|the|and)){{0,6}}"
ROLE = rf"(?:the|a|an|his|her|their|its|one|{CAPITAL}['’]s)(?:\s+[\w'’.&-]+){{1,7}}?"
LED_NAME = rf"(?:{NOT_A_NAME}(?:{CAPITAL}\s+){{1,2}}(?=[a-z]))?(?:[a-z][\w-]+\s+){{0,3}}{NAME}"
"""A name with words of its bearer's role before it: “White House press secretary Josh Roe”."""
SUBJECT = rf"(?:{PRONOUN}|{ROLE}|{LED_NAME})"
APPOSITION = r"(?:\s*,\s[^“”\"«».!?;:\n]{3,90}?,|\s+\([^()]{1,40}\))?"
ADVERB = r"(?:\s+(?:also|then|later|once|[a-z]+ly|has|had))?"
SENTENCE_START = r"[A-Z0-9“‘\"'$£€\[(]"
PERSONAL = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|me|[Yy]ou|[Yy]our|I['’]\w+|[Ww]e['’]\w+|[Yy]ou['’]\w+)\b")
"""First or second person: the words of somebody who speaks."""
REPORTING_SENTENCE = re.compile(rf"(?:He|She|They|{NAME}){ADVERB}\s+{SAID}\b")
"""A sentence that begins with its reporting clause."""
