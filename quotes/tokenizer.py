"""A tokenizer whose tokens end at every quotation mark, in time linear in the text, whatever the text.

spaCy's own rules can keep a mark and a word in one token (`now,”said`), and strip one mark at a time off a run of
a million. Here each quoted span is a span of whole tokens, always.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_|\s")
"""A run of letters and digits, or one other character."""


SURROGATE = re.compile("[\ud800-\udfff]")


class Tokenizer:
    """Callable that makes a spaCy `Doc` of a text; `doc.text == text`, lone surrogates aside."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of `text` as a `Doc`."""
        words: list[str] = []
        spaces: list[bool] = []
        # spaCy stores words as UTF-8, which has no lone surrogates; offsets stay what they are.
        for word in TOKEN.findall(SURROGATE.sub("\ufffd", text)):
            if word == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    # Nothing to save: the rule above is all there is. spaCy asks for the four methods.
    def to_bytes(self, **_: Any) -> bytes:
        """Return the empty state."""
        return b""

    def from_bytes(self, _data: bytes, **_kwargs: Any) -> Tokenizer:
        """Return itself."""
        return self

    def to_disk(self, _path: str | Path, **_kwargs: Any) -> None:
        """Write nothing."""

    def from_disk(self, _path: str | Path, **_kwargs: Any) -> Tokenizer:
        """Return itself."""
        return self


@registry.tokenizers("quotes.Tokenizer.v1")  # type: ignore[untyped-decorator]  # spaCy's registry has no types
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what spaCy's configuration calls to make the tokenizer of a pipeline."""

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab)

    return create
