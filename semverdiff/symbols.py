"""The public API of a package as a list of symbols: what `semver api` prints, and what is counted.

A public symbol is a declaration, member or parameter that stands in this list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ModuleApi", "Symbol", "size_of", "symbol_count"]


class Symbol(msgspec.Struct, frozen=True):
    """A public symbol: its kind in words, its name as clients read it, and its signature on one line.

    `file` is relative to the package; `line` counts from 1, and is `None` in what was compiled. What stands
    in `members` is left out of the signature, except for parameters. `origin` is the type of another package
    that brings a member, with the version (`acme/money:Amount 1.0.0`): its place is then that of the type
    that includes it.
    """

    kind: str
    name: str
    signature: str
    file: str
    line: int | None
    members: tuple[Symbol, ...] = ()
    origin: str | None = None


class ModuleApi(msgspec.Struct, frozen=True):
    """The symbols of one module, sorted by name.

    A module that is not `exported` is only listed with what clients cannot see.
    """

    name: str
    exported: bool
    symbols: tuple[Symbol, ...]


def symbol_count(modules: Iterable[ModuleApi]) -> int:
    """Return the number of declarations, members and parameters."""
    return sum(size_of(symbol) for module in modules for symbol in module.symbols)


def size_of(symbol: Symbol) -> int:
    """Return the number of symbols that one is, with its members."""
    return 1 + sum(size_of(member) for member in symbol.members)
