"""Declarations that have another name, module or attach point now, where no other reading is possible."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import Type
from semverdiff.compare.matching import only_rename
from semverdiff.compare.services import service_methods
from semverdiff.syntax.nodes import Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from semverdiff.api import Located
    from semverdiff.compare.context import Context
    from semverdiff.compare.matching import Match

__all__ = ["Renames", "declaration_renames"]

_Name = tuple[str, str]

# A name in source, whose special characters are escaped.
_WORD = re.compile(rb"(?:[\w\x80-\xff]|\\.)+")
_CONFIGURABLE = re.compile(rb"[^=;]*\bconfigurable\b")


class Renames(msgspec.Struct, frozen=True):
    """Declarations that are there under another name, in another module, or at another attach point.

    Each goes from module and key of the old version to those of the new one.
    """

    renamed: Mapping[_Name, _Name]
    moved: Mapping[_Name, _Name]
    services: Mapping[_Name, _Name]

    def new_names(self) -> set[_Name]:
        """Return the names that are no additions."""
        return {*self.renamed.values(), *self.moved.values(), *self.services.values()}


def declaration_renames(context: Context, matches: Iterable[Match]) -> Renames:
    """Return what was renamed or moved among the declarations that one version only has."""
    single = [match for match in matches if match.old is None or match.new is None]
    named_outside = (match for match in single if _is_named_outside(match.located))
    # Clients know both modules.
    public = (match for match in single if match.located.item.public and context.exported(match.module))
    return Renames(
        renamed=_alike(named_outside, lambda match: match.module),
        moved=_alike(public, lambda match: match.key),
        services=_moved_services(context, single),
    )


def _alike(matches: Iterable[Match], scope: Callable[[Match], str]) -> dict[_Name, _Name]:
    """Pair declarations of one scope that differ in nothing but name and layout."""
    removed: dict[tuple[str, bytes], list[_Name]] = {}
    added: dict[tuple[str, bytes], list[_Name]] = {}
    for match in matches:
        shapes = removed if match.new is None else added
        shapes.setdefault((scope(match), _shape(match.located)), []).append((match.module, match.key))
    return {
        names[0]: added[shape][0]
        for shape, names in removed.items()
        if len(names) == 1 and len(added.get(shape, ())) == 1
    }


def _moved_services(context: Context, matches: Iterable[Match]) -> dict[_Name, _Name]:
    """Pair services of one module that have the same methods at another attach point."""
    removed: dict[str, dict[str, Service]] = {}
    added: dict[str, dict[str, Service]] = {}
    for match in matches:
        surface, services = (context.old, removed) if match.new is None else (context.new, added)
        if match.located.item.kind == "service_declaration":
            declaration = surface.declaration(match.module, match.key)
            if isinstance(declaration, Service):
                services.setdefault(match.module, {})[match.key] = declaration
    found: dict[_Name, _Name] = {}
    for module, candidates in removed.items():
        same_methods = partial(_has_same_methods, context, module)
        for old, new in only_rename(candidates, added.get(module, {}), same_methods).items():
            found[module, old] = (module, new)
    return found


def _has_same_methods(context: Context, module: str, old: Service, new: Service) -> bool:
    """Return whether two services of different names may be one: they have methods, and the same ones."""
    before = service_methods(Type(old.type, module, context.old))
    after = service_methods(Type(new.type, module, context.new))
    return bool(before) and before.keys() == after.keys()


def _is_named_outside(located: Located) -> bool:
    """Return whether clients write the name of a declaration, or deployers do in Config.toml."""
    return located.item.public or _CONFIGURABLE.match(located.item.content) is not None


def _shape(located: Located) -> bytes:
    """Return a declaration's text without its name and layout."""
    name = located.item.key.removeprefix("@").encode()
    text = _WORD.sub(lambda word: b"_" if word[0] == name else word[0], located.item.content)
    return b" ".join(text.split())
