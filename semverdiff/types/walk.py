"""Walks through types of any size: an explicit stack, memory and a budget for all of them.

Types nest and refer to each other as deeply as their authors like, so no walk may use the interpreter's
stack for it. A walk is written as a generator instead: it yields what it has to know first, and is sent the
answer. `run` keeps the stack of such walks. `Decisions` does the same for questions answered by yes or no
that may lead back to themselves, with a memory of the answers and a `Budget` of steps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Hashable, Iterable
from types import GeneratorType
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from semverdiff import limits
from semverdiff.syntax import nodes
from semverdiff.syntax.nodes import LEAVES

if TYPE_CHECKING:
    from semverdiff.api.surface import Type
    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = [
    "Budget",
    "BudgetExceededError",
    "Decisions",
    "Steps",
    "Total",
    "TypeNumbers",
    "Walk",
    "gather",
    "run",
]

# Results and parameters that people write in many places have fewer.
_MOST_SMALL_PARTS: Final = 16
# What is never small: a pattern takes long to say so.
_LARGE_FORMS: Final = frozenset({nodes.RecordType, nodes.ObjectType, nodes.FunctionType})

# What is taken from the shared steps at once: nearly all questions end within their own.
_STEPS_AT_ONCE: Final = 50
# What is left of its own steps to a question once what is shared is spent: there may be any number of them.
_SHARE_OF_LATE_ONES: Final = 4

_Result = TypeVar("_Result")
_Outcome = TypeVar("_Outcome")
_Question = TypeVar("_Question", bound=Hashable)

Walk = Generator["_Result | Walk[_Result]", _Result, _Result]
"""The way to a result: yields the walks whose results it needs, or results that are there already."""

Steps = Generator["_Question | Steps[_Question]", bool, bool]
"""The way to the answer to a question: yields the questions, or parts of the way, that it depends on."""


class BudgetExceededError(Exception):
    """The question needs more steps than it is worth."""


class Total:
    """What the questions of a comparison may cost together, of whatever kind, beyond steps of their own.

    Each kind has its own budget, so that one kind leaves something to the others; this is the end of all.
    """

    def __init__(self, cost: int) -> None:
        self._left = cost
        self.is_spent = False

    def take(self, cost: int) -> None:
        """Count what a question costs; raise `BudgetExceededError` when there is not as much left."""
        if cost > self._left:
            self.is_spent = True
            raise BudgetExceededError
        self._left -= cost


class Budget:
    """Steps: what one question may take, and what all of them share.

    A question has a few of its own, so that any number of easy ones is answered. What it takes beyond is
    taken from what is shared: a package may hold many hard questions, and not cost more than some do. `cost`
    is what a step of this kind takes from the `total` that questions of all kinds are within.
    """

    def __init__(self, of_one: int, shared: int, cost: int = 1, total: Total | None = None) -> None:
        self._of_one = of_one
        self._shared = shared
        self._cost = cost
        self._total = total
        self._own = min(of_one, limits.OWN_COST // cost)
        self._is_spent = False
        self._left = self._further = 0
        self.renew()

    def renew(self) -> None:
        """Begin another question."""
        own = self._own
        if self._is_spent or (self._total is not None and self._total.is_spent):
            own //= _SHARE_OF_LATE_ONES
        self._left = own
        self._further = self._of_one - own

    def step(self, cost: int = 1) -> None:
        """Count a step, or several; raise `BudgetExceededError` when all are used up."""
        self._left -= cost
        if self._left < 0:
            self._take_from_shared()

    def _take_from_shared(self) -> None:
        taken = max(-self._left, min(_STEPS_AT_ONCE, self._further, self._shared))
        if taken > self._further or taken > self._shared:
            self._is_spent = self._is_spent or taken > self._shared
            raise BudgetExceededError
        if self._total is not None:
            self._total.take(self._cost * taken)
        self._further -= taken
        self._shared -= taken
        self._left += taken


def run(walk: Walk[_Result]) -> _Result:
    """Return the result of a walk."""
    stack = [walk]
    result: _Result | None = None
    while True:
        try:
            following = next(stack[-1]) if result is None else stack[-1].send(result)
        except StopIteration as end:
            stack.pop()
            returned: _Result = end.value
            if not stack:
                return returned
            result = returned
            continue
        if isinstance(following, GeneratorType):
            stack.append(following)
            result = None
        else:
            result = following  # type: ignore[assignment]  # no generator is a result


def gather(
    walks: Iterable[_Result | Walk[_Result]],
) -> Generator[_Result | Walk[_Result], _Result, list[_Result]]:
    """Return the results of several walks, one after the other."""
    results: list[_Result] = []
    for walk in walks:
        # To yield what is there already takes a few times as long as to look at it.
        result = (yield walk) if isinstance(walk, GeneratorType) else walk
        results.append(result)  # type: ignore[arg-type]  # what is no generator is a result
    return results


def _is_small(descriptor: TypeDescriptor) -> bool:
    """Return whether a type is made of a few leaves by forms that hold types alone.

    To tell such types apart by value walks into them with the interpreter's stack.
    """
    waiting = [descriptor]
    for _ in range(_MOST_SMALL_PARTS):
        if not waiting:
            return True
        part = waiting.pop()
        if type(part) in LEAVES:
            continue
        if type(part) in _LARGE_FORMS:
            return False
        match part:
            case nodes.OptionalType(member=member) | nodes.ArrayType(member=member, length=None):
                waiting.append(member)
            case nodes.ParameterizedType(parameter=parameter):
                waiting.append(parameter)
            case nodes.UnionType(members=members) | nodes.IntersectionType(members=members):
                waiting += members
            case _:
                return False
    return not waiting


class TypeNumbers:
    """Numbers for types, so that a type is a small key whatever its size.

    A small type is told apart by value, as some are made on the way, and many results are the same few words;
    what is larger by identity, which the list of types keeps from being given away again.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str, object], int] = {}
        self._types: list[Type] = []
        # Small types of another identity: they are kept so that no other one ever has it.
        self._kept: list[TypeDescriptor] = []

    def of(self, type_: Type) -> int:
        """Return the number of a type."""
        descriptor = type_.descriptor
        written = descriptor if type(descriptor) in LEAVES else id(descriptor)
        key = (id(type_.surface), type_.module, written)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._first(type_)
        return number

    def _first(self, type_: Type) -> int:
        """Return the number of a type met for the first time, perhaps that of another of its value."""
        number = len(self._types)
        if type(type_.descriptor) in LEAVES or not _is_small(type_.descriptor):
            self._types.append(type_)
            return number
        key = (id(type_.surface), type_.module, type_.descriptor)
        found = self._numbers.setdefault(key, number)
        if found == number:
            self._types.append(type_)
        else:
            self._kept.append(type_.descriptor)
        return found

    def type(self, number: int) -> Type:
        """Return the type of a number."""
        return self._types[number]


class _Open(Generic[_Question]):
    """A question that is being decided. `lowest` is the lowest open question that its answer relied on.

    `assumed` counts what was assumed when it was opened.
    """

    __slots__ = ("assumed", "lowest", "position", "question")

    def __init__(self, question: _Question, position: int, assumed: int) -> None:
        self.question = question
        self.position = self.lowest = position
        self.assumed = assumed


class Decisions(Generic[_Question]):
    """Questions answered by yes or no, each decided once, where a question may lead back to itself.

    `begin` gives the answer to a question, or the steps to it.

    A question that is met again while it is being decided counts as answered with yes: what speaks against
    it has to be found elsewhere. A question is

    * absent: never asked, or asked and taken back;
    * in `_open`, with its position: being decided;
    * in `_assumed`: answered with yes by relying on a question that is still open. It counts until that one
      is decided, and is taken back if the answer to that one is no;
    * in `_decided`. "No" is final at once, because it was reached under assumptions that could only have
      spoken against it; "yes" is final when it relied on no open question.

    What is assumed has a number in the order of its answers. Those from a number in `_starts` up to the next
    one rely on the open question at the same place of `_lowest`.
    """

    def __init__(self, begin: Callable[[_Question], bool | Steps[_Question]], budget: Budget) -> None:
        self._begin = begin
        self.budget = budget
        self._decided: dict[_Question, bool] = {}
        self._stack: list[_Open[_Question]] = []
        self._open: dict[_Question, int] = {}
        self._assumed: dict[_Question, int] = {}
        self._starts: list[int] = []
        self._lowest: list[int] = []

    def decide(self, question: _Question) -> bool:
        """Return the answer to a question."""
        known = self._decided.get(question)
        return self._answer(question) if known is None else known

    def run(self, steps: Generator[_Question | Steps[_Question], bool, _Outcome]) -> _Outcome:
        """Return what steps lead to that yield questions."""
        try:
            following = next(steps)
            while True:
                following = steps.send(self._answer(following))
        except StopIteration as end:
            outcome: _Outcome = end.value
            return outcome

    def _answer(self, following: _Question | Steps[_Question]) -> bool:
        try:
            return self._run(following)
        except BaseException:
            # In the middle of a thought. What was decided stands, what was assumed does not.
            for unfinished in (self._open, self._stack, self._assumed, self._starts, self._lowest):
                unfinished.clear()
            raise

    def _run(self, following: _Question | Steps[_Question]) -> bool:
        decided = self._decided
        stack: list[tuple[Steps[_Question], bool]] = []  # and whether they decide a question
        while True:
            # No generator is a question, and what was decided is asked most.
            answer: bool | None = decided.get(following)  # type: ignore[arg-type] # finds no generator
            if answer is None and isinstance(following, GeneratorType):
                stack.append((following, False))
            elif answer is None:
                met = self._met(following)  # type: ignore[arg-type] # no generator, by the case above
                if isinstance(met, bool):
                    answer = met
                else:
                    stack.append((met, True))
            while True:
                if not stack:
                    return bool(answer)
                steps, decides = stack[-1]
                try:
                    following = next(steps) if answer is None else steps.send(answer)
                except StopIteration as end:
                    stack.pop()
                    answer = bool(end.value)
                    if decides:
                        self._leave(yes=answer)
                else:
                    break

    def _met(self, question: _Question) -> bool | Steps[_Question]:
        """Return the answer to a question that is open or assumed, else open it and return the steps."""
        relied_on = self._open.get(question)
        if relied_on is None:
            number = self._assumed.get(question)
            if number is not None:
                relied_on = self._lowest[bisect_right(self._starts, number) - 1]
        if relied_on is not None:
            self._rely_on(relied_on)
            return True
        self.budget.step()
        begun = self._begin(question)
        if isinstance(begun, bool):
            self._decided[question] = begun
        else:
            position = len(self._stack)
            self._open[question] = position
            self._stack.append(_Open(question, position, len(self._assumed)))
        return begun

    def _rely_on(self, position: int) -> None:
        if self._stack and position < self._stack[-1].lowest:
            self._stack[-1].lowest = position

    def _leave(self, *, yes: bool) -> None:
        """Note the answer to the question that was opened last."""
        done = self._stack.pop()
        del self._open[done.question]
        final = not yes or done.lowest >= done.position
        if len(self._assumed) > done.assumed:
            first = bisect_left(self._starts, done.assumed)
            del self._starts[first:], self._lowest[first:]
        if final:
            self._decided[done.question] = yes
            while len(self._assumed) > done.assumed:
                # What was assumed since then relied on this question at most. It is as true as this, or,
                # because it may have relied on a wrong answer, to be asked again.
                assumed, _ = self._assumed.popitem()
                if yes:
                    self._decided[assumed] = True
        else:
            self._assumed[done.question] = len(self._assumed)
            self._starts.append(done.assumed)
            self._lowest.append(done.lowest)
            self._rely_on(done.lowest)
