"""What a package declares for its clients, as the lines of an API file, and a package of nothing but that.

Two packages of which one is such a file are compared as two of these: what the file does not hold (bodies,
documentation, what is written about the package) is no difference then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import packages
from semverdiff.api.surface import Surface, require_whole
from semverdiff.packages import ApiLine
from semverdiff.syntax import head, spelled
from semverdiff.syntax.nodes import Reference, Variable

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from semverdiff.api.outlines import Located, Outlines
    from semverdiff.packages import Package
    from semverdiff.syntax import Head, Item

__all__ = ["DeclaredApi", "DeclaredSide", "SourcePlace", "declared_api", "declared_sides"]

_Name = tuple[str, str]
# Bodies of these are no API: a name of one in an expression says nothing that clients could notice.
_NEVER_FOLLOWED = frozenset({"function_definition", "service_declaration"})


class SourcePlace(msgspec.Struct, frozen=True):
    """Where something stands in the sources; line and column count from 1."""

    file: str
    line: int
    column: int


class DeclaredApi(msgspec.Struct, frozen=True):
    """The text of an API file, and from where in the sources each of its lines comes, by its number."""

    text: str
    places: Mapping[int, SourcePlace]


class DeclaredSide(msgspec.Struct, frozen=True):
    """A package of nothing but what clients see, and where its lines come from, if from sources.

    `file` is what its one file is called, `places` are by line.
    """

    package: Package
    file: str = ""
    places: Mapping[int, SourcePlace] = {}

    def source_of(self, file: str, line: int) -> SourcePlace | None:
        """Return where a line comes from; `None` for one of another file, a manifest."""
        return self.places.get(line) if self.file and file.startswith(self.file) else None


def declared_sides(old: Package, new: Package, outlines: Outlines) -> tuple[DeclaredSide, DeclaredSide]:
    """Return two packages, of which one is an API file, as they would be if both were.

    Raises:
        SourceError: a declaration of the other one does not parse.

    """
    return _side(old, new, outlines), _side(new, old, outlines)


def _side(package: Package, other: Package, outlines: Outlines) -> DeclaredSide:
    if package.is_api_file:
        return DeclaredSide(package)
    seen = Surface(other, outlines)
    # What the file declares may have become private, and then is no other thing of that name.
    wanted = {(module, key) for module in seen.modules for key in seen.all(module)}
    declared = declared_api(Surface(package, outlines), wanted)
    file = packages.api_file_name(package)
    parsed = packages.parse_api_file(declared.text, file)
    parsed = replace(parsed, provenance=package.provenance, manifests=package.manifests)
    return DeclaredSide(parsed, file, declared.places)


def declared_api(surface: Surface, wanted: Container[tuple[str, str]] = frozenset()) -> DeclaredApi:
    """Return what clients can see of a package, with all that its meaning rests on.

    `wanted` are declarations that are written down in any case, by module and key.

    Raises:
        SourceError: a declaration does not parse, or is declared twice.

    """
    declared = {name: surface.all(name) for name in surface.modules}
    require_whole(surface)
    heads = _heads(surface, declared, wanted)
    prefixes = _Prefixes(surface)
    for (module, key), written in heads.items():
        prefixes.note(module, declared[module][key], written)
    places: dict[ApiLine, SourcePlace] = {}
    for (module, key), written in heads.items():
        located = declared[module][key]
        imports = prefixes.others(module, located, written)
        for line in written.lines:
            row = ApiLine(module, _column(key), _column(line.key), line.text, imports)
            column = line.column + 1 + (located.item.column if line.row == 0 else 0)
            places[row] = SourcePlace(located.file, located.item.line + line.row, column)
    written_out = packages.api_file_text(surface.package, places, prefixes.imports(), surface.reached())
    return DeclaredApi(written_out.text, {written_out.numbers[row]: place for row, place in places.items()})


def _column(key: str) -> str:
    """Return the key of a declaration, or a member, as a column has it: on one line, and never a keyword."""
    return f"'{key}" if key == "import" else " ".join(key.split())


def _heads(
    surface: Surface, declared: Mapping[str, Mapping[str, Located]], wanted: Container[_Name]
) -> dict[_Name, Head]:
    """Return what is left of the declarations that clients see, and of those that these mention."""
    waiting = [
        (module, key)
        for module, items in declared.items()
        for key, located in items.items()
        if (module, key) in wanted or _is_seen(surface, located, module)
    ]
    found: dict[_Name, Head] = {}
    while waiting:
        module, key = waiting.pop()
        if (module, key) in found:
            continue
        located = declared[module][key]
        found[module, key] = written = head(located.item)
        waiting += _mentioned(surface, declared, located, module, written)
    return found


def _is_seen(surface: Surface, located: Located, module: str) -> bool:
    """Return whether clients see a declaration, or whoever runs their programs does."""
    item = located.item
    if item.public and surface.exported(module):
        return True
    return item.kind == "service_declaration" or _is_init(item) or _is_configurable(surface, module, item)


def _is_init(item: Item) -> bool:
    return item.key == "init" and item.kind == "function_definition"


def _is_configurable(surface: Surface, module: str, item: Item) -> bool:
    if item.kind != "module_variable_declaration" or b"configurable" not in item.content:
        return False
    declared = surface.declaration(module, item.key)
    return isinstance(declared, Variable) and "configurable" in declared.qualifiers


def _mentioned(
    surface: Surface,
    declared: Mapping[str, Mapping[str, Located]],
    located: Located,
    module: str,
    written: Head,
) -> Iterable[_Name]:
    """Yield the declarations of this package that the names in a declaration may lead to."""
    for prefix, name in written.names:
        owner: str | None = module
        if prefix:
            target = located.imports.get(prefix)
            owner = None if target is None else surface.owner(Reference(target, ""), module)
        if owner is None:
            continue
        found = declared[owner].get(name)
        if found is not None:
            if found.item.kind not in _NEVER_FOLLOWED:
                yield owner, name
        elif not name.startswith("@"):
            enum = surface.enum_of_member(owner, name)
            if enum is not None:
                yield owner, enum.name


class _Prefixes:
    """Which modules the prefixes in the lines mean: for most of a module, and for single declarations."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._meanings: dict[str, dict[str, set[str]]] = {name: {} for name in surface.modules}

    def note(self, module: str, located: Located, written: Head) -> None:
        """Note what the prefixes of a declaration mean."""
        for prefix, target in self._used(located, written):
            self._meanings[module].setdefault(prefix, set()).add(target)

    def others(self, module: str, located: Located, written: Head) -> tuple[tuple[str, str], ...]:
        """Return the prefixes of a declaration that mean something else in its module."""
        used = sorted(self._used(located, written))
        return tuple(
            (spelled(prefix), _path(target))
            for prefix, target in used
            if target != min(self._meanings[module][prefix])
        )

    def imports(self) -> dict[str, dict[str, str]]:
        """Return what prefixes mean, by module; modules of this package that are imported are among them."""
        return {
            module: {spelled(prefix): _path(min(targets)) for prefix, targets in prefixes.items()}
            for module, prefixes in self._meanings.items()
        }

    def _used(self, located: Located, written: Head) -> set[tuple[str, str]]:
        used = {prefix for prefix, _ in written.names if prefix}
        return {(prefix, target) for prefix, target in located.imports.items() if prefix in used}


def _path(module: str) -> str:
    """Write a module as an import does."""
    organization, slash, name = module.rpartition("/")
    written = ".".join(map(spelled, name.split(".")))
    return f"{spelled(organization)}/{written}" if slash else written
