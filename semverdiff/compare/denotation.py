"""What does a name denote in either version, and which old thing is the new one?

A type may get a further name, trade places with its alias, or move: it stays the thing that it was. So
names are followed through aliases before anything is compared, and what a declaration of the new version
makes is known by the name that the old version gave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import TYPE_KINDS, aliased, definition_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from semverdiff.api import Origin, Surface

__all__ = ["Denotations"]


class Denotations:
    """What the names of two surfaces denote; what was found out once serves the next question.

    `is_anchor` says which names are public types of both versions, `renamed` are declarations that have
    another name or module now, by the old name.
    """

    def __init__(
        self,
        old: Surface,
        new: Surface,
        is_anchor: Callable[[str, str], bool],
        renamed: Mapping[Origin, Origin],
    ) -> None:
        self._old = old
        self._new = new
        self._is_anchor = is_anchor
        self._former = {after: before for before, after in renamed.items()}
        self._public: dict[Origin, Origin | None] = {}
        self._claims: dict[Origin, set[Origin]] | None = None

    def former(self, name: Origin) -> Origin:
        """Return the old name of what a declaration of the new version makes; of a new thing its own name."""
        known = self._former.get(name)
        if known is None:
            known = self._former[name] = self._find_former(name)
        return known

    def identity(self, surface: Surface, name: Origin) -> Origin:
        """Return the name by which what a declaration makes is known in both versions."""
        return self.former(name) if surface is self._new else name

    def included(self, surface: Surface, name: Origin) -> Origin:
        """Return the name by which both versions know what one of them includes by a name.

        It is that of a public type where there is one: what changes inside is stated there.
        """
        thing = self.identity(surface, definition_of(surface, name))
        return name if self._is_anchor(*name) and not self._is_anchor(*thing) else thing

    def public_alias(self, name: Origin) -> Origin | None:
        """Return the first public type of both versions that the old version made a name an alias of."""
        known = self._public
        passed: list[Origin] = []
        found: Origin | None = None
        following: Origin | None = name
        while following is not None:
            if following in known:
                found = known[following]
                break
            known[following] = None
            passed.append(following)
            following = aliased(self._old, following)
            if following is not None and self._is_anchor(*following):
                found = following
                break
        known |= dict.fromkeys(passed, found)
        return found

    def denote_one_thing(self, name: Origin, other: Origin) -> bool:
        """Return whether two names of the new version denote the same declaration."""
        return definition_of(self._new, name) == definition_of(self._new, other)

    def _find_former(self, name: Origin) -> Origin:
        if _is_type(self._old, name):
            definition = definition_of(self._old, name)
            return definition if self._leads_to(definition, name) else name
        if self._claims is None:
            self._claims = self._find_claims()
        owners = [one for one in self._claims.get(name, ()) if self._leads_to(one, name)]
        # Where several things became one, none of them is the new one.
        return owners[0] if len(owners) == 1 else name

    def _leads_to(self, old: Origin, name: Origin) -> bool:
        """Return whether the name of an old declaration, if the new version has it, denotes a new one."""
        return not _is_type(self._new, old) or definition_of(self._new, old) == name

    def _find_claims(self) -> dict[Origin, set[Origin]]:
        """Return what the names that lead to a new declaration denoted before.

        Only names whose own text changed lead to something new, and their files were outlined for that.
        """
        claims: dict[Origin, set[Origin]] = {}
        for name in self._changed_definitions():
            end = definition_of(self._new, name)
            if end != name:
                claims.setdefault(end, set()).add(definition_of(self._old, name))
        return claims

    def _changed_definitions(self) -> Iterator[Origin]:
        for module in self._new.modules:
            if module not in self._old.modules:
                continue
            olds = self._old.outlined(module)
            # A row of its own: to follow a name may outline further files.
            for key, new in tuple(self._new.outlined(module).items()):
                old = olds.get(key)
                if old is not None and new.item.kind == "type_definition" and old.item.kind in TYPE_KINDS:
                    yield module, key


def _is_type(surface: Surface, name: Origin) -> bool:
    located = surface.locate(*name)
    return located is not None and located.item.kind in TYPE_KINDS
