"""What does `new` take? The `init` methods of a class, written or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import Member, method_text
from semverdiff.compare.details import InitChanged
from semverdiff.compare.methods import is_visible, method_place, signature_differences
from semverdiff.compare.signatures import Callable, parameter_differences, result_differences
from semverdiff.syntax.nodes import NIL, Method, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Surface
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Metadata

__all__ = ["Init", "init_differences", "init_of"]


class Init(msgspec.Struct, frozen=True):
    """The init of a class; one that is not written takes nothing and is isolated."""

    member: Member[Method]
    written: bool


def init_of(methods: Mapping[str, Member[Method]], metadata: Metadata, module: str, surface: Surface) -> Init:
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


def init_differences(place: Place, sides: Sides, old: Init, new: Init) -> Iterator[Difference]:
    """Compare how clients create objects of a class. `place` is the class's."""
    whole, at = (method_place(place, subject, old.member) for subject in (place.subject, "init"))
    if not is_visible(old.member):
        if is_visible(new.member):
            yield _whole(whole, "init-added", old, new)
    elif not is_visible(new.member):
        yield _whole(at, "visibility-reduced", old, new)
    elif old.written and new.written:
        yield from signature_differences(at, sides, old.member, new.member)
    elif old.written or new.written:
        yield _whole(whole, _fact(new), old, new)
        before, after = _callable(old), _callable(new)
        yield from parameter_differences(at, sides, before, after)
        yield from result_differences(at, sides, before, after)


def _fact(new: Init) -> str:
    """Name an init that came or went."""
    if not new.written:
        return "init-removed"
    method = new.member.declared
    required = any(parameter.kind == "required" for parameter in method.signature.parameters)
    # With a required parameter every `new` breaks, in isolated functions or not: one cause, one finding.
    return "init-added" if "isolated" in method.qualifiers or required else "init-not-isolated-added"


def _callable(init: Init) -> Callable:
    method = init.member.declared
    return Callable(
        method.signature, method.qualifiers, method.metadata, init.member.module, method_text(method)
    )


def _whole(place: Place, fact: str, old: Init, new: Init) -> Difference:
    before, after = old.member.declared, new.member.declared
    return place.differs(
        fact,
        place.old_excerpt(method_text(before), before.metadata) if old.written else None,
        place.new_excerpt(method_text(after), after.metadata) if new.written else None,
        InitChanged(before if old.written else None, after if new.written else None),
    )
