"""Both versions of the package as one dependent sees them: what they declare, and what values are in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import api, types
from semverdiff.impact.evaluation import Evaluation
from semverdiff.impact.relations import Relations
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.api import ObjectMembers, Origin, Surface, Type
    from semverdiff.impact.model import Argument, PackageUses
    from semverdiff.impact.question import Question
    from semverdiff.impact.touches import Touch, Touches
    from semverdiff.impact.typed import Value, World

__all__ = ["Sides"]

_READONLY: Final = nodes.BuiltinType("readonly")
_NO_PARAMETERS: Final = nodes.Signature((), nodes.NIL)


class Sides:
    """The old version, by which uses were resolved, and the new one, opened with the first question."""

    def __init__(self, uses: PackageUses, touches: Touches, new: Callable[[], World]) -> None:
        self._uses = uses
        self._touches = touches
        self._open_new = new
        self._new: World | None = None
        self._new_evaluations: dict[int, Evaluation] = {}
        self._relations: tuple[Relations, Relations] | None = None
        self._alone: tuple[Surface, Surface, Relations] | None = None
        self._values: dict[Origin, tuple[bool, bool]] = {}

    def surfaces(self) -> tuple[Surface, Surface]:
        """Return the package in both versions."""
        return self._touches.world.package, self.new_world().package

    def new_world(self) -> World:
        """Return the world of the new version."""
        if self._new is None:
            self._new = self._open_new()
        return self._new

    def relations(self) -> tuple[Relations, Relations]:
        """Return the subtype questions of both worlds."""
        if self._relations is None:
            old, new = self._touches.world.dependent, self.new_world().dependent
            self._relations = Relations(old), Relations(new)
        return self._relations

    def is_same(self, old: Type, new: Type) -> bool:
        """Return whether two types are the same, but for public ones, which have findings of their own."""

        def is_anchor(module: str, name: str) -> bool:
            located = [one.locate(module, name) for one in self.surfaces()]
            return all(one is not None and one.item.public for one in located)

        return types.equal(old, new, is_anchor)

    def same_values(self, question: Question) -> bool:
        """Return whether the type that a finding is about surely has the values that it had before."""
        return self._compared(question)[0]

    def fewer_values(self, question: Question) -> bool:
        """Return whether it surely has no further values, and none that somebody changes."""
        return self._compared(question)[1]

    def _compared(self, question: Question) -> tuple[bool, bool]:
        """Compare the versions by themselves: among dependents, each type is what its name says."""
        known = self._values.get(question.owner)
        if known is None:
            if self._alone is None:
                one, two = (api.Surface(each.package, each.outlines) for each in self.surfaces())
                self._alone = one, two, Relations(two)
            before, after, relations = self._alone
            module, name = question.owner
            old, new = (api.Type(nodes.Reference(None, name), module, each) for each in (before, after))
            is_narrower = relations.fits(new, old) is True
            is_same = is_narrower and relations.fits(old, new) is True
            is_fixed = is_narrower and relations.fits(new, new.with_descriptor(_READONLY)) is True
            known = self._values[question.owner] = is_same, is_same or is_fixed
        return known

    def old(self, touch: Touch) -> Evaluation:
        """Return the evaluation of the module of a use with the old version."""
        return self._touches.evaluations[touch.module]

    def new(self, touch: Touch) -> Evaluation:
        """Return the evaluation of the module of a use with the new version."""
        known = self._new_evaluations.get(touch.module)
        if known is None:
            known = self._new_evaluations[touch.module] = Evaluation(
                self._uses.modules[touch.module], self.new_world()
            )
        return known

    def home(self, question: Question) -> str:
        """Return the module that a finding is about."""
        return question.owner[0]

    def signature(self, surface: Surface, question: Question) -> nodes.Signature | None:
        """Return the signature of the function or method that a finding is about."""
        module, name = question.owner
        declaration = surface.declaration(module, name)
        if isinstance(declaration, nodes.Function):
            return declaration.signature
        member = question.symbol[1][len(name) :].lstrip(".")
        members = _object_members(api.Type(nodes.Reference(None, name), module, surface))
        method = None if members is None else members.methods.get(member)
        if method is not None:
            return method.declared.signature
        return _NO_PARAMETERS if member == "init" else None

    def own_member_fits(self, touch: Touch, question: Question) -> tuple[bool | None, bool | None]:
        """Return whether an implementer's own member is one as both versions declare it."""
        use, member = touch.use, question.member
        left, right = (
            relations.fits(_own(evaluation.value(use.value), member), self._declared(surface, question))
            for relations, evaluation, surface in zip(
                self.relations(), (self.old(touch), self.new(touch)), self.surfaces(), strict=True
            )
        )
        return left, right

    def _declared(self, surface: Surface, question: Question) -> Type | None:
        """Return an object type with nothing but the member that a finding is about."""
        members = _object_members(
            api.Type(nodes.Reference(None, question.owner[1]), question.owner[0], surface)
        )
        return None if members is None else _alone(members, question.member)

    def field_type(self, surface: Surface, question: Question) -> Type | None:
        """Return the type that a client reads of a field."""
        module, name = question.owner
        reference = api.Type(nodes.Reference(None, name), module, surface)
        shape = api.record_shape(reference)
        if shape is not None:
            field = api.record_members(shape.type).fields.get(question.part)
            if field is None:
                return None
            written = field.declared.type
            return field.type_of(nodes.OptionalType(written) if field.declared.optional else written)
        members = _object_members(reference)
        member = None if members is None else members.fields.get(question.part)
        return None if member is None else api.field_type(member)

    def attach_points(self, surface: Surface, question: Question) -> frozenset[str]:
        """Return where an annotation may be attached; nothing named is everywhere."""
        declaration = surface.declaration(*question.owner)
        points = declaration.attach_points if isinstance(declaration, nodes.AnnotationDeclaration) else ()
        return frozenset(one.removeprefix("source ") for one in points)

    def variable_type(self, surface: Surface, question: Question) -> Type | None:
        """Return the type that a variable or constant says."""
        module, name = question.owner
        match surface.declaration(module, name):
            case nodes.Variable(type=written) | nodes.Constant(type=written) if written is not None:
                return api.Type(written, module, surface)
        return None

    def fields(self, surface: Surface, owner: Origin) -> frozenset[str] | None:
        """Return the names of the fields of a record type, None if others may have more of them."""
        shape = api.record_shape(api.Type(nodes.Reference(None, owner[1]), owner[0], surface))
        members = None if shape is None else api.record_members(shape.type)
        return None if members is None or members.opaque else frozenset(members.fields)

    def enumerators(self, owner: Origin) -> frozenset[str]:
        """Return the names of the members of an enum."""
        enum = self._touches.world.package.declaration(*owner)
        return frozenset(one.name for one in enum.members) if isinstance(enum, nodes.Enum) else frozenset()

    def own_types(self, question: Question) -> tuple[Type, Type]:
        """Return the type that a finding is about in both versions."""
        module, name = question.owner
        old, new = (api.Type(nodes.Reference(None, name), module, one) for one in self.surfaces())
        return old, new

    def argument_fits(
        self,
        touch: Touch,
        argument: Argument,
        before: nodes.TypeDescriptor,
        after: nodes.TypeDescriptor,
        question: Question,
    ) -> bool | None:
        """Return whether an argument fits a new type; False only if it surely did fit the old one."""
        module = self.home(question)
        old, new = self.surfaces()
        left, right = self.relations()
        fits = right.argument_fits(argument, self.new(touch), api.Type(after, module, new))
        if fits is False:
            fitted = left.argument_fits(argument, self.old(touch), api.Type(before, module, old))
            return False if fitted else None
        return fits


def _own(value: Value, name: str) -> Type | None:
    """Return an object type with nothing but a member that a class or object declares itself."""
    if value.is_unknown or len(value.alternatives) != 1:
        return None
    type_ = value.alternatives[0].type
    if not isinstance(type_.descriptor, nodes.ObjectType):
        return None
    own = msgspec.structs.replace(type_.descriptor, inclusions=())
    return _alone(api.object_members(type_.with_descriptor(own)), name)


def _alone(members: ObjectMembers, name: str) -> Type | None:
    method, field = members.methods.get(name), members.fields.get(name)
    if method is not None:
        return method.type_of(nodes.ObjectType(frozenset(), (), (method.declared,), ()))
    if field is not None:
        return field.type_of(nodes.ObjectType(frozenset(), (field.declared,), (), ()))
    return None


def _object_members(reference: Type) -> ObjectMembers | None:
    """Return the members of a class or object type, None if it is none."""
    target = api.object_type_of(reference)
    written = None if target is None else api.declared_object_type(target.declaration)
    return None if target is None or written is None else api.object_members(target.type_of(written))
