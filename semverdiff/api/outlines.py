"""What the files of all packages of a run declare: parsed once, or known from a model of an earlier run.

Files that changed from one version to the other are scanned where that suffices: what both versions declare
in the same words is not parsed then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import api, limits
from semverdiff.syntax.declarations import read_declaration, read_scanned
from semverdiff.syntax.descriptors import BrokenSyntaxError
from semverdiff.syntax.outlines import outline, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from semverdiff.api.models import Models, ModelStore
    from semverdiff.packages import Package
    from semverdiff.syntax.nodes import Declaration
    from semverdiff.syntax.outlines import Item, Outline

__all__ = ["Located", "Outlines", "ScanError"]

_SMALL: Final = limits.MODEL_SOURCE_BYTES


class Located(msgspec.Struct, frozen=True, gc=False):
    """An outlined declaration, its file, and the imports that give its prefixes a meaning.

    Of one in a file that was scanned (not `is_parsed`) only the extent is known.
    """

    file: str
    item: Item
    imports: Mapping[str, str]
    is_parsed: bool = True


class ScanError(Exception):
    """A declaration does not parse in a file that was scanned: what was decided without that is void."""


class Outlines:
    """Outlines by content: equal bytes are parsed once, whichever side and file they stand in.

    The same holds for the declarations in them. A package is more than one surface where it is looked at from
    several others, and two versions of it have most of their files in common. `open_store` returns
    what keeps the models of published packages: which files were parsed once, no later run has to parse. To
    scan one, or to read a declaration of it, takes no longer than to look it up.

    Only who `may_scan` is ready for a `ScanError`, whatever declaration is read.
    """

    def __init__(self, open_store: Callable[[], ModelStore] | None = None, *, may_scan: bool = False) -> None:
        self._open_store = open_store
        self._may_scan = may_scan
        self._models: Models | None = None
        self._expected: list[Package] = []
        self._known: dict[bytes, Outline] = {}
        self._scanned: dict[bytes, Outline] = {}
        # By the identity of the item: its meaning depends on the imports of the file that it stands in.
        self._declarations: dict[int, tuple[Item, Declaration | None]] = {}

    def expect(self, package: Package) -> None:
        """Note a package whose files may be asked for.

        What is being worked on is another package the next time, and what is small is soon parsed.
        """
        if self._open_store is None or package.provenance.source == "directory":
            return
        if sum(len(file.content) for module in package.modules for file in module.files) < _SMALL:
            return
        self._expected.append(package)

    def of(self, content: bytes) -> Outline:
        """Return the outline of a file's content."""
        known = self._known.get(content)
        if known is None:
            known = self._known[content] = self._outline(content)
        return known

    def scanned(self, content: bytes) -> Outline:
        """Return the outline of a file's content, of which nothing need be parsed but what takes a parser.

        It never tells more than a scan: what was parsed by chance decides nothing.
        """
        known = self._scanned.get(content)
        if known is None:
            known = self._scanned[content] = self._scan(content)
        return known

    def scan_changes(self, old: Collection[bytes], new: Collection[bytes]) -> bool:
        """Scan the files that one of two versions has and the other has not, and say whether that will do.

        It does if everything parses that is not the same text in both.
        """
        if not self._may_scan:
            return False
        sides = [[self.scanned(content) for content in contents] for contents in (old, new)]
        if any(one.damages for side in sides for one in side):
            return False
        texts = [{item.content for one in side for item in one.items} for side in sides]
        try:
            for side, others in zip(sides, reversed(texts), strict=True):
                for one in side:
                    for item in one.items:
                        if item.content not in others:
                            self.declaration(Located("", item, one.imports, one.is_parsed))
        except (ScanError, RecursionError, MemoryError):
            return False  # whoever reads them the next time says what is wrong
        return True

    def keys(self, content: bytes) -> frozenset[str] | None:
        """Return the keys of what a file declares, if they are known without parsing it."""
        models = self._opened_models()
        return None if models is None else models.keys(content)

    def enum_words(self, content: bytes) -> frozenset[str] | None:
        """Return the words of the enums in a file, if they are known without parsing it."""
        models = self._opened_models()
        return None if models is None else models.enum_words(content)

    def store(self) -> None:
        """Store what was parsed of published packages for later runs."""
        if self._models is not None:
            self._models.store()

    def declaration(self, located: Located) -> Declaration | None:
        """Return a declaration, read; `None` if a syntax error hides it."""
        known = self._declarations.get(id(located.item))
        if known is None:
            # The item is kept as well, so that no other one ever has its identity.
            known = self._declarations[id(located.item)] = located.item, _read(located)
        return known[1]

    def _outline(self, content: bytes) -> Outline:
        models = self._opened_models()
        known = None if models is None else models.outline(content)
        if known is None:
            known = outline(content)
            if models is not None:
                models.add_outline(content, known)
        return known

    def _opened_models(self) -> Models | None:
        """Return the models of the packages that are expected: not before a file of any is asked for."""
        if self._expected and self._open_store is not None:
            if self._models is None:
                self._models = api.Models(self._open_store())
            for package in self._expected:
                self._models.expect(package)
            self._expected.clear()
        return self._models

    def _scan(self, content: bytes) -> Outline:
        known = self._known.get(content)
        if known is not None and not known.damages:
            return known
        return scan(content) or self.of(content)


def _read(located: Located) -> Declaration | None:
    try:
        if not located.is_parsed:
            return read_scanned(located.item, located.imports)
        return read_declaration(located.item, located.imports)
    except BrokenSyntaxError as error:
        if not located.is_parsed:
            raise ScanError(located.item.key) from error
        # Said by the outline's damage at this place; who compares must look there.
        return None
