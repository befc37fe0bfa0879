"""The errors that a user can meet."""

from __future__ import annotations

import inspect
import pickle

import pytest

from quotes import errors
from quotes.errors import InputError, LexiconError, ModelError, OutputError, QuotesError, UsageError

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
NARROW = [InputError, LexiconError, ModelError, OutputError, UsageError]


def test_the_module_has_these_errors() -> None:
    assert set(KINDS) == {QuotesError, *NARROW}


@pytest.mark.parametrize("kind", NARROW)
def test_one_except_clause_catches_them_all(kind: type[QuotesError]) -> None:
    with pytest.raises(QuotesError, match=r"no such file: a\.txt"):
        raise kind("no such file: a.txt")


@pytest.mark.parametrize("kind", NARROW)
def test_each_can_be_caught_by_itself(kind: type[QuotesError]) -> None:
    others = tuple(other for other in NARROW if other is not kind)
    assert not issubclass(kind, others)
    assert not issubclass(QuotesError, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_in_the_code_are_not_among_them(kind: type[QuotesError]) -> None:
    assert issubclass(kind, Exception)
    assert not issubclass(kind, ValueError | TypeError | OSError | LookupError)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_comes_whole_out_of_another_process(kind: type[QuotesError]) -> None:
    error = pickle.loads(pickle.dumps(kind("disk full: a.csv")))
    assert type(error) is kind
    assert str(error) == "disk full: a.csv"


@pytest.mark.parametrize("kind", KINDS)
def test_each_says_what_it_is_for(kind: type[QuotesError]) -> None:
    assert kind.__doc__
