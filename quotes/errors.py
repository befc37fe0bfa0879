"""The errors that a user can meet. Each message is one line that says what to do about it."""

from __future__ import annotations


class QuotesError(Exception):
    """Base of all errors that the package raises on purpose."""


class InputError(QuotesError):
    """An input cannot be read as an article; other inputs can go on."""


class OutputError(QuotesError):
    """An output cannot be written; nothing was left half-written."""


class UsageError(QuotesError):
    """The call itself is wrong: an unknown format, an impossible combination of options."""


class LexiconError(QuotesError):
    """A word list in the package does not keep to its own header."""


class ModelError(QuotesError):
    """The shipped model is missing or damaged."""


def was_interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl-C is behind an error: some packages raise one of their own where it meets them as they load."""
    seen = 0
    while error is not None and seen < 20:
        if isinstance(error, KeyboardInterrupt):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False
