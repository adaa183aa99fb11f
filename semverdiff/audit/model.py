"""What an audit works on: tasks, what becomes of each, and the rows that are left of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from semverdiff.audit.codec import decode
from semverdiff.config import Dependencies  # noqa: TC001 (type of a field)
from semverdiff.history import Failure, Judgement, Transition
from semverdiff.releases import Omission  # noqa: TC001 (type of a field)

__all__ = [
    "Answer",
    "Cost",
    "Crashed",
    "Entry",
    "Exceeded",
    "Limits",
    "Measured",
    "Refused",
    "Result",
    "SourceFailure",
    "SourceOmission",
    "State",
    "Task",
    "decode_answer",
    "state_of",
]


class Limits(msgspec.Struct, frozen=True):
    """What the judgement of one release may take: seconds of the processor, seconds in all, and bytes."""

    cpu: int = 300
    time: int = 900
    memory: int = 4 * 2**30


class Task(msgspec.Struct, frozen=True):
    """One release to judge, wherever: all that a process needs which has the same program.

    `tool` is the fingerprint of that program. Variables and credentials are those of the machine that works.
    """

    tool: str
    transition: Transition
    dependencies: Dependencies
    offline: bool
    limits: Limits


class Exceeded(msgspec.Struct, frozen=True, tag="exceeded"):
    """A judgement that was ended because it took more than it may: of what, and how much that was.

    Whoever allows more gets another try.
    """

    what: Literal["cpu", "time", "memory"]
    allowed: int


class Crashed(msgspec.Struct, frozen=True, tag="crashed"):
    """A judgement in which the process died or the program has a fault; `how` is half a sentence."""

    how: str


Result = Judgement | Failure | Exceeded | Crashed
"""What became of a task."""


class Cost(msgspec.Struct, frozen=True):
    """What a judgement took: seconds of the processor, and seconds in all.

    Of a process that had to be ended nobody counts those of the processor.
    """

    cpu: float | None
    time: float


class Measured(msgspec.Struct, frozen=True, tag="measured"):
    """A result and its cost."""

    result: Result
    cost: Cost


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The answer of a process that has another program than the audit is of: its fingerprint."""

    tool: str


Answer = Measured | Refused
"""What a process answers to a task."""


def decode_answer(content: bytes) -> Answer:
    """Return the answer that JSON stands for."""
    answer: Answer = decode(content, Answer)  # type: ignore[arg-type]  # a union is no class
    return answer


State = Literal["judged", "first-release", "duplicate", "failed", "exceeded", "crashed", "pending"]
"""What is known of a release: judged or not, and why not."""


class Entry(msgspec.Struct, frozen=True):
    """A release that was found, and what became of it.

    `duplicate_of` is the source, named earlier, that has this version of the package as well: it counts
    there. `measured` is None where nothing was to be judged, and where that is still to be done.
    """

    source: str
    transition: Transition
    duplicate_of: str | None = None
    measured: Measured | None = None

    @property
    def state(self) -> State:
        """Return what is known of the release."""
        if self.duplicate_of is not None:
            return "duplicate"
        if self.transition.before is None:
            return "first-release"
        return "pending" if self.measured is None else state_of(self.measured.result)


def state_of(result: Result) -> Literal["judged", "failed", "exceeded", "crashed"]:
    """Return the word for what became of a task."""
    match result:
        case Judgement():
            return "judged"
        case Failure():
            return "failed"
        case Exceeded():
            return "exceeded"
        case Crashed():
            return "crashed"


class SourceFailure(msgspec.Struct, frozen=True):
    """A source that could not be read: its text, the code of an error and its sentence."""

    source: str
    code: str
    why: str


class SourceOmission(msgspec.Struct, frozen=True):
    """What a source left out: of a package (`acme/shop`), or of none in particular (an empty text)."""

    source: str
    package: str
    omission: Omission


# What a type is made of is found out when it is first used. Two threads that do so at once crash the process:
# here there is one.
for _kind in (Task, Answer, Result):
    msgspec.json.Decoder(_kind)
