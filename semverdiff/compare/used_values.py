"""Constants in declarations: which of them has another value, though the text around it is the same?

A default, the length of an array or a type may be a constant of another package, which was raised. In that
it may be one that no client meets by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import constant_value, enum_member_value
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from semverdiff.api import Surface
    from semverdiff.compare.context import Context

__all__ = ["UsedValues", "used_names"]


class UsedValues:
    """The values that declarations of both versions use, each name looked up once.

    `follows` says which modules are looked into, by the path of an import; `None` is that of the declaration.
    """

    def __init__(self, context: Context, follows: Callable[[str | None], bool]) -> None:
        self._context = context
        self._follows = follows
        self._changes: dict[tuple[str, nodes.Reference], bool] = {}

    def differ(self, module: str, declaration: nodes.Declaration) -> bool:
        """Return whether a declaration of a module uses a constant or enum member that has another value."""
        return any(self._is_changed(module, name) for name in used_names(declaration))

    def _is_changed(self, module: str, name: nodes.Reference) -> bool:
        key = module, name
        known = self._changes.get(key)
        if known is None:
            known = self._changes[key] = self._follows(name.module) and self._differs(module, name)
        return known

    def _differs(self, module: str, name: nodes.Reference) -> bool:
        return _value(self._context.old, module, name) != _value(self._context.new, module, name)


def _value(surface: Surface, module: str, name: nodes.Reference) -> tuple[str, object] | None:
    """Return the value of a constant or enum member; `None` for other names."""
    home = surface.home(name, module)
    if home is None:
        return None
    declaring, owner = home
    located = declaring.locate(owner, name.name)
    if located is None:
        found = declaring.enum_member(owner, name.name)
        return None if found is None else enum_member_value(found[1], owner, declaring)
    if located.item.kind != "constant_declaration":
        return None
    declaration = declaring.declaration(owner, name.name)
    return constant_value(declaration, owner, declaring) if isinstance(declaration, nodes.Constant) else None


def used_names(declaration: nodes.Declaration) -> Iterator[nodes.Reference]:
    """Yield the names in the types and expressions of a declaration, bodies and what is not public apart."""
    return nodes.names_in(declaration, passes_over=_is_hidden)


def _is_hidden(member: nodes.ObjectField | nodes.Method) -> bool:
    return member.visibility != "public"
