"""Whether two type descriptors mean the same type, however they are written.

Names are resolved, aliases and inclusions expanded, unions unordered and flat, `T?` is `T|()`, an
array of fixed length is a tuple. Recursive types are compared coinductively: two definitions that are
reached again while they are being compared count as equal until something else decides.

Most pairs differ in few places, and are followed as pairs. Where that takes too long, because each of many
types is compared with each of many others, all that they lead to is divided into classes instead.

Equal is certain. Not equal only says that the spellings differ in more than these rules explain: a
type that says the same in another algebraic form (`int|byte`) is for the subtype engine to see.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Final

from semverdiff import limits, types
from semverdiff.api.constants import enum_member_value, literal_value
from semverdiff.api.surface import Surface, Type
from semverdiff.syntax import nodes
from semverdiff.types import forms
from semverdiff.types.structure import Structure, structure_of
from semverdiff.types.walk import Budget, BudgetExceededError, Decisions, TypeNumbers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from semverdiff.types.partition import Classes, Composition
    from semverdiff.types.structure import Facts
    from semverdiff.types.walk import Steps, Total

__all__ = [
    "Anchor",
    "Equality",
    "Identify",
    "Stands",
    "Type",
    "by_name",
    "equal",
    "exchanged",
    "no_anchor",
    "shared_name",
    "where_declared",
    "where_unchanged",
]

Anchor = Callable[[str, str], bool]
"""Returns whether module and name are a public type on both sides: compared once, at its own name."""

Identify = Callable[[Surface, tuple[str, str]], tuple[str, str]]
"""Returns the module and name by which both sides know what a declaration makes: it may be renamed."""


_TRUTH: Final[tuple[Facts, ...]] = (("value", "boolean", True), ("value", "boolean", False))
_BOOLEAN: Final[Facts] = ("builtin", "boolean")
_VALUES: Final = (nodes.BuiltinType, nodes.NilType, nodes.SingletonType)
_Pair = tuple[int, int, bool]
"""The numbers of two types, and whether they are compared as structures or as whole types."""
_Node = tuple[int, bool]
"""The number of a type, and whether it stands for a structure or for a whole type."""


Stands = Callable[[Type, nodes.Reference], bool]
"""Returns whether a name that leads into another package is one thing on both sides, and is not followed."""


def by_name(_side: Surface, name: tuple[str, str]) -> tuple[str, str]:
    """Return module and name of a declaration as its identity: nothing has another name now."""
    return name


def no_anchor(_module: str, _name: str) -> bool:
    """Return that no name is an anchor: each is followed to what it means on its side."""
    return False


def where_declared(type_: Type, reference: nodes.Reference) -> bool:
    """Return whether what a name of another package stands for is compared where that declares it."""
    return type_.surface.stands_for_itself(reference, type_.module)


def where_unchanged(type_: Type, reference: nodes.Reference) -> bool:
    """Return whether nothing can have changed in what a name of another package stands for."""
    return type_.surface.is_same_elsewhere(reference, type_.module)


def shared_name(type_: Type, anchor: Anchor) -> tuple[str, str] | None:
    """Return module and name of what is compared at its own name wherever both sides name it; else None.

    That is a public type of both versions, or what another package declares. Nothing is read of a package to
    know that its own names lead there.
    """
    match type_.descriptor:
        case nodes.Reference() as reference:
            origin = type_.surface.origin(reference, type_.module)
            if where_declared(type_, reference) or anchor(*origin):
                return origin
    return None


def equal(old: Type, new: Type, anchor: Anchor) -> bool:
    """Return whether two types are the same, where anchors stand for themselves."""
    return _plainly_equal(old.descriptor, new.descriptor) or Equality(anchor, new.surface).same(old, new)


def exchanged(old: Type, new: Type, anchor: Anchor) -> tuple[list[Type], list[Type]]:
    """Return the members of a union that only the old, and those that only the new side has."""
    return Equality(anchor, new.surface).exchanged_between(old, new)


class Equality:
    """Whether types of two surfaces are the same; what was decided about one pair serves the next.

    `home` is the new surface, `identify` knows the distinct types that have another name now, `stands` which
    names of other packages are not followed. A comparison that needs too many steps ends as "not equal",
    which says no more than it always does. `total` is what the questions of a comparison may cost together,
    `numbers` are those of types, which others may share.
    """

    def __init__(  # noqa: PLR0913 (what is known of both surfaces, by name)
        self,
        anchor: Anchor,
        home: Surface,
        identify: Identify = by_name,
        total: Total | None = None,
        stands: Stands = where_declared,
        *,
        numbers: TypeNumbers | None = None,
    ) -> None:
        self._anchor = anchor
        self._home = home
        self._identify = identify
        self._stands = stands
        self._numbers = numbers or TypeNumbers()
        self._structure_by_number: dict[int, Structure | None] = {}
        self._exchanged: dict[_Pair, tuple[list[Type], list[Type]]] = {}
        self._fresh = count()
        # The first pair that takes too long is the last one that is followed.
        self._budget = Budget(limits.EQUALITY_STEPS, limits.EQUALITY_STEPS, total=total)
        self._decisions: Decisions[_Pair] = Decisions(self._begin, self._budget)
        self._classes: Classes[_Node] | None = None
        self._total = total

    def same(self, old: Type, new: Type) -> bool:
        """Return whether two types are the same."""
        if _plainly_equal(old.descriptor, new.descriptor):
            return True
        try:
            return self._same(old, new)
        except BudgetExceededError:
            return False

    def exchanged_between(self, old: Type, new: Type) -> tuple[list[Type], list[Type]]:
        """Return what `exchanged` does of two types, which several questions are about."""
        pair = self._pair(old, new)
        known = self._exchanged.get(pair)
        if known is None:
            known = self._exchanged[pair] = self.exchanged([old], [new])
        return known

    def exchanged(self, old: Iterable[Type], new: Iterable[Type]) -> tuple[list[Type], list[Type]]:
        """Return the members of unions that only the old, and those that only the new side has.

        Raise `BudgetExceededError` if that takes too long to find out.
        """
        if self._classes is None:
            self._budget.renew()
            try:
                return self._decisions.run(self._unmatched(*self._cancelled(old, new)))
            except BudgetExceededError:
                self._classes = self._begun_classes()
        return self._told_apart(self._classes, *self._cancelled(old, new))

    def _same(self, old: Type, new: Type) -> bool:
        if self._classes is None:
            self._budget.renew()
            try:
                return self._decisions.decide(self._pair(old, new))
            except BudgetExceededError:
                self._classes = self._begun_classes()
        return not any(self._told_apart(self._classes, *self._cancelled([old], [new])))

    def _begun_classes(self) -> Classes[_Node]:
        steps = limits.EQUALITY_CLASS_STEPS
        self._budget = Budget(steps, steps, total=self._total)
        return types.Classes(self._composition, self._budget.step)

    def _pair(self, old: Type, new: Type) -> _Pair:
        return self._numbers.of(old), self._numbers.of(new), False

    def _begin(self, pair: _Pair) -> bool | Steps[_Pair]:
        left_number, right_number, structures = pair
        if left_number == right_number:
            return True
        old, new = self._numbers.type(left_number), self._numbers.type(right_number)
        if structures:
            return self._same_structure(old, new)
        left, right = self._cancelled([old], [new])
        if not left and not right:
            return True
        if not left or not right or any(isinstance(one.descriptor, _VALUES) for one in (*left, *right)):
            # What has no structure is the same as nothing that is left.
            return False
        return self._matched(left, right)

    # Unions

    def _matched(self, left: list[Type], right: list[Type]) -> Steps[_Pair]:
        if len(left) == len(right) == 1:
            return (yield self._structures(left[0], right[0]))
        lost, gained = yield from self._unmatched(left, right)
        return not lost and not gained

    def _unmatched(
        self, left: list[Type], right: list[Type]
    ) -> Generator[_Pair, bool, tuple[list[Type], list[Type]]]:
        """Return the members of either side that no member of the other side is the same as."""
        lost = yield from self._without_equal(left, right, self._structures)
        gained = yield from self._without_equal(right, left, lambda one, two: self._structures(two, one))
        return lost, gained

    def _structures(self, old: Type, new: Type) -> _Pair:
        return self._numbers.of(old), self._numbers.of(new), True

    def _without_equal(
        self, members: list[Type], others: list[Type], pair: Callable[[Type, Type], _Pair]
    ) -> Generator[_Pair, bool, list[Type]]:
        alike: dict[Facts, _Candidates] = {}
        for other in others:
            form = self._structure(other)
            if form is not None:
                alike.setdefault(form.facts, _Candidates()).add(other)
        remaining: list[Type] = []
        for member in members:
            form = self._structure(member)
            candidates = None if form is None else alike.get(form.facts)
            for other in candidates.likeliest_first(member) if candidates is not None else ():
                self._budget.step()
                if (yield pair(member, other)):
                    break
            else:
                remaining.append(member)
        return remaining

    def _cancelled(self, old: Iterable[Type], new: Iterable[Type]) -> tuple[list[Type], list[Type]]:
        """Return the members of both sides without those that have the same name or value on both."""
        left, right = self._alternatives(old), self._alternatives(new)
        fresh_left, fresh_right = list(left), list(right)
        opened_left: set[Facts] = set()
        opened_right: set[Facts] = set()  # of its own: both sides may name one declaration
        while fresh_left or fresh_right:
            for atom in (*fresh_left, *fresh_right):
                if atom in left and atom in right:
                    del left[atom], right[atom]
            if not left or not right:
                break
            fresh_left = self._expand(left, fresh_left, opened_left)
            fresh_right = self._expand(right, fresh_right, opened_right)
        return list(left.values()), list(right.values())

    def _alternatives(self, types: Iterable[Type]) -> dict[Facts, Type]:
        """Return the members of unions by what identifies them, unions flattened, nothing expanded."""
        members: dict[Facts, Type] = {}
        for type_ in types:
            for member in forms.written_members(type_):
                members[self._atom(member)] = self._current(member)
        self._budget.step(len(members))
        if all(value in members for value in _TRUTH):
            true, _ = [members.pop(value) for value in _TRUTH]
            members[_BOOLEAN] = true.with_descriptor(nodes.BuiltinType("boolean"))
        return members

    def _current(self, type_: Type) -> Type:
        """Return a public name of both sides as clients of the new side mean it, should it be looked into."""
        if type_.surface is self._home:
            return type_
        match type_.descriptor:
            case nodes.Reference() as reference:
                owner, name = type_.surface.origin(reference, type_.module)
                if self._anchor(owner, name):
                    return Type(nodes.Reference(None, name), owner, self._home)
        return type_

    def _atom(self, type_: Type) -> Facts:
        """Return a name of a member: equal names mean equal types; structures get a name of their own."""
        if type(type_.descriptor) not in nodes.LEAVES:
            return "structure", next(self._fresh)
        match type_.descriptor:
            case nodes.Reference() as reference:
                owner = type_.surface.owner(reference, type_.module)
                origin = type_.surface.origin(reference, type_.module)
                if self._stands(type_, reference):
                    return "imported", *origin
                if self._anchor(*origin):
                    return "anchor", *origin
                if owner is not None and type_.surface.locate(owner, reference.name) is None:
                    return self._member_of_enum(type_.surface, owner, reference.name)
            case nodes.BuiltinType(name=name):
                return "builtin", name
            case nodes.SingletonType(text=text):
                return "value", *(literal_value(text) or ("text", text))
            case nodes.NilType():
                return ("nil",)
        return "structure", next(self._fresh)

    def _member_of_enum(self, surface: Surface, owner: str, name: str) -> Facts:
        found = surface.enum_member(owner, name)
        if found is None:
            # A parameter that decides the result (`returns t`), or a name in error.
            return "undeclared", owner, name
        return "value", *enum_member_value(found[1], owner, surface)

    def _expand(self, members: dict[Facts, Type], fresh: list[Facts], opened: set[Facts]) -> list[Facts]:
        """Replace each fresh name that stands for a union, a value or an alias by what it stands for.

        Return what stands there now. `opened` are the names done before: an alias of itself is an error, not
        a reason to hang.
        """
        entered: list[Facts] = []
        for atom in fresh:
            type_ = members.get(atom)
            if type_ is None or not isinstance(type_.descriptor, nodes.Reference):
                continue
            name = (id(type_.surface), type_.module, type_.descriptor)
            expanded = None if name in opened else forms.meaning(type_, type_.descriptor)
            if expanded is None:
                continue
            opened.add(name)
            del members[atom]
            inner = self._alternatives(expanded)
            members.update(inner)
            entered += inner
        return entered

    # Classes

    def _told_apart(
        self, classes: Classes[_Node], left: list[Type], right: list[Type]
    ) -> tuple[list[Type], list[Type]]:
        """Return the members of either side whose class no member of the other side has."""
        of_left = [classes.of((self._numbers.of(one), True)) for one in left]
        of_right = [classes.of((self._numbers.of(one), True)) for one in right]
        shared = set(of_left) & set(of_right)
        lost = [one for one, number in zip(left, of_left, strict=True) if number not in shared]
        gained = [one for one, number in zip(right, of_right, strict=True) if number not in shared]
        return lost, gained

    def _composition(self, node: _Node) -> Composition[_Node]:
        """Return what a type is made of, as a whole, or as the structure that a member of a union is."""
        number, is_structure = node
        type_ = self._numbers.type(number)
        if not is_structure:
            return self._members(type_)
        form = self._structure(type_)
        if form is None:
            return types.Composition(("nowhere", number), ())
        parts = [(self._numbers.of(part), False) for part in form.parts]
        return types.Composition(form.facts, parts, form.unordered)

    def _members(self, type_: Type) -> Composition[_Node]:
        """Return the members of a union: for facts those without a structure, for parts the structures."""
        atoms: set[Facts] = set()
        structures: dict[_Node, None] = {}
        opened: set[int] = set()
        waiting = [type_]
        while waiting:
            members = self._alternatives([waiting.pop()])
            self._budget.step(limits.EQUALITY_MEMBER_STEPS * len(members))
            for atom, member in members.items():
                if atom[0] not in {"structure", "anchor"}:
                    atoms.add(atom)
                    continue
                reference, number = member.descriptor, self._numbers.of(member)
                if number in opened:
                    continue
                opened.add(number)
                inner = forms.meaning(member, reference) if isinstance(reference, nodes.Reference) else None
                if inner is None:
                    structures[number, True] = None
                else:
                    waiting += inner
        if atoms.issuperset(_TRUTH):
            atoms = {*atoms.difference(_TRUTH), _BOOLEAN}
        return types.Composition(("union", frozenset(atoms)), tuple(structures), unordered=True)

    # Structures

    def _same_structure(self, old: Type, new: Type) -> bool | Steps[_Pair]:
        left, right = self._structure(old), self._structure(new)
        if left is None or right is None or left.facts != right.facts:
            return False
        if left.unordered:
            return self._same_members(left.parts, right.parts)
        return self._same_parts(left.parts, right.parts)

    def _same_parts(self, left: tuple[Type, ...], right: tuple[Type, ...]) -> Steps[_Pair]:
        for one, two in zip(left, right, strict=True):
            left_part, right_part = one.descriptor, two.descriptor
            if isinstance(left_part, nodes.BuiltinType) and left_part == right_part:
                continue  # the most frequent parts
            if not (yield self._pair(one, two)):
                return False
        return True

    def _same_members(self, left: tuple[Type, ...], right: tuple[Type, ...]) -> Steps[_Pair]:
        """Compare parts of which each has to be the same as one of the other side, in whatever place."""
        before, after = _Candidates.of(left), _Candidates.of(right)
        for one in left:
            if not (yield from self._any_same(self._pair(one, two) for two in after.likeliest_first(one))):
                return False
        for two in right:
            if not (yield from self._any_same(self._pair(one, two) for one in before.likeliest_first(two))):
                return False
        return True

    def _any_same(self, pairs: Iterable[_Pair]) -> Steps[_Pair]:
        for pair in pairs:
            self._budget.step()
            if (yield pair):
                return True
        return False

    def _structure(self, type_: Type) -> Structure | None:
        """Return the structure of a member of a union; `None` for one that has none, or leads nowhere."""
        number = self._numbers.of(type_)
        if number not in self._structure_by_number:
            inner = forms.structure(type_)
            form = None if inner is None else structure_of(inner)
            if form is not None:
                form = Structure((*self._identity(type_), *form.facts), form.parts, form.unordered)
            self._structure_by_number[number] = form
        return self._structure_by_number[number]

    def _identity(self, type_: Type) -> Facts:
        """Return what tells a type apart beside its structure: the distinct type it is, a readonly class."""
        target = type_.target()
        if target is None:
            return None, False
        match target.declaration:
            case nodes.Class(qualifiers=qualifiers):
                is_distinct, is_readonly = "distinct" in qualifiers, "readonly" in qualifiers
            case nodes.TypeDefinition(type=nodes.DistinctType()):
                is_distinct, is_readonly = True, False
            case _:
                return None, False
        name = self._identify(target.surface, target.origin)
        return name if is_distinct else None, is_readonly


def _plainly_equal(old: nodes.TypeDescriptor, new: nodes.TypeDescriptor) -> bool:
    """Return whether two descriptors are equal whatever names mean; most that are compared are."""
    while type(old) is type(new) and type(old) is not nodes.Reference:
        match old, new:
            case (nodes.BuiltinType(), nodes.BuiltinType()) | (nodes.NilType(), nodes.NilType()):
                return old == new
            case nodes.OptionalType(member=left), nodes.OptionalType(member=right):
                old, new = left, right
            case nodes.ArrayType(member=left, length=None), nodes.ArrayType(member=right, length=None):
                old, new = left, right
            case _:
                return False
    return False


class _Candidates:
    """Types that another one may be the same as, some of them by their names."""

    def __init__(self) -> None:
        self._types: list[Type] = []
        self._by_name: dict[Facts, Type] = {}

    @classmethod
    def of(cls, types: Iterable[Type]) -> _Candidates:
        """Return these types as candidates."""
        candidates = cls()
        for type_ in types:
            candidates.add(type_)
        return candidates

    def add(self, type_: Type) -> None:
        """Enter a type."""
        self._types.append(type_)
        name = _written_name(type_)
        if name is not None:
            self._by_name.setdefault(name, type_)

    def likeliest_first(self, type_: Type) -> Iterator[Type]:
        """Yield one of the same name first, which is the likeliest to mean the same."""
        name = _written_name(type_)
        first = None if name is None else self._by_name.get(name)
        if first is not None:
            yield first
        yield from (other for other in self._types if other is not first)


def _written_name(type_: Type) -> Facts | None:
    """Return what a type is written as, if that is a name."""
    match type_.descriptor:
        case nodes.Reference() as reference:
            return type_.module, reference
        case nodes.BuiltinType(name=name):
            return ("builtin", name)
    return None
