"""Which declarations have to be compared? Work follows the change, not the package.

Files with equal bytes on both sides are not looked into. In the others, a declaration with equal text
is left alone, unless a name in it has changed its meaning: a type that clients cannot name, a
constant, or an import. Such names are followed through whatever mentions them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import TYPE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.api import Located
    from semverdiff.compare.sides import Sides
    from semverdiff.packages import Module, SourceFile

__all__ = ["Match", "matches", "mentions"]

_MEANINGFUL = TYPE_KINDS | {"constant_declaration"}


class Match(msgspec.Struct, frozen=True):
    """One declaration to compare; a side that lacks it is `None`."""

    module: str
    key: str
    old: Located | None
    new: Located | None


def matches(sides: Sides) -> list[Match]:
    """Return the declarations that may differ, of modules that both sides have, by module and key."""
    shared = [name for name in sides.old.modules if name in sides.new.modules]
    changed: dict[tuple[str, str], Match] = {}
    for name in shared:
        _admit_changed_files(sides, name)
        for match in _textual_changes(sides, name):
            changed[match.module, match.key] = match
    _follow_meanings(sides, shared, changed)
    return [changed[place] for place in sorted(changed)]


def _admit_changed_files(sides: Sides, name: str) -> None:
    old, new = sides.old.modules[name], sides.new.modules[name]
    sides.old.admit(name, _not_in(old, new))
    sides.new.admit(name, _not_in(new, old))


def _not_in(one: Module, other: Module) -> tuple[SourceFile, ...]:
    contents = {file.content for file in other.files}
    return tuple(file for file in one.files if file.content not in contents)


def _textual_changes(sides: Sides, name: str) -> Iterator[Match]:
    old, new = sides.old.outlined(name), sides.new.outlined(name)
    for key in old.keys() | new.keys():
        one, other = old.get(key), new.get(key)
        if (
            one is None
            or other is None
            or one.item.content != other.item.content
            or (one.imports != other.imports and _uses_changed_import(one, other))
        ):
            yield Match(name, key, one, other)


def _uses_changed_import(old: Located, new: Located) -> bool:
    prefixes = (one for one in old.imports if old.imports[one] != new.imports.get(one))
    return any(prefix.encode() + b":" in old.item.content for prefix in prefixes)


def _follow_meanings(sides: Sides, modules: list[str], changed: dict[tuple[str, str], Match]) -> None:
    """Add every declaration that mentions a name whose meaning changed where nobody reports it."""
    changing = [match for match in changed.values() if _changes_meaning(sides, match)]
    fresh = {match.key for match in changing}
    fresh |= {name for match in changing for name in _member_names(match)}
    followed: set[str] = set()
    while fresh:
        followed |= fresh
        found = [
            match for match in mentions(sides, modules, fresh) if (match.module, match.key) not in changed
        ]
        for match in found:
            changed[match.module, match.key] = match
        fresh = {
            match.key for match in found if _changes_meaning(sides, match) or _includes(match)
        } - followed


def _changes_meaning(sides: Sides, match: Match) -> bool:
    """Return whether other declarations may mean something else because of this one.

    A public type of both sides is compared at its own name and does not change what mentions it, except
    for what further fields it takes: records that include it take them, too. The members of an enum are
    constants, which may get other values.
    """
    located = match.old or match.new
    if located is None or located.item.kind not in _MEANINGFUL:
        return False
    return not sides.is_anchor(match.module, match.key) or _changes_rest(match) or _gives_values(match)


def _gives_values(match: Match) -> bool:
    both = [located.item for located in (match.old, match.new) if located is not None]
    return any(item.kind == "enum_declaration" and b"=" in item.content for item in both)


def _changes_rest(match: Match) -> bool:
    return match.old is not None and match.new is not None and _rest(match.old) != _rest(match.new)


def _rest(located: Located) -> tuple[bool, bool]:
    return b"{|" in located.item.content, b"..." in located.item.content


def _includes(match: Match) -> bool:
    """Return whether a type may include others, and so hand on what it gets from them."""
    return match.old is not None and match.old.item.kind in TYPE_KINDS and b"*" in match.old.item.content


def _member_names(match: Match) -> Iterator[str]:
    """Yield the names in an enum: its members can be used as types by themselves."""
    for located in (match.old, match.new):
        if located is not None and located.item.kind == "enum_declaration":
            for name in re.findall(rb"\w+", located.item.content):
                yield name.decode(errors="replace")


def mentions(sides: Sides, modules: Iterable[str], names: Iterable[str]) -> Iterator[Match]:
    """Yield the declarations that name one of these names, as far as text tells."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(_spelling(name) for name in sorted(names))})(?!\w)".encode())
    for module in modules:
        for surface in (sides.old, sides.new):
            files = surface.modules[module].files
            surface.admit(module, tuple(file for file in files if pattern.search(file.content)))
        old, new = sides.old.outlined(module), sides.new.outlined(module)
        for key in old.keys() | new.keys():
            located = old.get(key) or new.get(key)
            if located is not None and pattern.search(located.item.content):
                yield Match(module, key, sides.old.locate(module, key), sides.new.locate(module, key))


def _spelling(name: str) -> str:
    """Return a pattern for a name, whose special characters may be escaped in the source."""
    return "".join(re.escape(one) if one.isalnum() or one == "_" else rf"\\?{re.escape(one)}" for one in name)
