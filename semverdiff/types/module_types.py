"""Types of one module's text: what `semver explain-type` relates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from semverdiff.api.connection import surround
from semverdiff.api.outlines import Outlines
from semverdiff.api.surface import Surface, Type
from semverdiff.artifact import Provenance
from semverdiff.packages import Manifest, Module, Package, SourceFile
from semverdiff.syntax import outline, read_declaration
from semverdiff.syntax.nodes import Reference, TypeDefinition
from semverdiff.syntax.outlines import normalized
from semverdiff.types.equality import no_anchor
from semverdiff.types.relations import TypeRelation
from semverdiff.types.subtyping import Operand, Subtyping

if TYPE_CHECKING:
    from semverdiff.packages import FindPackage
    from semverdiff.types.semantic.lowering import Lowering

__all__ = ["NO_DESCRIPTOR", "Questions", "relation"]

NO_DESCRIPTOR: Final = "is no type descriptor"
_MODULE: Final = "types"
_NAME: Final = re.compile(r"\s*'?([^\W\d]\w*)\s*\Z")
_PROJECTION: Final = re.compile(r"\s*'?([^\W\d]\w*)\s*\[([^\[\]]+)\]\s*\Z")


def relation(source: str, left: str, right: str) -> TypeRelation:
    """Return how two types relate that a module's text declares; each may be a projection `T[k]`."""
    return Questions(source).relation(left, right)


class Questions:
    """Questions about the types that one module's text declares.

    `surface` is what the text declares, in the file that was named. Imports lead to the packages that `find`
    gives, in the versions that the `manifest` of the package around it says.
    """

    def __init__(
        self,
        source: str,
        lowering: type[Lowering] | None = None,
        file: str = "types.bal",
        find: FindPackage | None = None,
        manifest: Manifest | None = None,
    ) -> None:
        outlines = Outlines()
        content = _ended(source.encode(errors="replace"), outlines)
        declared = outlines.of(content)
        self._imports = declared.imports
        self._names = {item.key for item in declared.items}
        module = Module(_MODULE, exported=True, files=(SourceFile(file, content),))
        package = Package(
            "", _MODULE, "0.0.0", (module,), Provenance("directory"), manifest=manifest or Manifest()
        )
        self.surface = Surface(package, outlines)
        if find is not None:
            surround(self.surface, find)
        self._subtyping = Subtyping(no_anchor, self.surface, lowering=lowering)

    def relation(self, left: str, right: str) -> TypeRelation:
        """Return how two types relate.

        A side is a type descriptor, mostly just a name, or `T[k]`: what lists and mappings of the declared
        type T hold at the key k, which is a type, too.
        """
        sides: list[Operand] = []
        for text in (left, right):
            side = self._operand(text)
            if side is None:
                return TypeRelation("unknown", missing=(f"'{text}' {NO_DESCRIPTOR}",))
            sides.append(side)
        return self._subtyping.relate(*sides)

    def _operand(self, text: str) -> Operand | None:
        projection = _PROJECTION.match(text)
        if projection is None or projection[1] not in self._names:
            type_ = self._term(text)
            return None if type_ is None else Operand(type_)
        key = self._term(projection[2])
        return None if key is None else Operand(self._declared(projection[1]), key)

    def _term(self, text: str) -> Type | None:
        """Read a type descriptor; names mean what they mean in the module."""
        name = _NAME.match(text)
        if name is not None and name[1] in self._names:
            return self._declared(name[1])
        found = outline(f"type Operand {text};".encode(errors="replace"))
        if found.damages or len(found.items) != 1:
            return None
        definition = read_declaration(found.items[0], self._imports)
        return (
            Type(definition.type, _MODULE, self.surface) if isinstance(definition, TypeDefinition) else None
        )

    def _declared(self, name: str) -> Type:
        return Type(Reference(None, name), _MODULE, self.surface)


def _ended(content: bytes, outlines: Outlines) -> bytes:
    """Put in the semicolons that are missing at the ends of declarations: what they end is whole."""
    missing = [damage for damage in outlines.of(content).damages if damage.message == "`;` is missing"]
    if not missing:
        return content
    lines = normalized(content).decode().split("\n")
    for damage in sorted(missing, key=lambda one: (one.line, one.column), reverse=True):
        line, column = lines[damage.line - 1], damage.column - 1
        lines[damage.line - 1] = f"{line[:column]};{line[column:]}"
    return "\n".join(lines).encode()
