"""Which names mean the same type in both versions because nothing that they lead to was written anew?

Most of what two versions of a type lead to is equal text. To see that needs no structure: a declaration with
the same text means the same thing if the names in it do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api.outlines import Located
    from semverdiff.api.surface import Surface

__all__ = ["Unchanged"]

_Name = tuple[str, str]

# Default and initial values are no part of a type.
_TYPED: Final = {
    form: tuple(part for part in parts if part not in {"default", "initial"})
    for form, parts in nodes.PARTS.items()
}


class Unchanged:
    """The names of two surfaces of which nothing changed. Each declaration is looked into once.

    It says too little where another text means the same: then the structures have to be compared.
    """

    def __init__(self, old: Surface, new: Surface) -> None:
        self._old = old
        self._new = new
        self._known: dict[_Name, bool] = {}

    def means_the_same(self, module: str, name: str) -> bool:
        """Return whether a name of a module means the same in both versions for certain.

        It is not known of what other packages declare.
        """
        place = module, name
        if place not in self._known:
            if module not in self._old.modules or module not in self._new.modules:
                return False
            self._decide(place)
        return self._known[place]

    def _decide(self, place: _Name) -> None:
        """Follow a name to all that it leads to; what leads to a change may have changed as well."""
        users: dict[_Name, list[_Name]] = {}
        changed: list[_Name] = []
        met = {place}
        waiting = [place]
        while waiting:
            user = waiting.pop()
            uses = self._uses(user)
            if uses is None:
                changed.append(user)
                continue
            for used in uses:
                known = self._known.get(used)
                if known is False:
                    changed.append(user)
                elif known is None:
                    users.setdefault(used, []).append(user)
                    if used not in met:
                        met.add(used)
                        waiting.append(used)
        while changed:
            name = changed.pop()
            if name in met:
                met.discard(name)
                self._known[name] = False
                changed += users.get(name, ())
        self._known |= dict.fromkeys(met, True)

    def _uses(self, place: _Name) -> list[_Name] | None:
        """Return the names that one is made of; `None` if both versions do not write it in the same words."""
        module, name = place
        old, new = self._old.locate(module, name), self._new.locate(module, name)
        if old is None and new is None:
            return self._enum_of(module, name)
        if old is None or new is None or not _same_text(old, new):
            return None
        declaration = self._old.declaration(module, name)
        return None if declaration is None else self._named(declaration, module)

    def _enum_of(self, module: str, member: str) -> list[_Name] | None:
        """Return the enum that a name is a member of in both versions; nothing if nobody declares it."""
        old, new = (one.enum_of_member(module, member) for one in (self._old, self._new))
        if old is None and new is None:
            return []
        return [(module, old.name)] if old is not None and new is not None and old.name == new.name else None

    def _named(self, declaration: nodes.Declaration, module: str) -> list[_Name] | None:
        found: list[_Name] = []
        for reference in nodes.names_in(declaration, _TYPED):
            owner = self._old.owner(reference, module)
            if owner != self._new.owner(reference, module):
                return None
            if owner is not None:
                found.append((owner, reference.name))
            elif not all(one.is_same_elsewhere(reference, module) for one in (self._old, self._new)):
                return None
        return found


def _same_text(old: Located, new: Located) -> bool:
    """Return whether two declarations are the same words, and mean the same modules by their prefixes."""
    if old.item.content != new.item.content:
        return False
    return old.imports == new.imports or not _has_changed_prefix(old.item.content, old.imports, new.imports)


def _has_changed_prefix(content: bytes, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    # A prefix may be written with escapes.
    changed = (prefix for prefix in old.keys() | new.keys() if old.get(prefix) != new.get(prefix))
    return b"\\" in content or any(prefix.encode() in content for prefix in changed)
