"""Ctrl-C that does not get lost.

Python raises KeyboardInterrupt wherever it happens to be. While a module is imported that can be a place where it is
ignored (a callback of the import system) or turned into another error (a package that cannot load). So it is remembered
that there was one, and raised once more where nothing came of the first.
"""

from __future__ import annotations

import signal

AGAIN = 5.0
"""Seconds after which an interruption that nothing came of is raised once more; clearing up takes less than one."""

_seen: list[int] = []


def listen() -> None:
    """Take over what Ctrl-C does; for the main thread of a program."""
    signal.signal(signal.SIGINT, _interrupt)


def settle() -> None:
    """Let an interruption rest: the program ends because of it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def was_seen() -> bool:
    """Whether there was an interruption, whatever became of it."""
    return bool(_seen)


def _interrupt(signum: int, frame: object) -> None:
    _seen.append(signum)
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, AGAIN)
    raise KeyboardInterrupt
