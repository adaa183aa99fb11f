"""What `bal semver` would answer: its comparison of texts, emulated, to be measured on the same cases.

The rules are those of the reference as its own cases and documentation show them. Only levels are
emulated, not the report. Where the reference compares text with the blanks around it, the blanks are
left out here, in its favour.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tree_sitter import Node

from semverdiff.syntax.tree import parse, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["Change", "Impact", "compare_modules", "impact"]

_Side = TypeVar("_Side")


class Impact(enum.IntEnum):
    """The levels of the reference, the largest wins; it suggests a major version for `AMBIGUOUS`."""

    PATCH = 0
    MINOR = 1
    AMBIGUOUS = 2
    UNKNOWN = 3
    MAJOR = 4


@dataclass(frozen=True, slots=True)
class Change:
    """A node of the reference's answer; `kind` is empty for what is not a declaration or member."""

    kind: str
    type: str
    impact: Impact
    children: tuple[Change, ...] = ()


_KINDS = {
    "function_definition": "function",
    "service_declaration": "service",
    "module_variable_declaration": "module variable",
    "constant_declaration": "module constant",
    "class_definition": "class",
    "type_definition": "type definition",
    "enum_declaration": "enum declaration",
    "method_definition": "function",
    "object_field": "object field",
    "enum_member": "enum member",
}
_MEMBERS = frozenset({"method_definition", "object_field", "enum_member"})
# Qualifiers that weigh otherwise than the usual "ambiguous, whichever way": added, removed.
_WEIGHTS = {
    ("module_variable_declaration", "final"): (Impact.AMBIGUOUS, Impact.PATCH),
    ("module_variable_declaration", "configurable"): (Impact.MAJOR, Impact.MAJOR),
    ("object_field", "final"): (Impact.AMBIGUOUS, Impact.PATCH),
}
_PLAIN_LITERALS = frozenset({"string_literal", "integer_literal", "float_literal", "boolean_literal"})
_NETWORK = frozenset({"remote", "resource"})


def impact(changes: Iterable[Change]) -> Impact:
    """Return the largest impact; without a change a patch is enough."""
    return max((one.impact for one in changes), default=Impact.PATCH)


def compare_modules(
    old: Mapping[str, Iterable[bytes]], new: Mapping[str, Iterable[bytes]]
) -> tuple[Change, ...]:
    """Compare the modules of two packages, exported or not, by the sources of each."""
    return tuple(_matched("module", old, new, _module_changes))


def _module_changes(_: str, old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Change]:
    before, after = _declared(old), _declared(new)
    changes: list[Change] = []
    for kind in _KINDS:
        if kind not in _MEMBERS:
            changes += _matched(kind, before.get(kind, {}), after.get(kind, {}), _parts)
    if changes:
        yield Change("module", "modified", impact(changes), tuple(changes))


def _declared(sources: Iterable[bytes]) -> dict[str, dict[str, Node]]:
    """Pool the declarations of a module by their kind and key; of equal keys the last wins."""
    found: dict[str, dict[str, Node]] = {}
    for source in sources:
        for node in parse(source).children:
            if node.type in _KINDS and (key := _key(node)):
                found.setdefault(node.type, {})[key] = node
    return found


def _key(node: Node) -> str:
    """Return what a declaration or member is found by; a service without a path is never compared."""
    if node.type == "service_declaration":
        return _field(node, "attach_point")
    if node.type == "module_variable_declaration":
        return _field(node, "binding")
    path = node.child_by_field_name("path")
    if path is None:
        return _field(node, "name")
    segments = [text(one) for one in path.named_children if one.type == "resource_path_segment"]
    return _field(node, "name") + "".join(one[:1].upper() + one[1:] for one in segments)


def _matched(
    kind: str,
    old: Mapping[str, _Side],
    new: Mapping[str, _Side],
    compared: Callable[[str, _Side, _Side], Iterable[Change]],
) -> Iterator[Change]:
    """Pair by key: new is minor, removed is major, public or not."""
    for key in sorted(new.keys() - old.keys()):
        yield Change(_word(kind, new[key]), "new", Impact.MINOR)
    for key in sorted(old.keys() - new.keys()):
        yield Change(_word(kind, old[key]), "removed", Impact.MAJOR)
    for key in sorted(old.keys() & new.keys()):
        yield from compared(kind, old[key], new[key])


def _word(kind: str, side: object) -> str:
    network = _qualifiers(side) & _NETWORK if isinstance(side, Node) and kind == "method_definition" else ()
    return " ".join((*network, _KINDS.get(kind, kind)))


def _parts(kind: str, old: Node, new: Node) -> Iterator[Change]:
    """Compare two forms of a declaration or member of the same key."""
    leaves = [
        *_leaf(_field(old, "documentation"), _field(new, "documentation"), Impact.PATCH),
        *_annotations(kind, old, new),
        *_visibility(kind, old, new),
        *_qualifier_changes(kind, old, new),
        *_contents(kind, old, new),
    ]
    if not leaves:
        return
    word = _word(kind, new)
    # What nobody outside sees is a patch at most; services, network methods and enum members always count.
    hidden = (
        kind not in {"service_declaration", "enum_member"}
        and not _qualifiers(new) & _NETWORK
        and not _is_public(old)
        and not _is_public(new)
    )
    yield Change(word, "modified", Impact.PATCH if hidden else impact(leaves), tuple(leaves))


def _contents(kind: str, old: Node, new: Node) -> Iterator[Change]:
    match kind:
        case "function_definition" | "method_definition":
            yield from _leaf(_field(old, "body"), _field(new, "body"), Impact.PATCH)
            yield from _signature(old, new)
        case "service_declaration":
            yield from _leaf(_field(old, "type"), _field(new, "type"), Impact.AMBIGUOUS)
            yield from _leaf(_listeners(old), _listeners(new), Impact.AMBIGUOUS)
            yield from _member_changes("method_definition", old, new)
            for change in _member_changes("object_field", old, new):
                # The changes of a field that stays hang on the service itself.
                yield from change.children or (change,)
        case "class_definition":
            yield from _member_changes("method_definition", old, new)
            yield from _member_changes("object_field", old, new)
        case "enum_declaration":
            yield from _member_changes("enum_member", old, new)
        case _:
            yield from _leaf(_field(old, "type"), _field(new, "type"), Impact.AMBIGUOUS)
            yield from _leaf(_field(old, "value"), _field(new, "value"), Impact.AMBIGUOUS)


def _member_changes(kind: str, old: Node, new: Node) -> Iterator[Change]:
    return _matched(kind, _members(kind, old), _members(kind, new), _parts)


def _members(kind: str, node: Node) -> dict[str, Node]:
    return {_key(one): one for one in node.named_children if one.type == kind}


def _signature(old: Node, new: Node) -> Iterator[Change]:
    before, after = _parameters(old), _parameters(new)
    for name in sorted(after.keys() - before.keys()):
        optional = after[name].type in {"defaultable_parameter", "rest_parameter"}
        yield Change("", "new", Impact.MINOR if optional else Impact.MAJOR)
    for _ in before.keys() - after.keys():
        yield Change("", "removed", Impact.MAJOR)
    for name in sorted(before.keys() & after.keys()):
        yield from _parameter(before[name], after[name])
    returned, returning = _returned(old), _returned(new)
    yield from _leaf(returned, returning, Impact.AMBIGUOUS if returned and returning else Impact.MAJOR)


def _parameter(old: Node, new: Node) -> Iterator[Change]:
    match old.type, new.type:
        case before, after if before == after:
            yield from _leaf(_default(old), _default(new), _default_impact(old, new))
        case "required_parameter", "defaultable_parameter":
            yield Change("", "modified", Impact.MINOR)
        case _:
            yield Change("", "modified", Impact.MAJOR)
    yield from _leaf(_field(old, "type"), _field(new, "type"), Impact.AMBIGUOUS)


def _default(parameter: Node) -> str:
    return _field(parameter, "default")


def _default_impact(old: Node, new: Node) -> Impact:
    kinds = {one.type for side in (old, new) if (one := side.child_by_field_name("default"))}
    return Impact.MINOR if kinds <= _PLAIN_LITERALS else Impact.AMBIGUOUS


def _parameters(function: Node) -> dict[str, Node]:
    """Return the parameters by name; that of every included record is the empty text."""
    signature = function.child_by_field_name("signature")
    listed = signature.child_by_field_name("parameters") if signature else None
    return {
        "" if one.type == "included_record_parameter" else _field(one, "name"): one
        for one in (listed.named_children if listed else ())
        if one.type.endswith("_parameter")
    }


def _returned(function: Node) -> str:
    signature = function.child_by_field_name("signature")
    returns = signature.child_by_field_name("returns") if signature else None
    return _field(returns, "type") if returns else ""


def _annotations(kind: str, old: Node, new: Node) -> Iterator[Change]:
    """Compare annotation lists; functions have theirs overlooked."""
    if _KINDS[kind] == "function":
        return
    before, after = _annotation_list(old), _annotation_list(new)
    if before == after:
        return
    if not before and not _field(old, "documentation"):
        yield Change("", "new", Impact.AMBIGUOUS)
    elif not after and not _field(new, "documentation"):
        yield Change("", "removed", Impact.AMBIGUOUS)
    else:
        yield Change("", "modified", Impact.AMBIGUOUS)


def _annotation_list(node: Node) -> str:
    return ",".join(text(one) for one in node.named_children if one.type == "annotation")


def _listeners(service: Node) -> str:
    return ",".join(text(one) for one in service.children_by_field_name("listener"))


def _visibility(kind: str, old: Node, new: Node) -> Iterator[Change]:
    """Compare visibilities: of a field any word counts as `public`."""
    before, after = (
        bool(_field(side, "visibility")) if kind == "object_field" else _is_public(side)
        for side in (old, new)
    )
    if before != after:
        yield Change("", "new", Impact.MINOR) if after else Change("", "removed", Impact.MAJOR)


def _qualifier_changes(kind: str, old: Node, new: Node) -> Iterator[Change]:
    before, after = _qualifiers(old) - _NETWORK, _qualifiers(new) - _NETWORK
    for name in sorted(before ^ after):
        added, removed = _WEIGHTS.get((kind, name), (Impact.AMBIGUOUS, Impact.AMBIGUOUS))
        yield Change("", "new", added) if name in after else Change("", "removed", removed)


def _qualifiers(node: Node) -> frozenset[str]:
    return frozenset(text(one) for one in node.children_by_field_name("qualifier"))


def _is_public(node: Node) -> bool:
    return _field(node, "visibility") == "public"


def _field(node: Node, name: str) -> str:
    found = node.child_by_field_name(name)
    return text(found) if found else ""


def _leaf(old: str, new: str, changed: Impact) -> Iterator[Change]:
    if old != new:
        yield Change("", "modified" if old and new else "new" if new else "removed", changed)
