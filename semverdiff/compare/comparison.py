"""Two surfaces to differences: modules first, then each declaration that may differ, by its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import exposed_modules
from semverdiff.compare.declarations import Pair, declaration_differences, moved, renamed
from semverdiff.compare.details import Renamed
from semverdiff.compare.difference import Difference, Step
from semverdiff.compare.facts import Change, Fact, Subject
from semverdiff.compare.lost_data import lost_data
from semverdiff.compare.matching import matches
from semverdiff.compare.package_facts import package_differences
from semverdiff.compare.positioning import positioned
from semverdiff.compare.renames import certain_renames
from semverdiff.compare.services import is_moved_service
from semverdiff.compare.sides import Sides
from semverdiff.syntax.nodes import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Located, Surface
    from semverdiff.compare.matching import Match
    from semverdiff.packages import Dependency, FindPackage, Module
    from semverdiff.syntax.nodes import Declaration

__all__ = ["compare"]


def compare(old: Surface, new: Surface, find: FindPackage | None = None) -> list[Difference]:
    """Return every difference between two surfaces that the contract knows, in a stable order.

    `find` gives the packages that the sides were built against, as far as they are at hand.

    Declarations that a syntax error hides are left out on both sides: `Surface.damages` tells them.
    """
    sides = Sides(old, new, find)
    found: list[Difference] = []
    if old.package.name == new.package.name:
        # Under another name every import breaks; what else changed is no news to anybody's code.
        declared = list(_declarations(sides))
        found += [*_modules(sides), *declared, *lost_data(sides, declared)]
    # Last: what is in the API is asked of one side as a whole, files that are the same on both included.
    found += package_differences(old.package, new.package, lambda one: _is_exposed(one, old, new))
    return sorted(positioned(found, old), key=lambda one: (one.module, one.symbol, one.rule))


def _is_exposed(dependency: Dependency, old: Surface, new: Surface) -> bool:
    """Return whether clients meet types of a dependency in the API of either side."""
    name = f"{dependency.organization}/{dependency.name}"
    return any(
        module == name or module.startswith(f"{name}.")
        for surface in (old, new)
        for module in exposed_modules(surface)
    )


def _modules(sides: Sides) -> Iterator[Difference]:
    """State modules that clients can import no longer, or now."""
    names = sides.old.modules.keys() | sides.new.modules.keys()
    gone = [name for name in names if sides.old.exported(name) and not sides.new.exported(name)]
    come = [name for name in names if sides.new.exported(name) and not sides.old.exported(name)]
    renamed = certain_renames(
        {name: sides.old.modules[name] for name in gone},
        {name: sides.new.modules[name] for name in come},
        lambda one, other: _contents(one) == _contents(other),
    )
    for name in come:
        sides.new.all(name)  # nothing is compared in it, but it has to parse
        if name not in renamed.values():
            yield _module(name, Fact.ADDED, Change.ADDED)
    for name in gone:
        if name in sides.new.modules:
            sides.new.all(name)
        if name in renamed:
            yield _module(name, Fact.RENAMED, Change.MODIFIED, Renamed(name, renamed[name]))
        else:
            yield _module(name, Fact.REMOVED, Change.REMOVED)


def _module(name: str, fact: Fact, change: Change, detail: Renamed | None = None) -> Difference:
    step = Step("module", name)
    return Difference(Subject.MODULE, fact, "(module)", name, (step,), change, detail=detail)


def _contents(module: Module) -> list[bytes]:
    return sorted(file.content for file in module.files)


def _declarations(sides: Sides) -> Iterator[Difference]:
    found = matches(sides)
    # Only now, when every file that matters is outlined, is it known what is broken.
    hidden = _hidden_names(sides)
    found = [match for match in found if match.key not in hidden]
    renames = _renames(found)
    moves = _moves(sides, found)
    successors = {(module, new) for (module, _), new in renames.items()}
    successors |= {(module, key) for (_, key), module in moves.items()}
    moved_services = _moved_services(sides, found)
    successors |= {(module, new) for (module, _), new in moved_services.items()}
    for match in found:
        place = (match.module, match.key)
        if place in successors:
            continue
        pair = _pair(sides, match)
        if place in moved_services:
            yield from declaration_differences(sides, _with_new(sides, pair, moved_services[place]))
        elif place in renames:
            yield renamed(sides, pair, renames[place])
        elif place in moves:
            yield moved(sides, pair, moves[place])
        elif pair.old is not None or pair.new is not None:
            yield from declaration_differences(sides, pair)


def _renames(found: list[Match]) -> dict[tuple[str, str], str]:
    """Pair declarations of one module that differ in nothing but their name, where that leaves no doubt."""
    gone: dict[tuple[str, bytes], list[str]] = {}
    come: dict[tuple[str, bytes], list[str]] = {}
    for match in found:
        for located, other, shapes in ((match.old, match.new, gone), (match.new, match.old, come)):
            if located is not None and other is None and _is_named_outside(located):
                shapes.setdefault((match.module, _shape(located)), []).append(match.key)
    return {
        (shape[0], names[0]): come[shape][0]
        for shape, names in gone.items()
        if len(names) == 1 and len(come.get(shape, [])) == 1
    }


def _moves(sides: Sides, found: list[Match]) -> dict[tuple[str, str], str]:
    """Pair public declarations that differ in nothing but their module; clients know both modules."""
    gone: dict[tuple[str, bytes], list[str]] = {}
    come: dict[tuple[str, bytes], list[str]] = {}
    for match in found:
        if sides.old.exported(match.module) and sides.new.exported(match.module):
            for located, other, shapes in ((match.old, match.new, gone), (match.new, match.old, come)):
                if located is not None and other is None and located.item.public:
                    shapes.setdefault((match.key, _shape(located)), []).append(match.module)
    return {
        (modules[0], shape[0]): come[shape][0]
        for shape, modules in gone.items()
        if len(modules) == 1 and len(come.get(shape, [])) == 1
    }


def _moved_services(sides: Sides, found: list[Match]) -> dict[tuple[str, str], str]:
    """Pair services of one module that have the same methods at another attach point."""
    modules = {match.module for match in found}
    return {(module, old): new for module in modules for old, new in _moved_in(sides, module, found).items()}


def _moved_in(sides: Sides, module: str, found: list[Match]) -> dict[str, str]:
    gone, come = _services(sides.old, module, found), _services(sides.new, module, found)
    return certain_renames(
        {key: one for key, one in gone.items() if key not in come},
        {key: one for key, one in come.items() if key not in gone},
        lambda one, other: is_moved_service(sides, module, one, other),
    )


def _services(surface: Surface, module: str, found: list[Match]) -> dict[str, Service]:
    keys = [match.key for match in found if match.module == module]
    read = {key: surface.declaration(module, key) for key in keys}
    return {key: one for key, one in read.items() if isinstance(one, Service)}


def _with_new(sides: Sides, pair: Pair, key: str) -> Pair:
    """Return a pair whose new side has another key."""
    located = sides.new.locate(pair.module, key)
    return replace(
        pair,
        new=sides.new.declaration(pair.module, key),
        new_file=located.file if located is not None else "",
    )


def _is_named_outside(located: Located) -> bool:
    """Return whether clients write the name of a declaration, or deployers do in Config.toml."""
    return located.item.public or re.match(rb"[^=;]*\bconfigurable\b", located.item.content) is not None


def _shape(located: Located) -> bytes:
    """Return a declaration's text without its name and layout."""
    name = re.escape(located.item.key.removeprefix("@").encode())
    return b" ".join(re.sub(rb"(?<!\w)" + name + rb"(?!\w)", b"_", located.item.content).split())


def _hidden_names(sides: Sides) -> frozenset[str]:
    """Return the names that broken text of either side may declare: nothing can be said of them."""
    return frozenset(
        name
        for surface in (sides.old, sides.new)
        for _, _, damage in surface.damages()
        if not damage.in_body
        for name in damage.names | ({damage.key} if damage.key is not None else set())
    )


def _pair(sides: Sides, match: Match) -> Pair:
    return Pair(
        module=match.module,
        key=match.key,
        old=_read(sides.old, match, match.old),
        new=_read(sides.new, match, match.new),
        old_file=match.old.file if match.old else "",
        new_file=match.new.file if match.new else "",
    )


def _read(surface: Surface, match: Match, located: Located | None) -> Declaration | None:
    return surface.declaration(match.module, match.key) if located is not None else None
