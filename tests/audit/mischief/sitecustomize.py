"""Loaded by every Python that is started with this folder in its path: spoils the judgement of some names."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from typing import TYPE_CHECKING

from semverdiff.history import judgement

if TYPE_CHECKING:
    from semverdiff.history import Failure, Judgement, Transition

_MUCH = 10**10
_LONG = 10**6
_HALF_A_SECOND = 0.5
_judge = judgement.judge
_seen: list[str] = []


def _spoiled(  # noqa: C901, PLR0912 (a case a kind of mischief)
    front_end: object, transition: Transition, settings: object
) -> Judgement | Failure:
    _seen.append(transition.name)
    match transition.name:
        case "spins":
            while True:
                pass
        case "spins_in_c":
            re.match("(a+)+$", "a" * 60 + "b")  # holds the interpreter for years
        case "sleeps":
            time.sleep(_LONG)
        case "sleeps_and_ignores":
            signal.signal(signal.SIGXCPU, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(_LONG)
        case "grows":
            bytearray(_MUCH)
        case "grows_when_used" if len(_seen) > 1:
            bytearray(_MUCH)
        case "aborts":
            os.abort()
        case "leaves":
            os._exit(7)
        case "leaves_when_used" if len(_seen) > 1:
            os._exit(7)
        case "faults":
            raise ValueError("a mistake of the program")
        case "recurses":
            return _spoiled(front_end, transition, settings)
        case name if name.startswith("works"):
            start = time.process_time()
            while time.process_time() - start < _HALF_A_SECOND:
                pass
        case "prints":
            print("what nobody asked for")  # noqa: T201 (that is the mischief)
            sys.stdout.flush()
            os.write(1, b"nor for this")
    return _judge(front_end, transition, settings)  # type: ignore[arg-type]  # as it was called


judgement.judge = _spoiled  # type: ignore[assignment]  # that is the mischief
