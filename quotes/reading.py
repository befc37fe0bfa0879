"""Read a paragraph's marks: a search for the cheapest reading, in which each mark opens, closes, re-opens or is none.

Consumes marks in order, a few at a time; produces each with its action and the name of its rule, in order. Memory does
not grow with the number of marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from quotes.costs import COST, Cost, close_cost, elides, is_plain, none_cost, open_cost
from quotes.marks import LETTERS, Candidate, is_apostrophe

BEAM = 12
"""Readings kept at each mark: stacks of open marks that differ."""
DEPTH = 4
"""How deep quotations nest before a further opener counts as a stray."""
COMMIT = 400
"""Marks after which the best reading so far is settled, so that memory stays bounded on a paragraph of marks."""
WAITING = 4 * COMMIT
"""The same for all marks, apostrophes inside words among them."""


Step = tuple["Step | None", str, str]
"""One mark's reading in a search path: the path before it, what the mark does, and the rule's name."""
Stack = tuple[tuple[str, str], ...]
"""Families and styles of the open marks, outermost first."""
Option = tuple[str, str, float, Stack]
"""What a mark may do: action, rule, cost, and the stack after it."""
APOSTROPHE = ("none", "apostrophe")
OPENER = ("open", "opener")
CLOSER = ("close", "closer")
PRICES = 20_000
"""Options that are remembered: marks of one form in one kind of place have the same, in every text."""
_PRICED: dict[tuple[object, Stack], list[Option]] = {}


Reading = tuple[Candidate, str, str]
"""A mark, what it does, and the rule's name."""
Beam = dict[Stack, tuple[float, "Step | None"]]


def read(text: str, marks: Iterable[Candidate]) -> Iterator[Reading]:
    """Yield the cheapest reading of a paragraph's marks."""
    rest = iter(marks)
    head = list(islice(rest, COMMIT))
    if len(head) < COMMIT:
        live = [mark for mark in head if not is_apostrophe(mark)]
        if is_plain(live):
            yield from _merged(head, [OPENER, CLOSER] * (len(live) // 2))
            return
    if len(_PRICED) > PRICES:
        _PRICED.clear()
    beam: Beam = {(): (0.0, None)}
    waiting: list[Candidate] = []
    pending = 0
    for mark in chain(head, rest):
        waiting.append(mark)
        if not is_apostrophe(mark):
            beam = _advance(text, beam, mark)
            pending += 1
        if pending >= COMMIT or len(waiting) >= WAITING:
            stack, (_, path) = min(beam.items(), key=lambda item: item[1][0])
            yield from _merged(waiting, _trace(path))
            beam, waiting, pending = {stack: (0.0, None)}, [], 0
    _, path = min(((cost + _end_cost(stack), path) for stack, (cost, path) in beam.items()), key=lambda end: end[0])
    yield from _merged(waiting, _trace(path))


def _merged(marks: Iterable[Candidate], readings: Iterable[tuple[str, str]]) -> Iterator[Reading]:
    """Put each mark together with its reading; one inside a word has none in `readings`."""
    following = iter(readings)
    for mark in marks:
        action, rule = APOSTROPHE if is_apostrophe(mark) else next(following)
        yield mark, action, rule


def _advance(text: str, beam: Beam, mark: Candidate) -> Beam:
    """Return the beam after one more mark."""
    following: Beam = {}
    none = none_cost(text, mark)
    elided = mark.kind.family == "single" and mark.right in LETTERS and elides(text, mark)
    form = (mark.kind, mark.left, mark.left_past, mark.right, mark.right_past, none, elided)
    for stack, (cost, path) in beam.items():
        # Marks of one form and place have the same options: a run of a million is priced once.
        options = _PRICED.get((form, stack))
        if options is None:
            options = _PRICED[form, stack] = _options(text, mark, stack, none)
        for action, rule, price, after in options:
            total = cost + price
            rival = following.get(after)
            if rival is None or total < rival[0]:
                following[after] = (total, (path, action, rule))
    if len(following) > BEAM:
        return dict(sorted(following.items(), key=lambda item: item[1][0])[:BEAM])
    return following


def _trace(path: Step | None) -> list[tuple[str, str]]:
    steps: list[tuple[str, str]] = []
    while path is not None:
        path, action, rule = path
        steps.append((action, rule))
    return steps[::-1]


def _end_cost(stack: Stack) -> float:
    return sum(COST[Cost.UNCLOSED_SINGLE if family == "single" else Cost.UNCLOSED] for family, _ in stack)


def _options(text: str, mark: Candidate, stack: Stack, none: tuple[str, float]) -> list[Option]:
    """Return what `mark` may do while `stack` is open; `none` is the rule and the cost of its being no mark."""
    kind = mark.kind
    options = [("none", *none, stack)]
    if kind.family == "prime":
        return options
    is_open = any(family == kind.family for family, _ in stack)
    opening = open_cost(text, mark)
    pushed = (*stack, (kind.family, kind.style))
    if len(stack) < DEPTH:
        nesting = 0.0
        if is_open:
            same = any(entry == (kind.family, kind.style) for entry in stack)
            nesting = COST[Cost.NEST_SAME if same else Cost.NEST_OTHER_STYLE]
        options.append(("open", "opener", opening + nesting, pushed))
    if stack and stack[-1][0] == kind.family:
        options.append(("reopen", "reopener", opening + COST[Cost.REOPEN], (*stack[:-1], (kind.family, kind.style))))
    if is_open:
        depth = max(i for i, (family, _) in enumerate(stack) if family == kind.family)
        dropped = len(stack) - 1 - depth
        price = close_cost(mark, stack[depth][1]) + dropped * COST[Cost.UNCLOSED_SINGLE]
        options.append(("close", "closer", price, stack[:depth]))
    elif stack and {stack[-1][0], kind.family} == {"single", "double"}:
        price = close_cost(mark, stack[-1][1]) + COST[Cost.MISMATCHED_FAMILY]
        options.append(("close-other", "closer", price, stack[:-1]))
    if not is_open and kind.family != "single":
        price = close_cost(mark, kind.style) + COST[Cost.IMPLIED]
        options.append(("close-implied", "closer", price, stack))
    return options
