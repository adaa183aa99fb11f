"""Methods of classes and object types: added, removed, renamed, and `init`, which clients call by `new`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.api import Member, method_key
from semverdiff.changes import Step
from semverdiff.compare.declarations.functions import call_differences, method_differences
from semverdiff.compare.declarations.resources import Counterparts, Paths, is_counterpart, same_but_one_name
from semverdiff.compare.details import InitChanged, KindChanged, Renamed
from semverdiff.compare.facts import Condition, Fact, Kind, Subject
from semverdiff.compare.matching import only_rename
from semverdiff.syntax.nodes import NIL, Method, Signature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from semverdiff.api import Surface
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import Metadata, MethodKind

    Methods = Mapping[str, Member[Method]]

__all__ = [
    "TERMS",
    "Init",
    "init_differences",
    "init_of",
    "is_visible",
    "member_differences",
    "method_place",
]


class _Terms(msgspec.Struct, frozen=True):
    """What the rules call a kind of method: as a subject, in a trail, and in facts about its owner."""

    subject: Subject
    kind: Kind
    added: Fact
    removed: Fact
    renamed: Fact


_METHOD = _Terms(Subject.METHOD, Kind.METHOD, Fact.METHOD_ADDED, Fact.METHOD_REMOVED, Fact.METHOD_RENAMED)
TERMS: Mapping[MethodKind, _Terms] = {
    "init": _Terms(Subject.INIT, Kind.METHOD, Fact.INIT_ADDED, Fact.INIT_REMOVED, Fact.METHOD_RENAMED),
    "normal": _METHOD,
    "remote": _Terms(
        Subject.REMOTE_METHOD,
        Kind.REMOTE_METHOD,
        Fact.REMOTE_METHOD_ADDED,
        Fact.REMOTE_METHOD_REMOVED,
        Fact.REMOTE_METHOD_RENAMED,
    ),
    "resource": _Terms(
        Subject.RESOURCE,
        Kind.RESOURCE,
        Fact.RESOURCE_ADDED,
        Fact.RESOURCE_REMOVED,
        Fact.RESOURCE_RENAMED,
    ),
}


def is_visible(member: Member[Method]) -> bool:
    """Return whether clients see a method; the reader makes remote and resource methods public."""
    return member.declared.visibility == "public"


def method_place(
    place: Place, subject: Subject, old: Member[Method] | None, new: Member[Method] | None
) -> Place:
    """Return the place of a method of the type or service at `place`, under its old name if it has one."""
    member = old or new
    if member is None:
        raise TypeError("a method that neither version has")
    kind = TERMS[member.declared.kind].kind
    return place.member(subject, Step(kind, _name(member)), old, new)


def _name(member: Member[Method]) -> str:
    """Return a method's key as messages show it: a resource without its brackets."""
    key = method_key(member.declared)
    return key[1:-1] if member.declared.kind == "resource" else key


def member_differences(place: Place, old: Methods, new: Methods) -> Iterator[Difference]:
    """Compare the methods of a type by key, without `init`. `place` is the type's, with its conditions.

    Methods that clients do not see belong to the maps, too: a public one may have become one of them.
    """
    removed = {key: one for key, one in old.items() if is_visible(one) and key not in new}
    added = {key: one for key, one in new.items() if is_visible(one) and key not in old}
    renames = _renames(place, removed, added)
    for key, member in old.items():
        if is_visible(member):
            yield from _compared(place, member, new.get(renames.get(key, key)))
    paths = Paths(one.declared for one in old.values())
    renamed = set(renames.values())
    for key, member in new.items():
        was_visible = key in old and is_visible(old[key])
        if is_visible(member) and not was_visible and key not in renamed:
            yield _added(place, member, paths)


def _added(place: Place, new: Member[Method], paths: Paths) -> Difference:
    method = new.declared
    overlaps = method.kind == "resource" and paths.overlap(method)
    at = method_place(place, place.subject, None, new)
    if overlaps:
        # Calls that may reach the new method are written like calls of it.
        at = replace(at.on(Condition.PATH_OVERLAPS), declared=method)
    return at.differs(TERMS[method.kind].added)


def _compared(place: Place, old: Member[Method], new: Member[Method] | None) -> Iterator[Difference]:
    """Yield what became of a method that clients saw."""
    terms = TERMS[old.declared.kind]
    at = method_place(place, place.subject, old, new)
    if new is None:
        yield at.differs(terms.removed)
    elif not is_visible(new):
        # Only methods that are neither remote nor resources have a visibility.
        normal = terms.subject is Subject.METHOD
        yield at.differs(Fact.METHOD_VISIBILITY_REDUCED) if normal else at.only_old().differs(terms.removed)
    elif old.declared.kind != new.declared.kind:
        kinds = KindChanged(terms.kind, TERMS[new.declared.kind].kind)
        yield at.about(Subject.METHOD).differs(Fact.KIND_CHANGED, kinds)
    elif method_key(old.declared) == method_key(new.declared) or is_counterpart(old.declared, new.declared):
        yield from method_differences(at.about(terms.subject), old.declared, new.declared)
    else:
        yield at.differs(terms.renamed, Renamed(_name(old), _name(new)))


def _renames(place: Place, removed: Methods, added: Methods) -> dict[str, str]:
    """Return old and new keys where one method became the other under another key for certain."""
    counterparts = Counterparts({key: one.declared for key, one in removed.items()})
    found = _unambiguous((old, key) for key, one in added.items() for old in counterparts.of(one.declared))
    found |= _unambiguous(_kind_changes(_without(removed, found), _without(added, found.values())))
    for kind in TERMS:
        found |= only_rename(
            {key: one for key, one in _without(removed, found).items() if one.declared.kind == kind},
            {key: one for key, one in _without(added, found.values()).items() if one.declared.kind == kind},
            lambda old, new: _same_shape(place, old, new),
        )
    return found


def _without(members: Methods, keys: Collection[str]) -> Methods:
    left_out = set(keys)
    return {key: one for key, one in members.items() if key not in left_out}


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs whose ends belong to no other pair."""
    distinct = set(pairs)
    olds, news = Counter(old for old, _ in distinct), Counter(new for _, new in distinct)
    return {old: new for old, new in distinct if olds[old] == news[new] == 1}


def _kind_changes(removed: Methods, added: Methods) -> Iterator[tuple[str, str]]:
    """Yield methods that may have become a resource of their name, or the other way round.

    Of two kinds one has no second method of a name, so that these are no more pairs than methods.
    """
    named: dict[str, dict[MethodKind, list[str]]] = {}
    for key, one in removed.items():
        for name in _names(one.declared):
            named.setdefault(name, {}).setdefault(one.declared.kind, []).append(key)
    for key, one in added.items():
        for name in _names(one.declared):
            for kind, olds in named.get(name, {}).items():
                if kind != one.declared.kind:
                    yield from ((old, key) for old in olds)


def _names(method: Method) -> set[str]:
    """Return the names that a method may have had as another kind: `resource function get status` both."""
    paths = {method.path[0].name} if len(method.path) == 1 and method.path[0].kind == "name" else set()
    return {method.name, *paths}


def _same_shape(place: Place, old: Member[Method], new: Member[Method]) -> bool:
    """Return whether two methods take the same calls but for the name, or one segment of the path."""
    at = method_place(place, place.subject, old, new)
    before, after = old.declared, new.declared
    if before.qualifiers != after.qualifiers or not same_but_one_name(at, before, after):
        return False
    return not any(call_differences(at, before.signature, after.signature))


class Init(msgspec.Struct, frozen=True):
    """The init of a class; one that is not written takes nothing and is isolated."""

    member: Member[Method]
    written: bool

    @property
    def method(self) -> Method:
        """Return the method."""
        return self.member.declared

    @property
    def written_method(self) -> Method | None:
        """Return the method, unless it is the implicit one."""
        return self.method if self.written else None


def init_of(methods: Methods, module: str, surface: Surface, metadata: Metadata) -> Init:
    """Return the init of a class with these methods; `metadata` is the class's."""
    written = methods.get("init")
    if written is not None:
        return Init(written, written=True)
    # SPEC, Class definition: without init, `new` takes no arguments; the contract: and it is isolated.
    implicit = Method(
        name="init",
        kind="init",
        visibility="public",
        qualifiers=frozenset({"isolated"}),
        path=(),
        signature=Signature((), NIL),
        body=None,
        metadata=metadata,
    )
    return Init(Member(implicit, module, surface), written=False)


def init_differences(place: Place, old: Init, new: Init) -> Iterator[Difference]:
    """Compare how clients create objects of a class. `place` is the class's."""
    at = method_place(place, Subject.INIT, old.member, new.member)
    written = at if old.written else at.only_new()
    written = written if new.written else written.only_old()
    detail = InitChanged(old.written_method, new.written_method)
    if not is_visible(old.member):
        if is_visible(new.member):
            yield written.about(place.subject).differs(Fact.INIT_ADDED, detail)
    elif not is_visible(new.member):
        yield written.differs(Fact.VISIBILITY_REDUCED, detail)
    elif old.written and new.written:
        yield from method_differences(at, old.method, new.method)
    elif old.written or new.written:
        yield written.about(place.subject).differs(_init_fact(new), detail)
        yield from call_differences(at, old.method.signature, new.method.signature)


def _init_fact(new: Init) -> Fact:
    """Return the fact for an init that is written in one version only."""
    if not new.written:
        return Fact.INIT_REMOVED
    required = any(parameter.kind == "required" for parameter in new.method.signature.parameters)
    # With a required parameter every `new` breaks, in isolated functions or not: one cause, one finding.
    isolated = "isolated" in new.method.qualifiers
    return Fact.INIT_ADDED if isolated or required else Fact.INIT_NOT_ISOLATED_ADDED
