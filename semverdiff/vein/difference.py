"""One difference between two versions of a shard, without an opinion: what a rule judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.changes import Change
from semverdiff.enums import StrEnum

if TYPE_CHECKING:
    from typing import Final

    from semverdiff.changes import DependencyVersions, Excerpt, Step

__all__ = ["NO_MODIFIER", "Condition", "Fact", "Subject", "VeinDifference"]

NO_MODIFIER: Final = "without a modifier it is public by the documents, which nothing enforces"
"""What a fact rests on about a declaration without a modifier."""


class Subject(StrEnum):
    """What a change is about: the part of a rule id between `vein` and the fact."""

    ALIAS = "alias"
    ASPECT = "aspect"
    ASPECT_USE = "aspect-use"
    CLASS = "class"
    CONSTRAINT = "constraint"
    CONSTRUCTOR = "constructor"
    DELEGATE = "delegate"
    FIELD = "field"
    INTERFACE = "interface"
    INTERFACE_METHOD = "interface-method"
    INTERFACE_PROPERTY = "interface-property"
    METHOD = "method"
    PACKAGE = "package"
    PROPERTY = "property"
    STRUCT = "struct"
    STRUCT_FIELD = "struct-field"
    TYPE_PARAMETER = "type-parameter"


class Fact(StrEnum):
    """What happened."""

    ABSTRACT_ADDED = "abstract-added"
    ABSTRACT_REMOVED = "abstract-removed"
    ADDED = "added"
    BASE_ADDED = "base-added"
    BASE_REMOVED = "base-removed"
    CONSTANT_VALUE_CHANGED = "constant-value-changed"
    GETTER_REMOVED = "getter-removed"
    DEPENDENCY_CHANGED = "dependency-changed"
    IMPLICIT_REMOVED = "implicit-removed"
    KIND_CHANGED = "kind-changed"
    LITERAL_ADDED = "literal-added"
    LITERAL_REMOVED = "literal-removed"
    MOVED = "moved"
    MOVED_TO_BASE = "moved-to-base"
    OVERLOAD_ADDED = "overload-added"
    OVERRIDE_ADDED = "override-added"
    OVERRIDE_REMOVED = "override-removed"
    PARAMETERS_CHANGED = "parameters-changed"
    PARAMETER_RENAMED = "parameter-renamed"
    READONLY_ADDED = "readonly-added"
    READONLY_REMOVED = "readonly-removed"
    REMOVED = "removed"
    RENAMED = "renamed"
    REORDERED = "reordered"
    RETARGETED = "retargeted"
    RETURN_TYPE_CHANGED = "return-type-changed"
    SETTER_ADDED = "setter-added"
    SETTER_REMOVED = "setter-removed"
    SIGNATURE_CHANGED = "signature-changed"
    STATIC_ADDED = "static-added"
    STATIC_REMOVED = "static-removed"
    TO_COMPUTED = "to-computed"
    TO_FIELD = "to-field"
    TO_PROPERTY = "to-property"
    TYPE_ARGUMENTS_CHANGED = "type-arguments-changed"
    TYPE_CHANGED = "type-changed"
    VIRTUAL_ADDED = "virtual-added"
    VIRTUAL_REMOVED = "virtual-removed"
    VISIBILITY_NARROWED = "visibility-narrowed"
    VISIBILITY_WIDENED = "visibility-widened"


class Condition(StrEnum):
    """What the level of a fact depends on."""

    ADDS_DEPRECATION = "adds-deprecation"
    """The aspect says that clients should look for something else."""
    BREAKS_WHAT_IS_MET = "breaks-what-is-met"
    """The shard moved to another major version, and its types stand in the API."""
    IN_SIGNATURE = "in-signature"
    """The type parameter stands in a visible signature, so that link names hold it."""
    ON_INTERFACE = "on-interface"
    """The member is one of an interface, which clients implement."""
    TO_DIRECT_BASE = "to-direct-base"
    """The member is in the direct base now, which the compiler looks into, and no further up."""


class VeinDifference(msgspec.Struct, frozen=True):
    """A fact about a symbol in a module, which is what reports call a space.

    `trail` leads from the type to what changed. `old` and `new` are the declarations, where a side has one.
    `before` and `after` are what changed of them: a type, a base, a name. `assumed` says on what the fact
    rests that a side does not tell, and `undecided` what could not be read. `announced` says whether what
    clients lose was deprecated before, as far as that was told; it is `None` where they lose nothing.
    """

    subject: Subject
    fact: Fact
    symbol: str
    module: str
    trail: tuple[Step, ...]
    old: Excerpt | None
    new: Excerpt | None
    before: str = ""
    after: str = ""
    conditions: frozenset[Condition] = frozenset()
    assumed: str | None = None
    undecided: str | None = None
    dependency: DependencyVersions | None = None
    announced: bool | None = None

    @property
    def change(self) -> Change:
        """Return what happened to the last step of the trail."""
        if self.old is None:
            return Change.ADDED
        return Change.REMOVED if self.new is None else Change.MODIFIED

    @property
    def rule(self) -> str:
        """Return the id of the rule that judges this difference."""
        return f"vein-{self.subject}-{self.fact}"
