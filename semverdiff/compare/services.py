"""Services that the package declares: a network API, which no Ballerina client calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import Type, declaration_text, method_text, object_members
from semverdiff.compare.details import Renamed
from semverdiff.compare.facts import Condition
from semverdiff.compare.metadata import metadata_differences
from semverdiff.compare.methods import SUBJECTS, method_place, signature_differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Member, Surface
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Method, Service

__all__ = ["is_moved_service", "service_differences"]

_UNSEEN = "who calls the service over the network, and whether it is started at all, is not known here"


def is_moved_service(sides: Sides, module: str, old: Service, new: Service) -> bool:
    """Return whether two services of different names may be one: they have methods, and the same ones."""
    before, after = _methods(old, module, sides.old), _methods(new, module, sides.new)
    return bool(before) and before.keys() == after.keys()


def service_differences(
    place: Place, sides: Sides, old: Service | None, new: Service | None
) -> Iterator[Difference]:
    """Compare two services, of one name or one that was moved; `None` where a side has none.

    `place` is the service's, with the subject `service`.
    """
    before = place.old_excerpt(declaration_text(old), old.metadata) if old is not None else None
    after = place.new_excerpt(declaration_text(new), new.metadata) if new is not None else None
    if old is None or new is None:
        yield place.differs("added" if old is None else "removed", before, after, undecided=_UNSEEN)
        return
    if old.name != new.name:
        points = Renamed(old.name, new.name)
        yield place.differs("attach-point-changed", before, after, points, undecided=_UNSEEN)
    yield from _method_differences(place, sides, old, new)
    yield from metadata_differences(place, old.metadata, new.metadata)


def _method_differences(place: Place, sides: Sides, old: Service, new: Service) -> Iterator[Difference]:
    before, after = _methods(old, place.module, sides.old), _methods(new, place.module, sides.new)
    for key, member in before.items():
        successor = after.get(key)
        subject = SUBJECTS[member.declared.kind]
        if successor is not None:
            # The contract: signatures count as called; nobody else can implement a declared service.
            called = replace(place, conditions=place.conditions | {Condition.SEALED})
            yield from signature_differences(method_place(called, subject, member), sides, member, successor)
        else:
            at = method_place(place, place.subject, member)
            excerpt = at.old_excerpt(method_text(member.declared), member.declared.metadata)
            yield at.differs(f"{subject}-removed", excerpt, None, undecided=_UNSEEN)
    for key, member in after.items():
        if key not in before:
            at = method_place(place, place.subject, member)
            excerpt = at.new_excerpt(method_text(member.declared), member.declared.metadata)
            yield at.differs(f"{SUBJECTS[member.declared.kind]}-added", None, excerpt, undecided=_UNSEEN)


def _methods(service: Service, module: str, surface: Surface) -> Mapping[str, Member[Method]]:
    """Return the methods that the network reaches."""
    methods = object_members(Type(service.type, module, surface)).methods
    return {key: one for key, one in methods.items() if one.declared.kind in {"remote", "resource"}}
