"""A client while it is written: what was declared so far, and the values that its statements need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from semverdiff import api
from semverdiff.clients.errors import NotWritableError, TooDeepError, TooLongError
from semverdiff.clients.members import Failure, Value
from semverdiff.clients.names import KeptNames, Names, shorten, wanted_prefix
from semverdiff.clients.program import Line, Program
from semverdiff.compare.details import TypeChanged
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from semverdiff.api import RecordShape, Surface, Target, Type
    from semverdiff.changes import Step
    from semverdiff.clients.members import Members
    from semverdiff.clients.program import Part
    from semverdiff.compare import Difference

__all__ = ["Construct", "Draft"]

_Written = TypeVar("_Written")

_MOST_PARTS = 160
_MOST_PARTS_OF_VALUE = 60
# Of declarations that need each other: of object types each may hold the next one.
_MOST_BEGUN = 8


class Construct(Protocol):
    """What builds values: it needs functions and classes of the client, which need values in turn."""

    def __call__(self, draft: Draft, type_: Type, wanted: str, *, full: bool = False, level: int = 0) -> str:
        """Return an expression whose value has a type; raise `NotWritableError` if there is none."""


class _Kept(msgspec.Struct, frozen=True):
    """What a draft held at a moment: of what only gets longer how much."""

    declarations: int
    statements: int
    parameters: int
    head_breaks: bool
    isolated: bool
    returns_error: bool
    names: KeptNames


class _Outside:
    """Forbids statements in a draft as long as it is entered."""

    # By a generator it would take four calls more, for each default of a parameter.

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._before = draft.inline

    def __enter__(self) -> None:
        self._draft.inline = True

    def __exit__(self, *_: object) -> None:
        self._draft.inline = self._before


class Draft:
    """A client of the old version on its way to a program; made for one difference.

    `old` and `new` are the two versions, `isolated` says what the function of the client is. `inline` forbids
    statements: what is written stands outside of that function. `implemented` identifies the object types
    whose classes are begun. Where no value of a type can be built, the function takes it as a parameter.
    """

    def __init__(
        self, difference: Difference, old: Surface, new: Surface, construct: Construct, members: Members
    ) -> None:
        self._construct = construct
        self.members = members
        self.difference = difference
        self.module = difference.module  # the full name of the one that declares what changed
        self.old = old
        self.new = new
        self.names = Names(old, members)
        self.isolated = False
        self.returns_error = False
        self.inline = False
        self._begun = 0
        self.implemented: set[int] = set()
        self._budget = _MOST_PARTS
        self._declarations: list[Part] = []
        self._statements: list[Part] = []
        self._parameters: dict[str, str] = {}
        self._head_breaks = False
        self._failures = 0
        self._too_deep = 0
        self._wholes = 0
        self._named: Type | None = None
        self._record: RecordShape | None = None

    # What the difference is about

    @property
    def name(self) -> str:
        """The name at the end of the trail."""
        return self._step(-1).name

    @property
    def declaring(self) -> str:
        """The name of the declaration at the head of the trail."""
        return self._step(0).name

    def _step(self, index: int) -> Step:
        if not self.difference.trail:
            raise NotWritableError("the difference is about no declaration")
        return self.difference.trail[index]

    @property
    def wanted(self) -> str:
        """A name for a value of what is declared: its own in lower case, if that needs no quote."""
        name = self.declaring
        wanted = f"{name[0].lower()}{name[1:]}"
        return wanted if spelled(wanted) == wanted else "instance"

    def changed_types(self) -> tuple[Type, Type]:
        """Return the old and the new type of what changed."""
        match self.difference.detail:
            case TypeChanged(old=api.Type() as old, new=api.Type() as new):
                return old, new
        raise NotWritableError("it is not known what may no longer be written")

    def declared(self) -> Target:
        """Return the old declaration at the head of the trail."""
        name = self.declaring
        declaration = self.old.declaration(self.module, name)
        if declaration is None or not declaration.public:
            raise NotWritableError(f"the old version declares no public '{name}'")
        return api.Target(declaration, name, self.module, self.old)

    @property
    def named(self) -> Type:
        """The type at the head of the trail, as a name of its module."""
        if self._named is None:
            self._named = self.type_of(nodes.Reference(None, self.declaring))
        return self._named

    @property
    def record(self) -> RecordShape:
        """The record type that the declaration at the head of the trail stands for."""
        if self._record is None:
            self._record = api.record_shape(self.named)
        if self._record is None:
            raise NotWritableError(f"the old '{self.declaring}' is no record")
        return self._record

    def type_of(self, descriptor: nodes.TypeDescriptor) -> Type:
        """Return a type that is written in the module of the difference."""
        return api.Type(descriptor, self.module, self.old)

    # Code

    def say(self, text: str, *, breaks: bool = False) -> None:
        """Add a statement."""
        if self.inline:
            raise NotWritableError("a value of its type needs statements")
        self._statements.append(Line(text, breaks))

    def add(self, part: Part) -> None:
        """Add a statement that is written already."""
        self._statements.append(part)

    def declare(self, part: Part) -> None:
        """Add a declaration of the module."""
        self._declarations.append(part)

    def spend(self, parts: int = 1) -> None:
        """Count parts of the client; raise `NotWritableError` for one that nobody would read to its end."""
        self._budget -= parts
        if self._budget < 0:
            raise TooLongError

    def require(self, parts: int) -> None:
        """Raise `NotWritableError` if so many parts, which are still to come, will be too many."""
        if parts > self._budget:
            raise TooLongError

    def variable(self, type_: Type, wanted: str, value: str) -> str:
        """Declare a variable of a type, and return its name."""
        text = self.names.text(type_)
        name = self.names.fresh(wanted)
        self.say(f"{text} {name} = {value};")
        return name

    def attempt(self, write: Callable[[], _Written]) -> _Written:
        """Return what `write` gives. If it raises `NotWritableError`, nothing that it added is left."""
        kept = self._kept()
        try:
            return write()
        except NotWritableError as error:
            self._undo(kept)
            self._failures += 1
            self._too_deep += isinstance(error, TooDeepError)
            raise

    def shared(self, key: Hashable) -> str | None:
        """Return the value that another client shares under this key, if it fits this one.

        Clients share a value that takes nothing beside its expression, and parameters: no statement and no
        declaration. It has the same prefixes and names in both, and is built where fewer parts are left than
        it has.
        Raise `NotWritableError` if none could be built there, and none can be here.
        """
        failure = self.members.failures.get((key, self.inline))
        if failure is not None:
            self._fail_again(failure)
        known = self.members.values.get((key, self.inline))
        if known is None or known.parts > self._budget or not self.names.agree(known.prefixes):
            return None
        if known.parameters:
            if not self.names.are_free([name for name, _ in known.parameters]):
                return None
            self._parameters |= {self.names.fresh(name): text for name, text in known.parameters}
        self.spend(known.parts)
        self.returns_error = self.returns_error or known.fails
        return known.text

    def share(self, key: Hashable, build: Callable[[], str]) -> str:
        """Return the value that `build` gives, which other clients may share under this key."""
        used, budget, before, returned = self.names.used(), self._budget, self._traces(), self.returns_error
        self.returns_error, wholes, parameters = False, self._wholes, len(self._parameters)
        too_deep = self._too_deep
        try:
            value = build()
        except TooDeepError:
            raise  # elsewhere it may lie less deep
        except NotWritableError as error:
            # So may what was tried first, and another failure is only that of the last way.
            if self._wholes == wholes and self._too_deep == too_deep:
                self._keep_failure(key, error, budget)
            raise
        fails = self.returns_error
        self.returns_error = returned or fails
        if self._traces() == before:
            prefixes, needed = self.names.prefixes_since(used), tuple(self._parameters.items())[parameters:]
            # A prefix that gives way to the name of a parameter would come first elsewhere.
            if not needed or {name for name, _ in needed}.isdisjoint(map(wanted_prefix, prefixes)):
                self.members.values[key, self.inline] = Value(
                    value, budget - self._budget, prefixes, fails, needed
                )
        return value

    def _keep_failure(self, key: Hashable, error: NotWritableError, budget: int) -> None:
        """Note why no value was built. Where too few parts were left, fewer are not enough, either.

        That is not so where an argument may become a parameter of the client, which takes fewer parts.
        """
        is_too_long = isinstance(error, TooLongError)
        parts = budget if is_too_long else budget - self._budget
        self.members.failures[key, self.inline] = Failure(str(error), parts, is_too_long=is_too_long)

    def _fail_again(self, failure: Failure) -> None:
        """Raise `NotWritableError` if what failed for another client fails here, after as many parts."""
        if not failure.is_too_long:
            self.spend(failure.parts)
            raise NotWritableError(failure.reason)
        if failure.parts >= self._budget:
            self.spend(self._budget + 1)

    def _traces(self) -> tuple[int, ...]:
        """Return numbers that tell whether anything was added to the client, or tried in vain.

        What failed for want of parts may not fail elsewhere.
        """
        return len(self._declarations), len(self._statements), self._failures

    def _kept(self) -> _Kept:
        return _Kept(
            len(self._declarations),
            len(self._statements),
            len(self._parameters),
            self._head_breaks,
            self.isolated,
            self.returns_error,
            self.names.kept(),
        )

    def _undo(self, kept: _Kept) -> None:
        del self._declarations[kept.declarations :], self._statements[kept.statements :]
        shorten(self._parameters, kept.parameters)
        self._head_breaks = kept.head_breaks
        self.isolated, self.returns_error = kept.isolated, kept.returns_error
        self.names.restore(kept.names)

    def value(self, type_: Type, wanted: str = "value", *, full: bool = False) -> str:
        """Return an expression that gives a value of a type; what cannot be built is a parameter's."""
        self._wholes += 1
        left, allowed = self._budget, min(self._budget, _MOST_PARTS_OF_VALUE)
        self._budget = allowed
        # Most values are of a type that is named by a keyword: to fail at one of these leaves nothing behind.
        kept = None if type(type_.descriptor) is nodes.BuiltinType else self._kept()
        try:
            value = self._construct(self, type_, wanted, full=full)
        except NotWritableError as error:
            if kept is not None:
                self._undo(kept)
            if self.inline:
                raise
            self._budget = left
            self.spend()
            name = self.received(type_, wanted)
            if name != wanted or isinstance(error, TooLongError):
                self._failures += 1  # it may have another name elsewhere, or be built
            return name
        self._budget += left - allowed
        return value

    def constructed(self, type_: Type, wanted: str, *, full: bool = False, level: int = 0) -> str:
        """Return an expression that builds a value of a type; raise `NotWritableError` if none does."""
        return self._construct(self, type_, wanted, full=full, level=level)

    def constructed_inline(self, type_: Type, wanted: str) -> str:
        """Return an expression that needs no statements before it: a default, the value of a field.

        Both belong to a declaration that is begun, and may need others.
        """
        if self._begun == _MOST_BEGUN:
            raise TooDeepError
        self._begun += 1
        try:
            with self.outside():
                return self._construct(self, type_, wanted)
        finally:
            self._begun -= 1

    def outside(self) -> _Outside:
        """Return what forbids statements for a while: it is written outside of the client's function."""
        return _Outside(self)

    def typed(self, type_: Type, wanted: str = "value", *, full: bool = False) -> str:
        """Return the name of a variable or parameter of exactly this type, which holds a value of it."""
        self.names.refuse(type_)  # before a value is built for nothing
        value = self.value(type_, wanted, full=full)
        if value in self._parameters:
            return value
        return self.variable(type_, wanted, value)

    def parameter(self, text: str, wanted: str, *, breaks: bool = False) -> str:
        """Return the name of a parameter whose type is written like this."""
        name = self.names.fresh(wanted)
        self._parameters[name] = text
        self._head_breaks = self._head_breaks or breaks
        return name

    def received(self, type_: Type, wanted: str, *, breaks: bool = False) -> str:
        """Return the name of a parameter of the client's function; the type breaks if that is said."""
        return self.parameter(self.names.text(type_), wanted, breaks=breaks)

    def held(self, type_: Type, wanted: str) -> str:
        """Return the name of a variable of the type, or of a parameter in a function that is isolated."""
        return self.received(type_, wanted) if self.isolated else self.typed(type_, wanted)

    def checked(self, expression: str) -> str:
        """Return an expression whose errors the client's function returns."""
        if self.inline:
            raise NotWritableError("a value of its type may be an error")
        self.returns_error = True
        return f"check {expression}"

    def program(self) -> Program:
        """Return what was written."""
        isolated = "isolated " if self.isolated else ""
        result = " returns error?" if self.returns_error else ""
        if self._parameters:
            parameters = ", ".join(f"{text} {name}" for name, text in self._parameters.items())
            head = f"{isolated}function run({parameters}){result} {{"
        else:
            head = f"public {isolated}function main(){result} {{"
        return Program(
            self.names.imports(),
            tuple(self._declarations),
            Line(head, self._head_breaks),
            tuple(self._statements),
        )
