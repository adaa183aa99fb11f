"""Which files are the sources of which module: the layout of a package directory, and that of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.config import utf8_mistake
from semverdiff.errors import Mistake, SourceError
from semverdiff.packages.model import Module, SourceFile
from semverdiff.packages.names import module_name_faults
from semverdiff.packages.words import refuse_too_many_words
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from semverdiff.packages.filesystem import Tree

__all__ = ["archived_paths", "read_modules", "source_paths"]

# A folder `generated/` is the default module's second home, so its own sub-folders of these names are
# not modules (in `modules/` they are).
_NO_MODULES = frozenset({"tests", "resources"})


def source_paths(tree: Tree, package: str) -> dict[str, tuple[str, ...]]:
    """Return the paths of the sources of each module, by full module name.

    All folders of `modules/` are modules, also those without sources, and the default module always
    is. Sources in `generated/` belong to the module as if they lay beside the others.
    """
    found: dict[str, list[str]] = {package: _sources(tree, "") + _sources(tree, "generated")}
    for directory in tree.folders("modules"):
        found[f"{package}.{directory}"] = _sources(tree, f"modules/{directory}")
    for directory in tree.folders("generated"):
        if directory not in _NO_MODULES:
            found.setdefault(f"{package}.{directory}", []).extend(_sources(tree, f"generated/{directory}"))
    return {name: tuple(sorted(paths)) for name, paths in found.items()}


def archived_paths(tree: Tree) -> dict[str, tuple[str, ...]]:
    """Return the paths of the sources of each module in an archive, where folders have full module names."""
    return {name: tuple(sorted(_sources(tree, f"modules/{name}"))) for name in tree.folders("modules")}


def read_modules(
    tree: Tree, package: str, paths: Mapping[str, tuple[str, ...]], exported: Collection[str]
) -> tuple[Module, ...]:
    """Return the modules of a package, sorted. A folder without sources is none, but the default module is.

    Raises:
        SourceError: there is no source at all; or all of: names of modules that are invalid, files that
            a module has twice, cannot be read or are not UTF-8. Also for more than `limits` allow.

    """
    if not any(paths.values()):
        raise SourceError(
            f"package {quote(package)} has no sources: expected .bal files beside its manifest or in the "
            "folders of 'modules/', found none. Give the directory of a package that has some."
        )
    if sum(map(len, paths.values())) > limits.ARCHIVE_ENTRIES:
        raise SourceError(f"package {quote(package)} has more than {limits.ARCHIVE_ENTRIES:,} sources.")
    mistakes: list[Mistake] = []
    modules: list[Module] = []
    taken = 0
    for name, files in sorted(paths.items()):
        mistakes.extend(_layout_mistakes(package, name, files))
        if files or name == package:
            sources: list[SourceFile] = []
            for source in _read(tree, files, mistakes):
                taken += len(source.content)
                if taken > limits.TEXTS_BYTES:
                    raise _too_much(source.path)
                sources.append(source)
            modules.append(Module(name, name in exported, tuple(sources)))
    if mistakes:
        raise SourceError(mistakes=tuple(mistakes))
    refuse_too_many_words(modules)
    return tuple(modules)


def _read(tree: Tree, paths: Iterable[str], mistakes: list[Mistake]) -> Iterator[SourceFile]:
    for path in paths:
        if not path.isprintable():
            mistakes.append(Mistake(f"the file name {quote(path)} holds characters that cannot be printed."))
            continue
        try:
            content = tree.read(path)
        except SourceError as error:
            mistakes.extend(error.mistakes)
            continue
        mistake = utf8_mistake(content, path)
        if mistake is not None:
            mistakes.append(mistake)
        yield SourceFile(path, content)


def _too_much(path: str) -> SourceError:
    message = f"the sources up to {quote(path)} take more than {limits.TEXTS_BYTES:,} bytes: expected fewer."
    return SourceError(mistakes=(Mistake(message, file=path),))


def _sources(tree: Tree, folder: str) -> list[str]:
    """Return the paths of the sources directly inside a folder; deeper ones are never part of a module."""
    return [f"{folder}/{name}" if folder else name for name in tree.files(folder) if name.endswith(".bal")]


def _layout_mistakes(package: str, module: str, paths: tuple[str, ...]) -> Iterator[Mistake]:
    """Yield what is wrong with a module that has sources; other folders may have any name (`.idea`)."""
    if paths and module != package:
        name = module.removeprefix(f"{package}.")
        for fault in module_name_faults(name):
            message = f"Invalid module name : {quote(name)} :\nModule name {fault}"
            yield Mistake(message, file=paths[0].rpartition("/")[0])
    seen: dict[str, str] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        first = seen.setdefault(name, path)
        if first != path:
            yield Mistake(
                f"Source file with a duplicate name {quote(name)} detected in both generated and module "
                f"sources: {quote(first)} and {quote(path)}. Rename or remove one of them.",
                file=path,
            )
