"""Whether an old and a new type leave it open what a constructor makes, at any depth.

SPEC, List and mapping constructors, `new`: the expected type says what is made. Where it is a union, the
members that the constructor fits are looked for, and there must be one: `f([1, 2])` is refused when
`int[]` becomes `int[]|float[]`. It is refused when `int[]` becomes `int[]|byte[]`, too, though the types are
equal, and when `A|B` stays and the record A gets a field that only B had.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import limits
from semverdiff.api.members import field_type, record_members
from semverdiff.syntax import nodes
from semverdiff.types.constructors import Demanded, Keys, Row, common, have_common, takes
from semverdiff.types.equality import shared_name
from semverdiff.types.expressions import DATA, Demands, demands, is_plain
from semverdiff.types.forms import Shape, meaning, shape, union_members, written_members
from semverdiff.types.walk import Budget, Decisions, TypeNumbers, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.api.surface import Type
    from semverdiff.types.equality import Anchor, Equality
    from semverdiff.types.walk import Steps, Total, Walk

__all__ = ["Ambiguity"]

_CONSTRUCTORS: Final = {"list": "[]", "map": "{}", "record": "{}", "object": "new"}

_READONLY: Final = nodes.BuiltinType("readonly")

# Members of a union of which all pairs are tried.
_FEW: Final = 16

_Question = tuple[int, int, bool]
"""The numbers of two types, and whether it is asked if nothing changed, or if nothing became ambiguous."""
_Origin = tuple[str, str]


class _Alternative(msgspec.Struct, frozen=True, dict=True):
    """A member of a union whose values constructors make, if it is one.

    `row` and `keys` are there if list or mapping constructors make them. Most unions are done with before
    anybody asks for these.
    """

    type: Type
    shape: Shape

    @property
    def is_made(self) -> bool:
        """Return whether constructors make its values."""
        return self.is_data or self.shape.is_class or self.shape.form in {"list", "map", "record"}

    @property
    def is_data(self) -> bool:
        """Return whether it takes any list or mapping constructor."""
        match self.shape.type.descriptor:
            case nodes.BuiltinType(name=name):
                return name in DATA
        return False

    @cached_property
    def row(self) -> Row[Type] | None:
        """Return the types of what a list constructor holds."""
        type_ = self.shape.type
        match type_.descriptor:
            case nodes.TupleType(members=members, rest=rest):
                further = None if rest is None else type_.with_descriptor(rest)
                return Row(tuple(map(type_.with_descriptor, members)), further)
            case nodes.ArrayType(member=written):
                # Of an array of fixed length a constructor may leave members out.
                return Row((), type_.with_descriptor(written))
        return Row((), type_) if self.is_data else None

    @cached_property
    def keys(self) -> Keys[Type] | None:
        """Return the types of what a mapping constructor holds."""
        type_ = self.shape.type
        match type_.descriptor:
            case nodes.ParameterizedType(name="map", parameter=parameter):
                return Keys({}, frozenset(), type_.with_descriptor(parameter))
            case nodes.RecordType():
                declared = record_members(type_)
                fields = {name: field_type(field) for name, field in declared.fields.items()}
                required = frozenset(
                    name
                    for name, field in declared.fields.items()
                    if not field.declared.optional and field.declared.default is None
                )
                return Keys(fields, required, declared.rest)
        return Keys({}, frozenset(), type_) if self.is_data else None


class _Branch(msgspec.Struct, frozen=True, eq=False):
    """An alternative as part of a union.

    `origin` is the public alias of both sides that brings it: what is ambiguous within that is stated at its
    own name. An alternative that two aliases bring is two branches.
    """

    alternative: _Alternative
    origin: _Origin | None


class _Taker(msgspec.Struct, frozen=True, eq=False):
    """A branch and what its constructors hold."""

    branch: _Branch
    demanded: Demanded

    @property
    def kind(self) -> int:
        """Return the number that those which take the same constructors have in common."""
        return self.demanded.kind


class Ambiguity:
    """Constructors in the light of old and new types, each pair of types looked into once.

    `anchor` names the public types of both sides: what became ambiguous inside one of them is stated at its
    own name. They count as equal `here`, while equality `everywhere` follows every name.
    """

    def __init__(
        self, here: Equality, everywhere: Equality, anchor: Anchor, total: Total | None = None
    ) -> None:
        self._here = here
        self._everywhere = everywhere
        self._anchor = anchor
        self._numbers = TypeNumbers()
        self._constructors: dict[_Question, str] = {}
        self._members_by_type: dict[int, list[tuple[int, Type]]] = {}
        self._meaning_by_member: dict[int, list[Type] | None] = {}
        self._alternative_by_member: dict[int, _Alternative] = {}
        self._demanded_by_member: dict[int, Demanded] = {}
        self._kinds: dict[tuple[object, ...], int] = {}
        self._demands_by_type: dict[int, Demands] = {}
        self._made_by_member: dict[int, int] = {}
        self._named_alike: dict[tuple[int, int], bool] = {}
        # A pair that is met again on the way is as clear as what else is found in it.
        self._budget = Budget(
            limits.AMBIGUITY_STEPS, limits.AMBIGUITY_SHARED_STEPS, limits.AMBIGUITY_COST, total
        )
        self._clear: Decisions[_Question] = Decisions(self._begin, self._budget)

    def constructor(self, old: Type, new: Type) -> str | None:
        """Return a constructor that made one thing of `old`, and in `new`, or inside, may make two.

        It is `[]`, `{}` or `new`, whatever it holds; `None` if every constructor that was clear still is.
        Raise `BudgetExceededError` if that takes too long to find out.
        """
        question = self._clearness(old, new)
        self._budget.renew()
        return None if self._clear.decide(question) else self._constructors[question]

    def _clearness(self, old: Type, new: Type) -> _Question:
        return self._numbers.of(old), self._numbers.of(new), False

    def _stability(self, old: Type, new: Type) -> _Question:
        return self._numbers.of(old), self._numbers.of(new), True

    def _begin(self, question: _Question) -> bool | Steps[_Question]:
        old, new = self._numbers.type(question[0]), self._numbers.type(question[1])
        if question[2]:
            return self._is_stable(old, new)
        if is_plain(new.descriptor):
            return True
        if self._cores_share_name(old, new):
            return True
        return self._steps(question, old, new)

    def _cores_share_name(self, old: Type, new: Type) -> bool:
        """Return whether two types are made of one name in one form: `T` of `T[]`, `T?` or `map<T>`.

        Two names that stay two names may become ambiguous together; one cannot. What holds of two types holds
        of those that they are made of: each is asked once, however many lie in each other.
        """
        followed: list[tuple[int, int]] = []
        while (pair := (self._numbers.of(old), self._numbers.of(new))) not in self._named_alike:
            self._budget.step()
            followed.append(pair)
            left, right = _core(old.descriptor), _core(new.descriptor)
            if left is None or right is None or left[0] != right[0]:
                origin = shared_name(old, self._anchor)
                self._named_alike[pair] = origin is not None and origin == shared_name(new, self._anchor)
                break
            old, new = old.with_descriptor(left[1]), new.with_descriptor(right[1])
        answer = self._named_alike[pair]
        self._named_alike.update(dict.fromkeys(followed, answer))
        return answer

    def _steps(self, question: _Question, old: Type, new: Type) -> Steps[_Question]:
        made = min(run(self._made(old, set())), run(self._made(new, set())))
        # Of many members of which none changed no two are news, and neither is what they hold.
        if not made:
            return True
        if made > 1 and not self._has_few_names(new) and (yield self._stability(old, new)):
            return True
        before, after = self._alternatives(old), self._alternatives(new)
        constructor = self._second(before, after) if len(after) > 1 else None
        if constructor is not None:
            self._constructors[question] = constructor
            return False
        for one, two in self._pairs(before, after):
            self._budget.step()
            if not self._stated_elsewhere(one, two) and self._have_common(one, two):
                for parts in _parts(one.alternative, two.alternative):
                    if not (yield self._clearness(*parts)):
                        self._constructors[question] = _CONSTRUCTORS[two.alternative.shape.form]
                        return False
        return True

    def _has_few_names(self, type_: Type) -> bool:
        """Return whether a union is of public structures of both sides: their pairs are sooner compared."""
        members = self._written(type_)
        return len(members) <= _FEW and all(
            is_plain(one.descriptor)
            or (shared_name(one, self._anchor) is not None and self._meaning(number, one) is None)
            for number, one in members
        )

    def _is_stable(self, old: Type, new: Type) -> Steps[_Question]:
        """Return whether the members of two unions are the same one by one, whatever names are followed."""
        before, after = self._written(old), self._written(new)
        if len(before) != len(after):
            return False
        for (left_number, one), (right_number, two) in zip(before, after, strict=True):
            self._budget.step()
            if is_plain(one.descriptor) and is_plain(two.descriptor):
                continue  # to look for what neither means would take most of the work on long unions
            left, right = self._meaning(left_number, one), self._meaning(right_number, two)
            if left is None or right is None:
                if left is not right or not self._everywhere.same(one, two):
                    return False
                continue
            if shared_name(one, self._anchor) != shared_name(two, self._anchor) or len(left) != len(right):
                return False
            for further in zip(left, right, strict=True):
                if not (yield self._stability(*further)):
                    return False
        return True

    def _made(self, type_: Type, followed: set[int]) -> Walk[int]:
        """Return how many members of a union constructors make: none, one, or two and more."""
        total = 0
        for number, member in self._written(type_):
            if number not in self._made_by_member and number not in followed:
                self._budget.step()
                followed.add(number)  # should it be an alias of itself
                inner = self._meaning(number, member)
                count = 0
                for one in inner or ():
                    count += yield self._made(one, followed)
                if inner is None:
                    count = int(self._alternative(number, member).is_made)
                self._made_by_member[number] = min(count, 2)
            total += self._made_by_member.get(number, 0)
        return min(total, 2)

    def _alternatives(self, type_: Type) -> list[_Branch]:
        """Return the members of a union, and of those that it names, whose values constructors make."""
        found: list[_Branch] = []
        waiting: list[tuple[Type, _Origin | None]] = [(type_, None)]
        followed: set[int] = set()
        while waiting:
            written, origin = waiting.pop()
            members = self._written(written)
            self._budget.step(len(members))
            for number, member in members:
                inner = self._meaning(number, member)
                if inner is None or number in followed:
                    alternative = self._alternative(number, member)
                    if alternative.is_made:
                        found.append(_Branch(alternative, origin))
                else:
                    followed.add(number)
                    through = origin or shared_name(member, self._anchor)
                    waiting.extend((one, through) for one in inner)
        return found

    def _written(self, type_: Type) -> list[tuple[int, Type]]:
        """Return the members of a union as it is written, with their numbers."""
        number = self._numbers.of(type_)
        known = self._members_by_type.get(number)
        if known is None:
            known = [(self._numbers.of(member), member) for member in written_members(type_)]
            self._members_by_type[number] = known
        return known

    def _meaning(self, number: int, member: Type) -> list[Type] | None:
        """Return what a name stands for, if that is an alias, a union or values; else `None`."""
        if number not in self._meaning_by_member:
            self._meaning_by_member[number] = _meaning(member)
        return self._meaning_by_member[number]

    def _alternative(self, number: int, member: Type) -> _Alternative:
        known = self._alternative_by_member.get(number)
        if known is None:
            known = self._alternative_by_member[number] = _Alternative(member, shape(member))
        return known

    def _of_types(self, branches: Iterable[_Branch], types: Iterable[Type]) -> list[_Branch]:
        chosen = set(map(self._numbers.of, types))
        return [one for one in branches if self._numbers.of(one.alternative.type) in chosen]

    def _changed(
        self, equality: Equality, before: list[_Branch], after: list[_Branch]
    ) -> tuple[list[_Branch], list[_Branch]]:
        """Return the members of either side that the other one has not."""
        if len(before) == len(after) == 1:
            return before, after  # what they hold is compared in any case
        self._budget.step(limits.AMBIGUITY_MEMBER_STEPS * (len(before) + len(after)))
        old, new = ([one.alternative.type for one in row] for row in (before, after))
        lost, gained = equality.exchanged(old, new)
        return self._of_types(before, lost), self._of_types(after, gained)

    def _pairs(self, before: list[_Branch], after: list[_Branch]) -> Iterator[tuple[_Branch, _Branch]]:
        """Yield the members of both sides of which what they hold may have become ambiguous."""
        lost, gained = self._changed(self._here, before, after)
        yield from product(lost, gained)
        # Members without a public name may be the same but for what the public types inside of them are. That
        # those which changed are left out, and nothing is compared where one side has none, saves work only:
        # no member of either row has its equal among them.
        old, new = (
            [one for one in branches if one not in changed and not self._is_stated_elsewhere(one)]
            for branches, changed in ((before, set(lost)), (after, set(gained)))
        )
        if not old or not new:
            return
        old, new = self._changed(self._everywhere, old, new)
        for one in old:
            for two in new:
                self._budget.step()
                if self._here.same(one.alternative.type, two.alternative.type):
                    new.remove(two)  # equal ones are one pair each: what further pairs hold is the same
                    yield one, two
                    break

    def _second(self, before: list[_Branch], after: list[_Branch]) -> str | None:
        """Return a constructor that one old member takes alone, and two new ones take."""
        old_takers, new_takers = list(map(self._taker, before)), list(map(self._taker, after))
        added = new_takers
        if len(after) > _FEW:
            # Two members of which neither changed are no news; to know it costs less than all pairs.
            replaced, gained = self._changed(self._everywhere, before, after)
            if len(after) - len(gained) == len(before) - len(replaced):
                added = list(map(self._taker, gained))
        # What takes the same constructors as another member takes none of them alone.
        count_of = Counter(taker.kind for taker in old_takers)
        alone = [taker for taker in old_takers if count_of[taker.kind] == 1]
        tried: set[tuple[int, int]] = set()
        for one, two in self._news(added, new_takers):
            if (one.kind, two.kind) in tried:
                continue
            tried.add((one.kind, two.kind))
            left, right = one.demanded, two.demanded
            if not (have_common(left, right) or have_common(right, left)):
                continue
            for old in alone:
                for constructor in common(old.demanded, left, right):
                    self._budget.step()
                    others = (other.demanded for other in old_takers if other is not old)
                    if not any(takes(other, constructor) for other in others):
                        return constructor.text
        return None

    def _news(self, added: list[_Taker], takers: list[_Taker]) -> Iterator[tuple[_Taker, _Taker]]:
        """Yield the pairs of members that may be news as alternatives of each other."""
        by_origin: dict[_Origin | None, list[_Taker]] = {}
        for taker in takers:
            by_origin.setdefault(taker.branch.origin, []).append(taker)
        for one in added:
            # What is ambiguous within a public alias is stated at its own name.
            for origin, others in by_origin.items():
                if origin is not None and origin == one.branch.origin:
                    continue
                for two in others:
                    self._budget.step()
                    if one.branch is not two.branch and not (
                        one.branch.alternative.is_data and two.branch.alternative.is_data
                    ):
                        yield one, two

    def _taker(self, branch: _Branch) -> _Taker:
        return _Taker(branch, self._demanded(branch.alternative))

    def _have_common(self, one: _Branch, two: _Branch) -> bool:
        return have_common(self._demanded(one.alternative), self._demanded(two.alternative))

    def _demanded(self, alternative: _Alternative) -> Demanded:
        """Return an alternative by the expressions that its constructors hold."""
        number = self._numbers.of(alternative.type)
        known = self._demanded_by_member.get(number)
        if known is None:
            row = None if alternative.row is None else self._demanded_row(alternative.row)
            keys = None if alternative.keys is None else self._demanded_keys(alternative.keys)
            is_class = alternative.shape.is_class
            demanded = (
                is_class,
                row and (row.members, row.rest),
                keys and (frozenset(keys.fields.items()), keys.required, keys.rest),
            )
            kind = self._kinds.setdefault(demanded, len(self._kinds))
            known = self._demanded_by_member[number] = Demanded(row, keys, is_class, kind)
        return known

    def _demanded_row(self, row: Row[Type]) -> Row[Demands]:
        return Row(tuple(map(self._demands, row.members)), self._rest(row.rest))

    def _demanded_keys(self, keys: Keys[Type]) -> Keys[Demands]:
        fields = {name: self._demands(type_) for name, type_ in keys.fields.items()}
        return Keys(fields, keys.required, self._rest(keys.rest))

    def _rest(self, type_: Type | None) -> Demands | None:
        return None if type_ is None else self._demands(type_)

    def _demands(self, type_: Type) -> Demands:
        number = self._numbers.of(type_)
        known = self._demands_by_type.get(number)
        if known is None:
            members = union_members(type_)
            self._budget.step(len(members))
            known = self._demands_by_type[number] = demands(members)
        return known

    def _is_stated_elsewhere(self, branch: _Branch) -> bool:
        """Return whether a member is, or comes from, a public type of both sides."""
        return branch.origin is not None or shared_name(branch.alternative.type, self._anchor) is not None

    def _stated_elsewhere(self, old: _Branch, new: _Branch) -> bool:
        """Return whether two members are, or come from, one public type of both sides."""
        if old.origin is not None:
            return old.origin == new.origin
        origin = shared_name(old.alternative.type, self._anchor)
        return origin is not None and origin == shared_name(new.alternative.type, self._anchor)


def _core(descriptor: nodes.TypeDescriptor) -> tuple[str, nodes.TypeDescriptor] | None:
    """Return the one part of which constructors make values, and the form around it; None if it has none."""
    match descriptor:
        case nodes.ArrayType(member=member):
            return "list", member
        case nodes.ParameterizedType(name="map", parameter=parameter):
            return "map", parameter
        case nodes.OptionalType(member=member):
            return "union", member
        case nodes.UnionType(members=members):
            made = [one for one in members if not is_plain(one)]
            return ("union", made[0]) if len(made) == 1 else None
        case nodes.IntersectionType(members=members):
            others = [one for one in members if one != _READONLY]
            return ("intersection", others[0]) if len(others) == 1 else None
    return None


def _meaning(type_: Type) -> list[Type] | None:
    """Return what a name stands for, if that is an alias, a union or values; else `None`."""
    return meaning(type_, type_.descriptor) if isinstance(type_.descriptor, nodes.Reference) else None


def _parts(old: _Alternative, new: _Alternative) -> Iterator[tuple[Type, Type]]:
    """Yield the types of what a constructor of both alternatives holds, in pairs."""
    pairs: list[tuple[Type | None, Type | None]] = []
    if old.row is not None and new.row is not None:
        length = max(len(old.row.members), len(new.row.members))
        pairs += [(old.row.at(index), new.row.at(index)) for index in range(length)]
        pairs.append((old.row.rest, new.row.rest))
    if old.keys is not None and new.keys is not None:
        pairs += [(type_, new.keys.at(name)) for name, type_ in old.keys.fields.items()]
        pairs.append((old.keys.rest, new.keys.rest))
    yield from ((one, two) for one, two in pairs if one is not None and two is not None)
