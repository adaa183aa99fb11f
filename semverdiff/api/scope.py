"""The names of one module, outlined as far as somebody asked for them.

Where a model of a published package tells what a file declares, a name leads to its files at once. Others are
looked for in the text.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import limits
from semverdiff.api.enum_words import EnumWords
from semverdiff.api.outlines import Located
from semverdiff.syntax.outlines import Damage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from semverdiff.api.outlines import Outlines
    from semverdiff.packages import Module, SourceFile
    from semverdiff.syntax.outlines import Item, Outline

__all__ = ["Scope"]

# What the key of a service has before its listeners, if it shares its attach point with another one.
_LISTENERS: Final = " on "
_SERVICE: Final = "service_declaration"
_ESCAPED_LETTER_OR_DIGIT: Final = rb"\\[u0-9]"
# A search in vain looks into the text of every file that is not outlined; outlining all costs some hundred.
_MOST_SEARCHES: Final = 256
# To look for so many names in those of each file costs about as much as an index of all.
_FEW_SEARCHES: Final = 16


class _Index:
    """The files of a module by the names that they declare, as far as that is known without parsing them.

    Of most packages few names are asked for: those are looked for in the names of each file. Of files that
    are scanned it is not asked: to look up what is known of them takes longer.
    """

    def __init__(self, files: Sequence[SourceFile], outlines: Outlines, *, are_scanned: bool) -> None:
        self._outlines = outlines
        self._known: dict[str, tuple[SourceFile, frozenset[str]]] = {}
        self._searches = 0
        self.unknown: list[SourceFile] = []
        for file in files:
            keys = None if are_scanned else outlines.keys(file.content)
            if keys is None:
                self.unknown.append(file)
            else:
                self._known[file.path] = file, keys

    def declaring(self, key: str) -> Sequence[SourceFile]:
        """Return the files that are known to declare a name, or any of which may name a service so."""
        if _LISTENERS in key:
            return [file for file, _ in self._known.values()]
        self._searches += 1
        if self._searches <= _FEW_SEARCHES:
            return [file for file, keys in self._known.values() if key in keys]
        return self._by_key.get(key, ())

    def repeating(self, file: SourceFile, items: Iterable[Item]) -> Iterator[SourceFile]:
        """Yield the files that are known to declare a name which one of this file's items declares as well.

        Services have no name: files may share the attach point by which they are known.
        """
        names = self._repeated if file.path in self._known else self._names
        if names:
            for key in names.intersection([item.key for item in items if item.kind != _SERVICE]):
                yield from self.declaring(key)

    def holding(self, member: str) -> Sequence[SourceFile]:
        """Return the files that are known to have an enum which may declare a member."""
        return self._by_enum_word.get(member, ())

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset().union(*(keys for _, keys in self._known.values()))

    @cached_property
    def _repeated(self) -> frozenset[str]:
        if sum(len(keys) for _, keys in self._known.values()) == len(self._names):
            return frozenset()
        return frozenset(key for key, files in self._by_key.items() if len(files) > 1)

    @cached_property
    def _by_key(self) -> Mapping[str, Sequence[SourceFile]]:
        found: dict[str, list[SourceFile]] = {}
        for file, keys in self._known.values():
            for key in keys:
                found.setdefault(key, []).append(file)
        return found

    @cached_property
    def _by_enum_word(self) -> Mapping[str, Sequence[SourceFile]]:
        found: dict[str, list[SourceFile]] = {}
        for file, _ in self._known.values():
            for word in self._outlines.enum_words(file.content) or ():
                found.setdefault(word, []).append(file)
        return found


class Damages:
    """The damages of a file, as they become known: what is declared again in another file is one, too.

    Of many repetitions those behind the first are one damage.
    """

    def __init__(self, told: Iterable[Damage]) -> None:
        self._told = [*told]
        self._repetitions = 0
        self._last: Damage | None = None
        self._more: set[str] = set()

    def __iter__(self) -> Iterator[Damage]:
        """Yield the damages in the order in which they were noted."""
        yield from self._told
        if self._last is not None:
            yield msgspec.structs.replace(self._last, names=frozenset(self._more))

    def repeat(self, first: Located, item: Item) -> None:
        """Note a second declaration of a name: SPEC, a module has one of each."""
        self._repetitions += 1
        if self._last is not None:
            self._more.add(item.key)
            return
        damage = _repetition(first, item)
        if self._repetitions <= limits.DAMAGES:
            self._told.append(damage)
        else:
            self._last = damage


class Scope:
    """The names of one module. `waiting` holds the files that nobody has asked for yet."""

    def __init__(self, module: Module, outlines: Outlines) -> None:
        self.module = module
        self.located: dict[str, Located] = {}
        self.damages: dict[str, Damages] = {}
        self.imports: set[str] = set()
        self.items: dict[str, Sequence[Item]] = {}
        self.waiting: dict[str, SourceFile] = {file.path: file for file in module.files}
        self._outlines = outlines
        self._is_scanned = False
        self._searches = 0
        self._enums = EnumWords()

    def scan(self) -> None:
        """Scan the files that are outlined from now on, instead of parsing them."""
        self._is_scanned = True

    def admit(self, file: SourceFile) -> None:
        """Outline a file, and others that are known to declare one of its names once more."""
        following = [file]
        while following:
            one = following.pop()
            if one.path in self.waiting:
                following += self._index.repeating(one, self._outline(one))

    def find(self, key: str) -> Located | None:
        """Find a name, outlining the files that hold its letters first, then the others."""
        located = self.located.get(key)
        if located is not None or not self.waiting:
            return located
        for file in self._index.declaring(key):
            self.admit(file)
        unknown = self._unknown()
        letters = key.removeprefix("@").encode()
        for file in unknown:
            if letters in file.content:
                self.admit(file)
        if key not in self.located:
            # The name may be written with escapes; for one of letters and digits they are unusual ones.
            for file in unknown:
                if not letters.isalnum() or re.search(_ESCAPED_LETTER_OR_DIGIT, file.content):
                    self.admit(file)
        return self.located.get(key)

    def enums_with(self, name: str) -> Sequence[str]:
        """Return the keys of the enums that may declare a member, in the order of their outlines."""
        if self.waiting:
            for file in (*self._index.holding(name), *self._unknown()):
                self.admit(file)
        return self._enums.holding(name)

    def admit_all(self) -> None:
        """Outline every file."""
        for file in list(self.waiting.values()):
            self._outline(file)

    @cached_property
    def _index(self) -> _Index:
        return _Index(self.module.files, self._outlines, are_scanned=self._is_scanned)

    def _unknown(self) -> list[SourceFile]:
        """Return the files whose text has to be searched, none if all of them are outlined now instead."""
        unknown = self._index.unknown = [one for one in self._index.unknown if one.path in self.waiting]
        self._searches += bool(unknown)
        if self._searches > _MOST_SEARCHES:
            self.admit_all()
            return []
        return unknown

    def _outline(self, file: SourceFile) -> Sequence[Item]:
        """Outline a file; return what it declares."""
        del self.waiting[file.path]
        outlines = self._outlines
        found = outlines.scanned(file.content) if self._is_scanned else outlines.of(file.content)
        self.imports.update(found.imports.values())
        self.damages[file.path] = Damages(found.damages)
        self._enums.add(found.items)
        located = {item.key: Located(file.path, item, found.imports, found.is_parsed) for item in found.items}
        if len(located) == len(found.items) and self.located.keys().isdisjoint(located.keys()):
            # As in nearly all files each declaration has a name of its own.
            self.located |= located
            self.items[file.path] = found.items
        else:
            self.items[file.path] = self._first_declared(file.path, found)
        return found.items

    def _first_declared(self, path: str, found: Outline) -> list[Item]:
        """Locate the declarations of a file; return the first ones of their names."""
        declared: list[Item] = []
        for item in sorted(found.items, key=lambda one: one.listeners):
            located = Located(path, item, found.imports, found.is_parsed)
            if item.listeners and item.key in self.located:
                # Services may share an attach point on different listeners: the first, by its listeners and
                # not by its place, is named by the attach point alone.
                named = msgspec.structs.replace(item, key=f"{item.key}{_LISTENERS}{item.listeners}")
                located = Located(path, named, found.imports, found.is_parsed)
            first = self.located.setdefault(located.item.key, located)
            if first is located:
                declared.append(located.item)
            elif item.kind != _SERVICE:
                # Whichever was asked for first, the later one is the repetition.
                earlier, later = sorted((first, located), key=lambda one: (one.file, one.item.line))
                self.damages[later.file].repeat(earlier, later.item)
        return declared


def _repetition(first: Located, item: Item) -> Damage:
    """Return the damage that a second declaration of a name is."""
    return Damage(
        line=item.line,
        column=item.column + 1,
        excerpt=item.key.removeprefix("@"),
        message="a module declares a name once",
        key=item.key,
        in_body=False,
        names=frozenset(),
        first=f"{first.file}:{first.item.line}:{first.item.column + 1}",
    )
