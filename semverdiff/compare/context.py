"""What a comparison knows of both versions together: their types, and where clients meet these."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.api import IN, OUT, TYPE_KINDS, Positions, type_text
from semverdiff.changes import DependencyVersions, Position
from semverdiff.compare.denotation import Denotations
from semverdiff.compare.deprecation import is_deprecated
from semverdiff.compare.difference import UnreadInclusions
from semverdiff.compare.facts import Kind
from semverdiff.packages import imports_of
from semverdiff.syntax.nodes import Reference
from semverdiff.types import Total, TypeComparison

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from semverdiff.api import Origin, Surface, Type
    from semverdiff.packages import Unavailable

__all__ = ["Context"]

_POSITIONS = {IN: Position.IN, OUT: Position.OUT, IN | OUT: Position.BOTH}
# Kinds of declarations whose values cross the boundary of the package in the positions of their type.
_TYPES = frozenset({Kind.ENUM, Kind.ERROR_TYPE, Kind.OBJECT_TYPE, Kind.RECORD, Kind.TYPE})


class Context:
    """The old and the new surface of a comparison. What it finds out once serves every question.

    `types` relates types of the old surface to types of the new one; `names` says what names denote.
    `renamed` are the declarations that have another name or module now, by their old name, and `met` the
    positions in which clients meet types, where others than those of this package decide them. `changing` are
    the names that may mean something else in the new version, `None` where that is not known. `total` is what
    all questions about types may cost, also those that are asked in other contexts of a comparison.
    """

    def __init__(  # noqa: PLR0913 (what is known of a comparison, by name)
        self,
        old: Surface,
        new: Surface,
        renamed: Mapping[Origin, Origin] | None = None,
        met: Mapping[Origin, int] | None = None,
        *,
        changing: frozenset[str] | None = None,
        total: Total | None = None,
        positions: Positions | None = None,
    ) -> None:
        self.old = old
        self.new = new
        self.changing = changing
        self.names = Denotations(old, new, self.is_anchor, renamed or {})
        self.total = total or Total(limits.COMPARISON_COST)
        self._reached: dict[Surface, frozenset[str]] = {}
        self._anchors: dict[Origin, bool] = {}
        self._deprecated: dict[Origin, bool] = {}
        self._imported: dict[bytes, frozenset[str]] = {}
        self._met = met
        self.positions = positions or Positions(old)

    def with_changes(self, renamed: Mapping[Origin, Origin], changing: frozenset[str]) -> Context:
        """Return the context of a comparison in which it is known what is renamed, and what changes."""
        return Context(
            self.old, self.new, renamed, changing=changing, total=self.total, positions=self.positions
        )

    @cached_property
    def types(self) -> TypeComparison:
        """Return what relates types of the old surface to types of the new one."""
        return TypeComparison(self.old, self.new, self.is_anchor, self.names.identity, self.total)

    def is_anchor(self, module: str, name: str) -> bool:
        """Return whether a name is a public type of both versions, and so compared at its own name only."""
        origin = (module, name)
        known = self._anchors.get(origin)
        if known is None:
            known = self._anchors[origin] = _is_public_type(self.old, module, name) and _is_public_type(
                self.new, module, name
            )
        return known

    def was_deprecated(self, module: str, name: str) -> bool:
        """Return whether the old version deprecates a declaration; many of its members may ask."""
        origin = (module, name)
        known = self._deprecated.get(origin)
        if known is None:
            declaration = self.old.declaration(module, name)
            known = declaration is not None and is_deprecated(declaration.metadata)
            self._deprecated[origin] = known
        return known

    def exported(self, module: str) -> bool:
        """Return whether clients of both versions can import a module."""
        return self.old.exported(module) and self.new.exported(module)

    def runs(self, surface: Surface, module: str) -> bool:
        """Return whether the code of a module runs where clients use one version of the package.

        To know it of a module that is not exported, those that are have to be read.
        """
        if surface.exported(module):
            return True
        if surface not in self._reached:
            self._reached[surface] = surface.reached()
        return module in self._reached[surface]

    def position(self, module: str, name: str, kind: str) -> Position | None:
        """Return the position in which clients of the old version meet a type, `None` if they do not."""
        if kind not in _TYPES:
            return None
        met = self.positions.of(module, name) if self._met is None else self._met.get((module, name), 0)
        return _POSITIONS.get(met)

    def dependency(self, names: tuple[str, str]) -> DependencyVersions:
        """Return another package, by organization and name, with its versions in both builds."""
        versions = (None if one.world is None else one.world.version(names) for one in (self.old, self.new))
        return DependencyVersions("/".join(names), *versions)

    def package_of(self, side: Surface, names: tuple[str, str]) -> Surface | None:
        """Return another package as a side has it; `None` if that cannot be had."""
        return None if side.world is None else side.world.known(names)

    def is_guessed(self, dependency: DependencyVersions) -> bool:
        """Return whether versions differ of which one at least is not written down anywhere."""
        organization, _, name = dependency.package.partition("/")
        return dependency.is_raised and any(
            one.world is not None and one.world.is_guessed((organization, name))
            for one in (self.old, self.new)
        )

    @cached_property
    def has_raises(self) -> bool:
        """Return whether any package has other versions in both builds, as far as these are written down."""
        before, after = self.old.world, self.new.world
        return before is not None and after is not None and before.differs_from(after)

    def imported(self, content: bytes) -> frozenset[str]:
        """Return the modules that a source imports with their organization, as paths: `ballerina/http`."""
        known = self._imported.get(content)
        if known is None:
            known = self._imported[content] = frozenset("/".join(one) for one in imports_of(content))
        return known

    def may_be_raised(self, module: str) -> bool:
        """Return whether a module is one of another package; nothing is read to know it."""
        return self._other_package(module) is not None

    def is_raised(self, module: str) -> bool:
        """Return whether a module of another package, or what it may lead to, differs in both builds."""
        names = self._other_package(module)
        if names is None or self.new.world is None or self.old.world is None:
            return False
        if self.dependency(names).is_raised:
            return True
        before = self.old.world.surface(self.old.package, module)
        return before is not self.new.world.surface(self.new.package, module)

    def _other_package(self, module: str) -> tuple[str, str] | None:
        """Return the names of the package that a module belongs to, if it is another one."""
        package, world = self.new.package, self.new.world
        owner = None if world is None else world.owner(package, module)
        if owner is None or (owner.organization, owner.name) == (package.organization, package.name):
            return None
        return owner.organization, owner.name

    def unread_raise(self, names: tuple[str, str]) -> str:
        """Return why it is not known what a raised package changes in the API: a side could not read it."""
        return f"what it changes in the API was not read: {_sentence(self._reasons(names))}"

    def unread(
        self, inclusions: Iterable[Reference], of_one: Collection[Reference]
    ) -> UnreadInclusions | None:
        """Return what is not known of inclusions that were not read.

        Those that one version alone has are `of_one`. `None` if both have the same ones, of the same
        versions of their packages, so that they make no difference.
        """
        sentences: dict[str, None] = {}
        packages: set[DependencyVersions | None] = set()
        for inclusion in sorted(inclusions, key=type_text):
            names = self._owner(inclusion)
            package = None if names is None else self.dependency(names)
            if inclusion not in of_one and not (names is not None and self._may_differ(names)):
                continue
            about = type_text(inclusion) if package is None else f"{type_text(inclusion)} ({package})"
            reasons = [] if names is None else self._reasons(names)
            why = f": {_sentence(reasons)}" if reasons else ""
            sentences[f"what {about} brings was not read{why}"] = None
            packages.add(package)
        if not sentences:
            return None
        return UnreadInclusions("; ".join(sentences), packages.pop() if len(packages) == 1 else None)

    def _may_differ(self, names: tuple[str, str]) -> bool:
        """Return whether the builds have two versions of a package, or it can be had for one of them only."""
        unread = (one.world is not None and names in one.world.unread for one in (self.old, self.new))
        return self.dependency(names).is_raised or len(set(unread)) > 1

    def _owner(self, inclusion: Reference) -> tuple[str, str] | None:
        """Return the names of the package that an inclusion leads to, if it is another one."""
        for side in (self.new, self.old):
            if side.world is not None and inclusion.module is not None:
                owner = side.world.owner(side.package, inclusion.module)
                if owner is not None:
                    return owner.organization, owner.name
        return None

    def _reasons(self, names: tuple[str, str]) -> list[Unavailable]:
        """Return why a package was not read, for each side where it was not, the old one first."""
        worlds = (self.old.world, self.new.world)
        return [one.unread[names].reason for one in worlds if one is not None and names in one.unread]

    def same_name(self, old: Type, new: Type) -> bool:
        """Return whether two types are one name, which is compared as such."""
        match old.descriptor, new.descriptor:
            case Reference() as left, Reference() as right:
                origin = old.surface.origin(left, old.module)
                return origin == new.surface.origin(right, new.module) and self.is_anchor(*origin)
        return False


def _sentence(reasons: Iterable[Unavailable]) -> str:
    """Return why versions of a package were not read, and what makes them available, each thing once."""
    reasons = tuple(reasons)
    whys, remedies, commands = (
        dict.fromkeys(text for text in texts if text)
        for texts in zip(*((one.why, one.remedy, one.command) for one in reasons), strict=True)
    )
    typed = " and ".join(f"'{one}'" for one in commands)
    return f"{'; '.join(whys)}; {', or '.join([*remedies, *([typed] if typed else [])])}"


def _is_public_type(surface: Surface, module: str, name: str) -> bool:
    if not surface.exported(module):
        return False
    located = surface.locate(module, name)
    return located is not None and located.item.public and located.item.kind in TYPE_KINDS
