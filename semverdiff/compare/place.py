"""A symbol in both versions: its names, how each declares it, and how a difference of it is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

from semverdiff import api
from semverdiff.changes import Change, Excerpt, Step
from semverdiff.compare.deprecation import is_deprecated
from semverdiff.compare.difference import Difference
from semverdiff.compare.facts import LOSSES, Fact, Kind
from semverdiff.syntax.nodes import EnumMember, Method, ObjectField, Parameter, RecordField

if TYPE_CHECKING:
    from semverdiff.changes import DependencyVersions, Position
    from semverdiff.compare.context import Context
    from semverdiff.compare.details import Detail, TypeChanged
    from semverdiff.compare.difference import UnreadInclusions, Used
    from semverdiff.compare.facts import Condition, Subject
    from semverdiff.syntax.nodes import Declaration, Expression, Location, TypeDescriptor

    Node = Declaration | EnumMember | Method | ObjectField | Parameter | RecordField
    Part: TypeAlias = (
        api.Member[EnumMember] | api.Member[Method] | api.Member[ObjectField] | api.Member[RecordField]
    )

__all__ = ["Form", "Place", "declared_form"]

# What client code may be written from; the commonest first.
_USED = (RecordField, Method, ObjectField)
# How strings and numbers begin, and names do not.
_OF_LITERALS = ('"', *"0123456789")
# What becomes of a declaration as a whole does not depend on how its values travel.
_OF_THE_WHOLE = frozenset({Fact.ADDED, Fact.REMOVED, Fact.RENAMED, Fact.VISIBILITY_REDUCED})


class Form(msgspec.Struct, frozen=True):
    """How one version declares a symbol: the node, if it has it, and where its names are looked up.

    `text` is quoted instead of the node, if it is not empty. What an included type of another package
    declares stands at the `location` of the type that includes it.
    """

    node: Node | None
    module: str
    surface: api.Surface
    file: str
    text: str = ""
    location: Location | None = None

    def type_of(self, descriptor: TypeDescriptor) -> api.Type:
        """Return a type that is written in this declaration."""
        return api.Type(descriptor, self.module, self.surface)

    def excerpt(self) -> Excerpt | None:
        """Quote the declaration on one line, without what is inside of it; `None` if there is none."""
        if self.node is None:
            return None
        location = self.location or self.node.metadata.location
        return Excerpt(self.text or self._text(self.node), self.file, location.line, location.column)

    def _text(self, node: Node) -> str:
        """Write the declaration; a method once, as many differences are stated about one."""
        if type(node) is not Method:
            return _text(node)
        known = self.surface.memory.methods.get(id(node))
        if known is None:
            known = self.surface.memory.methods[id(node)] = node, _text(node)
        return known[1]

    def member(self, member: Part | None) -> Form:
        """Return the form of a member, which an included type of another file may declare."""
        if member is None:
            return replace(self, node=None, text="")
        if member.surface is not self.surface:
            location = self.location or (None if self.node is None else self.node.metadata.location)
            return Form(member.declared, member.module, member.surface, self.file, location=location)
        inclusion, file = member.inclusion, self.file
        if inclusion is not None:
            located = self.surface.locate(*inclusion.origin)
            file = located.file if located is not None else file
        return Form(member.declared, member.module, member.surface, file, location=self.location)


def declared_form(surface: api.Surface, name: api.Origin, located: api.Located | None = None) -> Form:
    """Return how a surface declares a name of one of its modules: without a node where it does not.

    Who has it `located` already need not have it searched once more.
    """
    located = located or surface.locate(*name)
    return Form(surface.declaration(*name), name[0], surface, "" if located is None else located.file)


class Place(msgspec.Struct, frozen=True):
    """A symbol of both versions, or of one, with everything that a difference of it says beside the fact.

    `subject` is the first part of rule ids, `symbol` the name as a client reads it in `module`, `trail` the
    way to it. `declared` is the old function, method or field that stands here or around it. `unchanged` says
    that both versions declare it in the same words, and that what these mean is compared at its own name.
    """

    context: Context
    module: str
    subject: Subject
    symbol: str
    trail: tuple[Step, ...]
    old: Form
    new: Form
    conditions: frozenset[Condition] = frozenset()
    position: Position | None = None
    declared: Used | None = None
    unchanged: bool = False

    def same_type(self, old: api.Type, new: api.Type) -> bool:
        """Return whether two types are the same, but for the names that are compared at their own."""
        return self.unchanged or self.context.types.same_type(old, new)

    def about(self, subject: Subject) -> Place:
        """Return the same place for rules of another subject."""
        return self if subject == self.subject else replace(self, subject=subject)

    def on(self, *conditions: Condition) -> Place:
        """Return the same place with further conditions that hold."""
        return replace(self, conditions=self.conditions.union(conditions)) if conditions else self

    def quoting(self, old: str, new: str) -> Place:
        """Return the same place with these texts instead of the declarations."""
        return replace(self, old=replace(self.old, text=old), new=replace(self.new, text=new))

    def only_old(self) -> Place:
        """Return the same place as if the new version did not have the symbol."""
        return replace(self, new=replace(self.new, node=None))

    def only_new(self) -> Place:
        """Return the same place as if the old version did not have the symbol."""
        return replace(self, old=replace(self.old, node=None))

    def member(self, subject: Subject, step: Step, old: Part | None, new: Part | None) -> Place:
        """Return the place of a field, method or enum member; its name is the step's."""
        resource = step.kind == Kind.RESOURCE
        symbol = f"{self.symbol}[{step.name}]" if resource else f"{self.symbol}.{step.name}"
        declared = None
        if old is not None and isinstance(old.declared, _USED):
            declared = old.declared
        return replace(
            self,
            subject=subject,
            symbol=symbol,
            trail=(*self.trail, step),
            old=self.old.member(old),
            new=self.new.member(new),
            declared=declared,
        )

    def parameter(self, name: str, old: Parameter | None, new: Parameter | None) -> Place:
        """Return the place of a parameter of the function or method that stands here."""
        return replace(
            self,
            symbol=f"{self.symbol}({name})",
            trail=(*self.trail, Step(Kind.PARAMETER, name)),
            old=replace(self.old, node=old, text=""),
            new=replace(self.new, node=new, text=""),
        )

    def same_value(self, old: Expression, new: Expression) -> bool:
        """Return whether two expressions are the same words and their constants have the same values."""
        if old.tokens != new.tokens:
            return False
        if len(old.tokens) == 1 and old.tokens[0].startswith(_OF_LITERALS):
            return True
        before = api.value_of(old, self.old.module, self.old.surface)
        return before == api.value_of(new, self.new.module, self.new.surface)

    def differs(
        self, fact: Fact, detail: Detail | None = None, *, undecided: str | None = None
    ) -> Difference:
        """Return the difference of the symbol by a fact: added, removed, or modified where both have it."""
        old, new = self.old, self.new
        change = Change.ADDED if old.node is None else Change.REMOVED if new.node is None else Change.MODIFIED
        return self._difference(fact, change, detail, undecided)

    def unread(self, fact: Fact, unread: UnreadInclusions) -> Difference:
        """Return the difference that a type may have, by a fact, because what it includes was not read."""
        difference = self.differs(fact, undecided=unread.why)
        return replace(difference, dependency=unread.dependency, is_unread=True)

    def replaced(self, fact: Fact, detail: Detail) -> Difference:
        """Return the difference of a symbol that is no longer there, with what took its place."""
        return self._difference(fact, Change.REMOVED, detail, None)

    def _difference(
        self, fact: Fact, change: Change, detail: Detail | None, undecided: str | None
    ) -> Difference:
        dependency = self._dependency()
        return Difference(
            subject=self.subject,
            fact=fact,
            symbol=self.symbol,
            module=self.module,
            trail=self.trail,
            change=change,
            old=self.old.excerpt(),
            new=self.new.excerpt(),
            position=self._position(fact),
            conditions=self.conditions,
            detail=detail,
            declared=self.declared,
            dependency=dependency,
            undecided=undecided or (None if dependency is None else self._doubt(dependency)),
            announced=self._was_deprecated() if fact in LOSSES else None,
        )

    def _was_deprecated(self) -> bool:
        """Return whether the old version deprecates what stands here, or the declaration around it."""
        if self.old.node is not None and is_deprecated(self.old.node.metadata):
            return True
        return bool(self.trail) and self.context.was_deprecated(self.module, self.trail[0].name)

    def _dependency(self) -> DependencyVersions | None:
        """Return the package that declares what stands here, if it is another one that has versions."""
        for form in (self.old, self.new):
            if form.node is not None and form.surface.is_dependency and not form.surface.is_bundled:
                package = form.surface.package
                return self.context.dependency((package.organization, package.name))
        return None

    def _doubt(self, dependency: DependencyVersions) -> str | None:
        """Return why it is not certain what a dependency brings: nobody wrote down its version."""
        if not self.context.is_guessed(dependency):
            return None
        return f"no lock says with which version of {dependency.package} both were built"

    def differs_in_type(self, fact: Fact, detail: TypeChanged, *, undecided: str | None = None) -> Difference:
        """Return the difference by a fact about the type of the symbol, quoted for the declaration."""
        old, new = ("" if one is None else api.shown_type(one) for one in (detail.old, detail.new))
        return self.quoting(old, new).differs(fact, detail, undecided=undecided)

    def _position(self, fact: Fact) -> Position | None:
        if self.position is not None or (len(self.trail) == 1 and fact in _OF_THE_WHOLE):
            return self.position
        declaration = self.trail[0]
        return self.context.position(self.module, declaration.name, declaration.kind)


def _text(node: Node) -> str:
    match node:
        case RecordField():
            return api.record_field_text(node)
        case Parameter():
            return api.parameter_text(node)
        case Method():
            return api.method_text(node)
        case ObjectField():
            return api.object_field_text(node)
        case EnumMember():
            return api.enum_member_text(node)
    return api.declaration_text(node)
