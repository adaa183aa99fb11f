"""One side of a comparison, read as far as somebody asked: names to declarations.

Work follows the questions: a file is outlined when a name that it may hold is looked up, and a
declaration is read when its form is needed. Both sides of a comparison share one `Outlines`, so that
a file with equal bytes is parsed once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import api, limits
from semverdiff.api.outlines import Outlines
from semverdiff.api.scope import Scope
from semverdiff.errors import Mistake, SourceError
from semverdiff.syntax.nodes import Enum, Reference
from semverdiff.text import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from semverdiff.api.folding import Folded
    from semverdiff.api.outlines import Located
    from semverdiff.api.world import World
    from semverdiff.packages import Module, Package, SourceFile
    from semverdiff.syntax.nodes import Declaration, EnumMember, Method, TypeDescriptor
    from semverdiff.syntax.outlines import Damage, Item

__all__ = ["TYPE_KINDS", "Memory", "Surface", "Target", "Type", "require_whole"]

TYPE_KINDS: Final[frozenset[str]] = frozenset({"type_definition", "class_definition", "enum_declaration"})
_LANGUAGE_LIBRARY: Final = "ballerina/lang."


class Memory(msgspec.Struct):
    """What was found out about names, by module and name, so that no question is followed twice.

    `constants` are the values of constants and enum members, `records` the record types that names lead to
    and whether they are readonly there, `objects` the declarations of the object types that names lead to;
    `None` is for names that lead to no such thing. `included` are the types that others include, as `members`
    expands them, `definitions` the names at the end of aliases, and `errors` says which names stand for
    nothing but errors. `methods` are methods as they are written, `members` the fields of records, both by
    the identity of what declares them, which is kept for that.
    """

    constants: dict[tuple[str, str], Folded | None] = {}
    errors: dict[tuple[str, str], bool] = {}
    records: dict[tuple[str, str], tuple[Type, bool] | None] = {}
    objects: dict[tuple[str, str], Target | None] = {}
    included: dict[tuple[str, str], object] = {}
    definitions: dict[tuple[str, str], tuple[str, str]] = {}
    methods: dict[int, tuple[Method, str]] = {}
    members: dict[int, tuple[Type, object]] = {}


class Surface:
    """What a package declares, module by module; `semverdiff.packages` says which are exported.

    `modules` holds those of the package by full name. `world` has the packages that names of others lead to;
    without it such names lead nowhere, those of the language library apart. That is a surface itself, and no
    package of any world: `is_bundled`.
    """

    def __init__(
        self,
        package: Package,
        outlines: Outlines | None = None,
        world: World[Surface] | None = None,
        *,
        is_bundled: bool = False,
    ) -> None:
        self.package = package
        self.world = world
        self.is_bundled = is_bundled
        self.outlines = outlines or Outlines()
        self.outlines.expect(package)
        self.modules: Mapping[str, Module] = {module.name: module for module in package.modules}
        self._exported = frozenset(module.name for module in package.modules if module.exported)
        self._scopes = {module.name: Scope(module, self.outlines) for module in package.modules}
        self._read: dict[tuple[str, str], Declaration | None] = {}
        self._members: dict[tuple[str, str], dict[str, EnumMember]] = {}
        self._enum_members: dict[tuple[str, str], tuple[Enum, EnumMember] | None] = {}
        self.memory = Memory()

    def exported(self, module: str) -> bool:
        """Return whether clients can import a module of this package."""
        return module in self._exported

    def scan(self, module: str) -> None:
        """Scan the files of a module that are outlined from now on, instead of parsing them."""
        self._scopes[module].scan()

    def admit(self, module: str, files: tuple[SourceFile, ...]) -> None:
        """Outline these files of a module now."""
        scope = self._scopes[module]
        for file in files:
            scope.admit(file)

    def waiting(self, module: str) -> Sequence[SourceFile]:
        """Return the files of a module that nobody has asked for yet, in their order."""
        waiting = self._scopes[module].waiting
        return [file for file in self.modules[module].files if file.path in waiting]

    def outlined(self, module: str) -> dict[str, Located]:
        """Return the declarations of the files outlined so far."""
        return self._scopes[module].located

    def is_outlined(self, module: str, path: str) -> bool:
        """Return whether a file was asked for already."""
        return path in self._scopes[module].items

    def items(self, module: str, path: str) -> Sequence[Item]:
        """Return what an outlined file declares and no other one declared before."""
        return self._scopes[module].items[path]

    def all(self, module: str) -> Mapping[str, Located]:
        """Return every declaration of a module."""
        self._scopes[module].admit_all()
        return self._scopes[module].located

    def reached(self) -> frozenset[str]:
        """Return the modules that run for clients: exported ones, and those that they import in turn.

        Tests are no part of a package that was read, so that a module which only they import is not reached.
        """
        waiting = [name for name in self._scopes if self.exported(name)]
        found = set(waiting)
        while waiting:
            scope = self._scopes[waiting.pop()]
            scope.admit_all()
            for imported in scope.imports:
                owner = self.owner(Reference(imported, ""), scope.module.name)
                if owner is not None and owner not in found:
                    found.add(owner)
                    waiting.append(owner)
        return frozenset(found)

    def damages(self) -> Iterator[tuple[str, str, Damage]]:
        """Yield module, file and damage of the files outlined so far, in a stable order.

        So many broken bodies are read around. To parse a declaration with one takes long, and whose bodies
        are all broken does not compile: what further ones belong to counts as broken as a whole.
        """
        in_bodies = 0
        for name, scope in sorted(self._scopes.items()):
            for file, damages in sorted(scope.damages.items()):
                for damage in damages:
                    in_bodies += damage.in_body
                    if damage.in_body and in_bodies > limits.BROKEN_BODIES:
                        yield name, file, msgspec.structs.replace(damage, in_body=False)
                    else:
                        yield name, file, damage

    def locate(self, module: str, key: str) -> Located | None:
        """Find a declaration by module and key, unread."""
        scope = self._scopes.get(module)
        return None if scope is None else scope.located.get(key) or scope.find(key)

    def declaration(self, module: str, key: str) -> Declaration | None:
        """Return a declaration, read; `None` if there is none, or if a syntax error hides it."""
        place = (module, key)
        read = self._read.get(place)
        # Most are asked for again and again, and each once for the first time.
        if read is None and place not in self._read:
            located = self.locate(module, key)
            read = self._read[place] = None if located is None else self.outlines.declaration(located)
        return read

    @property
    def is_dependency(self) -> bool:
        """Return whether this is a package that the one which is compared was built with."""
        return self.is_bundled or (self.world is not None and self.world.root is not self)

    def resolve(self, reference: Reference, module: str) -> Target | None:
        """Follow a name used in a module, into other packages as well; `None` if it leads nowhere."""
        home = self.home(reference, module)
        if home is None:
            return None
        surface, owner = home
        declaration = surface.declaration(owner, reference.name)
        return Target(declaration, reference.name, owner, surface) if declaration is not None else None

    def home(self, reference: Reference, module: str) -> tuple[Surface, str] | None:
        """Return the surface and the module that a reference points into; `None` if it cannot be had."""
        owner = self.owner(reference, module)
        if owner is not None:
            return self, owner
        surface = None if reference.module is None else self._elsewhere(reference.module)
        owner = None if surface is None else surface.owner(Reference(reference.module, ""), module)
        return None if surface is None or owner is None else (surface, owner)

    def _elsewhere(self, module: str) -> Surface | None:
        """Return what declares a module of another package; `None` if it cannot be had."""
        if module.startswith(_LANGUAGE_LIBRARY):
            return api.language_library(module)
        return None if self.world is None else self.world.surface(self.package, module)

    def origin(self, reference: Reference, module: str) -> tuple[str, str]:
        """Return module and name by which both versions know what a reference names, read or not."""
        owner = self.owner(reference, module)
        if owner is not None:
            return self.qualified(owner), reference.name
        if reference.module is None or "/" in reference.module:
            return reference.module or module, reference.name
        return f"{self.package.organization}/{reference.module}", reference.name

    def keeps_type(self, module: str, name: str) -> bool:
        """Return whether clients can name a type of this dependency in both builds, as far as these have it.

        Like a public type of both versions of a package it is compared at its own name then.
        """
        if not self.is_dependency or not self.has_public_type(module, name):
            return False
        peer = None if self.world is None else self.world.peer
        other = None if peer is None else peer.counterpart(self.package)
        return other is None or other.has_public_type(module, name)

    def has_public_type(self, module: str, name: str) -> bool:
        """Return whether a module that clients may import declares a public type."""
        located = self.locate(module, name) if self.exported(module) else None
        return located is not None and located.item.public and located.item.kind in TYPE_KINDS

    def stands_for_itself(self, reference: Reference, module: str) -> bool:
        """Return whether both builds mean one thing by a name that leads into another package.

        That is what they know as a type: it is compared at its own name. Constants have other values in
        another version, so that those of a package that was raised are followed; of others nothing is read.
        """
        owner = self.owner(reference, module)
        if owner is not None:
            return self.keeps_type(owner, reference.name)
        home = self.home(reference, module) if self.names_raised(reference.module) else None
        if home is None:
            return True
        surface, owner = home
        located = surface.locate(owner, reference.name)
        if located is None:
            return surface.enum_of_member(owner, reference.name) is None
        return located.item.kind in TYPE_KINDS

    def is_same_elsewhere(self, reference: Reference, module: str) -> bool:
        """Return whether a name leads into another package of which both builds have the same version.

        Nothing is read of it to know that. A name that leads nowhere is the same, too.
        """
        if self.owner(reference, module) is not None:
            return False
        return not self.names_raised(reference.module) or self.home(reference, module) is None

    def names_raised(self, module: str | None) -> bool:
        """Return whether both builds have other versions of the package of a module, as far as is known."""
        world = self.world
        if world is None or world.peer is None or module is None:
            return False
        owner = world.owner(self.package, module)
        if owner is None:
            return False
        names = owner.organization, owner.name
        return world.declared(names) != world.peer.declared(names)

    def qualified(self, module: str) -> str:
        """Return the name by which both versions know a module: in dependencies with the organization."""
        return f"{self.package.organization}/{module}" if self.is_dependency else module

    def owner(self, reference: Reference, module: str) -> str | None:
        """Return the module of this package that a reference points into, if it does."""
        if reference.module is None:
            return module
        organization, _, name = reference.module.rpartition("/")
        own = not organization or organization == self.package.organization
        return name if own and name in self._scopes else None

    def enum_of_member(self, module: str, member: str) -> Enum | None:
        """Return the enum that declares a member: members are names of the module, too."""
        found = self.enum_member(module, member)
        return found[0] if found is not None else None

    def enum_member(self, module: str, name: str) -> tuple[Enum, EnumMember] | None:
        """Return a member of an enum and the enum; the first that declares it counts."""
        place = (module, name)
        if place not in self._enum_members:
            self._enum_members[place] = self._enum_member(module, name)
        return self._enum_members[place]

    def _enum_member(self, module: str, name: str) -> tuple[Enum, EnumMember] | None:
        scope = self._scopes.get(module)
        if scope is None:
            return None
        for key in scope.enums_with(name):
            declaration = self.declaration(module, key)
            if not isinstance(declaration, Enum):
                continue
            members = self._members.get((module, key))
            if members is None:
                members = {member.name: member for member in reversed(declaration.members)}
                self._members[module, key] = members
            if name in members:
                return declaration, members[name]
        return None


class Type(msgspec.Struct, frozen=True):
    """A resolved type: a descriptor, and the module and package in which its names are looked up."""

    descriptor: TypeDescriptor
    module: str
    surface: Surface

    def with_descriptor(self, descriptor: TypeDescriptor) -> Type:
        """Return another type that is written in the same module."""
        return Type(descriptor, self.module, self.surface)

    def target(self) -> Target | None:
        """Return the declaration that the type names; `None` if it is no name, or leads nowhere."""
        if type(self.descriptor) is not Reference:
            return None
        return self.surface.resolve(self.descriptor, self.module)


class Target(msgspec.Struct, frozen=True):
    """The declaration that a reference leads to, its key, and the module and package that declare it."""

    declaration: Declaration
    key: str
    module: str
    surface: Surface

    @property
    def origin(self) -> tuple[str, str]:
        """Return module and name by which both versions of the package that is compared know it."""
        return self.surface.qualified(self.module), self.key

    def type_of(self, descriptor: TypeDescriptor) -> Type:
        """Return a type that is written in this declaration."""
        return Type(descriptor, self.module, self.surface)


def require_whole(surface: Surface) -> None:
    """Refuse a package with a broken or repeated declaration in what was read: half an API is none.

    Raises `SourceError` with all such places. Broken bodies are let pass: no client sees them.
    """
    broken = [(file, damage) for _, file, damage in surface.damages() if not damage.in_body]
    if not broken:
        return
    shown = cache(without_secrets)  # a line may hold thousands of damages
    mistakes = tuple(
        Mistake(
            f"the source {shown(damage.problem)}", file, damage.line, damage.column, shown(damage.excerpt)
        )
        for file, damage in broken[: limits.MISTAKES]
    )
    raise SourceError(mistakes=mistakes, unsaid=len(broken) - len(mistakes))
