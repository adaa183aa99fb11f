"""Methods of classes and object types: which came and went, and what calls the others take."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import method_key, method_text
from semverdiff.compare.details import KindChanged, Renamed
from semverdiff.compare.difference import Step
from semverdiff.compare.facts import Condition, Kind
from semverdiff.compare.metadata import metadata_differences, signature_metadata_differences
from semverdiff.compare.renames import certain_renames
from semverdiff.compare.resource_paths import (
    is_counterpart,
    overlap,
    path_differences,
    same_but_one_name,
)
from semverdiff.compare.signatures import (
    Callable,
    parameter_differences,
    qualifier_differences,
    result_differences,
)
from semverdiff.syntax import same_body

if TYPE_CHECKING:
    from collections.abc import Callable as Function
    from collections.abc import Collection, Iterator, Mapping

    from semverdiff.api import Member
    from semverdiff.compare.difference import Difference, Excerpt
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Method, MethodKind

__all__ = ["SUBJECTS", "is_visible", "method_differences", "method_place", "signature_differences"]

SUBJECTS: Mapping[MethodKind, str] = {
    "init": "init",
    "normal": "method",
    "remote": "remote-method",
    "resource": "resource",
}
_STEPS: Mapping[MethodKind, Kind] = {
    "init": Kind.METHOD,
    "normal": Kind.METHOD,
    "remote": Kind.REMOTE_METHOD,
    "resource": Kind.RESOURCE,
}


def is_visible(member: Member[Method]) -> bool:
    """Return whether clients see a method; the reader makes remote and resource methods public."""
    return member.declared.visibility == "public"


def method_place(place: Place, subject: str, member: Member[Method]) -> Place:
    """Return the place of a method of the type at `place`."""
    key, kind = method_key(member.declared), member.declared.kind
    if kind == "resource":
        return place.below(subject, f"{place.symbol}{key}", Step(_STEPS[kind], key[1:-1]))
    return place.below(subject, f"{place.symbol}.{key}", Step(_STEPS[kind], key))


def method_differences(
    place: Place, sides: Sides, old: Mapping[str, Member[Method]], new: Mapping[str, Member[Method]]
) -> Iterator[Difference]:
    """Compare methods by `method_key`, without `init`. `place` is the type's, with its conditions.

    Methods that clients do not see belong to the maps, too: a public one may have become one of them.
    """
    gone = {key: one for key, one in old.items() if is_visible(one) and key not in new}
    come = {key: one for key, one in new.items() if is_visible(one) and key not in old}
    successors = _successors(place, sides, gone, come)
    for key, member in old.items():
        if is_visible(member):
            yield from _fate(place, sides, member, new.get(successors.get(key, key)))
    for key, member in new.items():
        was_visible = key in old and is_visible(old[key])
        if is_visible(member) and not was_visible and key not in successors.values():
            yield _added(sides.placed(place, (), member.origins), member, old)


def _added(place: Place, member: Member[Method], old: Mapping[str, Member[Method]]) -> Difference:
    method = member.declared
    at = method_place(place, place.subject, member)
    if method.kind == "resource" and any(
        one.declared.kind == "resource"
        and one.declared.name == method.name
        and overlap(one.declared.path, method.path)
        for one in old.values()
    ):
        at = replace(at, conditions=at.conditions | {Condition.PATH_OVERLAPS})
    return at.differs(f"{SUBJECTS[method.kind]}-added", None, _new_excerpt(at, member))


def _fate(
    place: Place, sides: Sides, old: Member[Method], new: Member[Method] | None
) -> Iterator[Difference]:
    """State what became of a method that clients saw."""
    subject = SUBJECTS[old.declared.kind]
    place = sides.placed(place, old.origins, new.origins if new is not None else ())
    at = method_place(place, place.subject, old)
    at = replace(at, declared=old.declared)
    before = _old_excerpt(at, old)
    if new is None:
        yield at.differs(f"{subject}-removed", before, None)
    elif not is_visible(new):
        if subject == "method":
            after = _new_excerpt(at, new)
            yield at.differs("method-visibility-reduced", before, after)
        else:
            yield at.differs(f"{subject}-removed", before, None)
    elif old.declared.kind != new.declared.kind:
        kinds = KindChanged(_STEPS[old.declared.kind], _STEPS[new.declared.kind])
        yield method_place(place, "method", old).differs("kind-changed", before, _new_excerpt(at, new), kinds)
    elif method_key(old.declared) == method_key(new.declared) or is_counterpart(old.declared, new.declared):
        yield from signature_differences(method_place(place, subject, old), sides, old, new)
    else:
        names = Renamed(_shown_key(old), _shown_key(new))
        yield at.differs(f"{subject}-renamed", before, _new_excerpt(at, new), names)


def signature_differences(
    place: Place, sides: Sides, old: Member[Method], new: Member[Method]
) -> Iterator[Difference]:
    """Compare two methods of one kind. `place` is the method's."""
    before, after = _callable(old), _callable(new)
    place = replace(place, declared=old.declared)
    yield from qualifier_differences(place, before, after)
    yield from path_differences(place, sides, old, new)
    yield from parameter_differences(place, sides, before, after)
    yield from result_differences(place, sides, before, after)
    if _bodies_differ(old.declared, new.declared):
        yield place.differs("body-changed", _old_excerpt(place, old), _new_excerpt(place, new))
    yield from metadata_differences(place, before.metadata, after.metadata)
    yield from signature_metadata_differences(place, before, after)


def _shown_key(member: Member[Method]) -> str:
    """Return a method's key as messages show it: a resource without its brackets."""
    key = method_key(member.declared)
    return key[1:-1] if member.declared.kind == "resource" else key


def _callable(member: Member[Method]) -> Callable:
    method = member.declared
    return Callable(method.signature, method.qualifiers, method.metadata, member.module, method_text(method))


def _bodies_differ(old: Method, new: Method) -> bool:
    return old.body is not None and new.body is not None and not same_body(old.body, new.body)


def _old_excerpt(place: Place, member: Member[Method]) -> Excerpt:
    return place.old_excerpt(method_text(member.declared), member.declared.metadata)


def _new_excerpt(place: Place, member: Member[Method]) -> Excerpt:
    return place.new_excerpt(method_text(member.declared), member.declared.metadata)


def _successors(
    place: Place, sides: Sides, gone: Mapping[str, Member[Method]], come: Mapping[str, Member[Method]]
) -> dict[str, str]:
    """Pair old with new keys, where one method became the other under another key for certain."""
    found = _only_pairs(gone, come, is_counterpart)
    found |= _only_pairs(_without(gone, found), _without(come, found.values()), _changes_kind)
    for kind in SUBJECTS:
        found |= certain_renames(
            {key: one for key, one in _without(gone, found).items() if one.declared.kind == kind},
            {key: one for key, one in _without(come, found.values()).items() if one.declared.kind == kind},
            lambda one, other: _same_shape(place, sides, one, other),
        )
    return found


def _without(members: Mapping[str, Member[Method]], keys: Collection[str]) -> Mapping[str, Member[Method]]:
    return {key: one for key, one in members.items() if key not in keys}


def _only_pairs(
    gone: Mapping[str, Member[Method]],
    come: Mapping[str, Member[Method]],
    related: Function[[Method, Method], bool],
) -> dict[str, str]:
    """Pair what is related to one candidate only, seen from both sides."""
    pairs = [
        (left, right)
        for left, one in gone.items()
        for right, other in come.items()
        if related(one.declared, other.declared)
    ]
    lefts, rights = Counter(left for left, _ in pairs), Counter(right for _, right in pairs)
    return {left: right for left, right in pairs if lefts[left] == rights[right] == 1}


def _changes_kind(old: Method, new: Method) -> bool:
    """Return whether a method became a resource of its name, or the other way round."""
    return old.kind != new.kind and not _names(old).isdisjoint(_names(new))


def _names(method: Method) -> set[str]:
    """Return the names that a method may have had as another kind: `resource function get status` both."""
    paths = {method.path[0].name} if len(method.path) == 1 and method.path[0].kind == "name" else set()
    return {method.name, *paths}


def _same_shape(place: Place, sides: Sides, old: Member[Method], new: Member[Method]) -> bool:
    """Return whether two methods take the same calls but for the name, or one segment of the path."""
    before, after = _callable(old), _callable(new)
    if before.qualifiers != after.qualifiers or not same_but_one_name(sides, old, new):
        return False
    return not any(parameter_differences(place, sides, before, after)) and not any(
        result_differences(place, sides, before, after)
    )
