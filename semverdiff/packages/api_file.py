r"""An API file: the public API of a package as text, one signature a line, kept beside its sources.

Lines with a colon say what the manifest says that clients can notice; the others have four columns, parted by
tabs: module, declaration, member (empty for the declaration itself), and what is left of its text.

    shop	Order		public type Order record {|...|};
    shop	Order	id	int id;

Every line can be understood alone, so that their order means nothing and two branches merge line by line.
A line that begins with a tab goes on with a text that cannot be written on one, such as that of a template.
Where a source gives a prefix another meaning than the `import` lines of its module, that stands behind the
module's name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import limits
from semverdiff.artifact import Provenance
from semverdiff.errors import Mistake, SourceError
from semverdiff.packages.disk import read_file, read_inside
from semverdiff.packages.model import (
    API_FILE_ENDING,
    Dependency,
    ExportRule,
    Manifest,
    Module,
    Package,
    SourceFile,
)
from semverdiff.packages.words import refuse_too_many_words
from semverdiff.packages.workspace import bounds_of
from semverdiff.text import escape, quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "ApiLine",
    "ApiText",
    "api_file_name",
    "api_file_text",
    "parse_api_file",
    "read_api_file",
    "read_api_text",
    "say_the_same",
]

_VERSION: Final = "1"
_FORMAT: Final = "semverdiff-api"
_IMPORT: Final = "import"
_MEMBERS: Final = re.compile(r"\{(\|?)\.\.\.(\|?)\}")
_REST: Final = "..."
_COLUMNS: Final = 4
# Line ends before the texts of all modules, so that places in these are those of the file.
_PADDING_LINES: Final = 16 * 2**20
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_WORDS: Final = {"true": True, "false": False}
_MODULE_WORDS: Final = ("exported", "reached", "hidden")
_SINGLE_WORDS: Final = frozenset(
    {
        _FORMAT,
        "package",
        "version",
        "platform",
        "visibility",
        "distribution",
        "graalvm",
        "exported-by",
        "resolved",
    }
)
_HEADER_WORDS: Final = _SINGLE_WORDS | {*_MODULE_WORDS, "dependency", "locked", "library"}
_EXPORT_RULES: Final[tuple[ExportRule, ...]] = ("listed", "modules", "default")


class ApiLine(msgspec.Struct, frozen=True, order=True):
    """A declaration, or with `member` one member of it.

    `imports` are prefixes that mean another module here than elsewhere in the `module`, sorted, each with
    what it means; `text` may have several lines.
    """

    module: str
    declaration: str
    member: str
    text: str
    imports: tuple[tuple[str, str], ...] = ()


def api_file_name(package: Package) -> str:
    """Return the name that the API file of a package usually has."""
    return f"{package.name}{API_FILE_ENDING}"


class ApiText(msgspec.Struct, frozen=True):
    """The text of an API file, and the number of each line in it, counted from 1."""

    text: str
    numbers: Mapping[ApiLine, int]


def api_file_text(
    package: Package,
    lines: Iterable[ApiLine],
    imports: Mapping[str, Mapping[str, str]],
    reached: Collection[str] = (),
) -> ApiText:
    """Return an API file. `imports` has those of each module, prefix to module, as a source spells both.

    `reached` are the modules that run for clients.
    """
    imported = [
        ApiLine(module, _IMPORT, prefix, target)
        for module, prefixes in imports.items()
        for prefix, target in prefixes.items()
    ]
    parts = [f"{line}\n" for line in _header(package, reached)]
    numbers: dict[ApiLine, int] = {}
    number = len(parts) + 1
    for line in sorted({*lines, *imported}):
        row = _row(line)
        numbers[line] = number
        number += row.count("\n") + 1
        parts.append(f"{row}\n")
    return ApiText("".join(parts), numbers)


def _header(package: Package, reached: Collection[str]) -> Iterator[str]:
    manifest = package.manifest
    yield f"# The public API of {package.organization}/{package.name}, one signature a line, for reviews."
    yield "# Written by `semver api --write`; `semver api --check` says what a change means for clients."
    yield f"{_FORMAT}: {_VERSION}"
    yield f"package: {package.organization}/{package.name}"
    yield f"version: {package.version}"
    yield f"platform: {package.platform}"
    yield f"visibility: {manifest.visibility}"
    if manifest.distribution is not None:
        yield f"distribution: {manifest.distribution}"
    if manifest.graalvm_compatible is not None:
        yield f"graalvm: {str(manifest.graalvm_compatible).lower()}"
    if manifest.export_rule is not None:
        yield f"exported-by: {manifest.export_rule}"
    yield f"resolved: {str(manifest.dependencies_resolved).lower()}"
    for module in package.modules:
        word = "exported" if module.exported else "reached" if module.name in reached else "hidden"
        yield f"{word}: {module.name}"
    for word, dependencies in (("dependency", manifest.dependencies), ("locked", manifest.locked)):
        for one in dependencies:
            yield f"{word}: {one.organization}/{one.name} {one.version or '-'}"
    for library in manifest.libraries:
        yield f"library: {library}"


def _row(line: ApiLine) -> str:
    overrides = ",".join(f"{prefix}={module}" for prefix, module in line.imports)
    module = f"{line.module} {overrides}" if overrides else line.module
    return "\t".join((module, line.declaration, line.member, line.text.replace("\n", "\n\t")))


def read_api_file(path: Path) -> Package:
    """Return the package of an API file on disk: what clients see of it. Raise `SourceError`."""
    return parse_api_file(read_api_text(path), path.name)


def read_api_text(path: Path, within: Path | None = None) -> str:
    """Return the text of an API file on disk; `within` is the directory of a project that it was found in.

    Raises:
        SourceError: it cannot be read, is no text, or a link out of its project.

    """
    try:
        if within is None:
            content = read_file(path, limits.TEXTS_BYTES)
        else:
            inside = path.relative_to(within).as_posix()
            content = read_inside(within, inside, bounds_of(within), limits.TEXTS_BYTES)
        return content.decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"{quote(path.name)} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{quote(path.name)} is no API file: it is not UTF-8.") from error


def parse_api_file(text: str, name: str) -> Package:
    """Return the package of an API file; `name` is what messages call it. Raise `SourceError`."""
    reader = _Reader(name)
    for number, line in enumerate(_lines(text), 1):
        reader.read(number, line)
    return reader.package()


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]


def say_the_same(text: str, other: str) -> bool:
    """Return whether two API files say the same, in whatever order and of whatever version."""
    return _said(text) == _said(other)


def _said(text: str) -> set[str]:
    return {line for line in _lines(text) if line and not line.startswith(("#", "version: "))}


class _Row(msgspec.Struct):
    """A line with four columns: its number, how many characters its names take, and its text by lines."""

    number: int
    width: int
    member: str
    lines: list[str]

    @property
    def text(self) -> str:
        """Return the text."""
        return "\n".join(self.lines)


class _Reader:
    """What was read of an API file so far; lines that belong to none are mistakes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._mistakes: list[Mistake] = []
        self._values: dict[str, list[str]] = {}
        self._imports: dict[str, list[tuple[str, str]]] = {}
        # By the first column, and by declaration.
        self._rows: dict[str, dict[str, list[_Row]]] = {}
        self._last: _Row | None = None
        self._padding = _PADDING_LINES
        self._repeated = 0
        self._header: list[str] = []

    def read(self, number: int, line: str) -> None:
        """Read one line."""
        if line.startswith("\t") and self._last is not None:
            self._last.lines.append(line[1:])
            return
        self._last = None
        if not line.strip() or line.startswith("#"):
            return
        columns = line.split("\t", _COLUMNS - 1)
        if len(columns) == _COLUMNS:
            self._read_row(number, *columns)
            return
        word, colon, value = line.partition(": ")
        if not colon or "\t" in line or word not in _HEADER_WORDS:
            self._refuse(number, _why_no_line(line))
        elif word in _SINGLE_WORDS and word in self._values:
            self._refuse(number, f"'{word}' is said twice")
        else:
            self._values.setdefault(word, []).append(value)
            self._header += [""] * (number - 1 - len(self._header))
            self._header.append(line)

    def _read_row(self, number: int, module: str, declaration: str, member: str, text: str) -> None:
        if declaration == _IMPORT:
            self._imports.setdefault(module, []).append((member, text))
            return
        self._last = _Row(number, len(module) + len(declaration) + len(member) + _COLUMNS - 1, member, [text])
        self._rows.setdefault(module, {}).setdefault(declaration, []).append(self._last)

    def _refuse(self, number: int, why: str) -> None:
        # Without the line: what is no API file may be anything that lies on the machine.
        self._mistakes.append(Mistake(why, self._name, number, 1))

    def _value(self, word: str) -> str | None:
        return self._values.get(word, [None])[0]

    def package(self) -> Package:
        """Return the package, if nothing is wrong."""
        version = self._value(_FORMAT)
        if version is not None and version != _VERSION:
            raise SourceError(
                f"{quote(self._name)} is an API file of version {escape(version)}, and this semverdiff reads "
                f"version {_VERSION}: write it anew (`semver api --write`), or use a later semverdiff."
            )
        if version is None:
            self._refuse(1, f"this is no API file: the line '{_FORMAT}: {_VERSION}' is missing")
        organization, slash, name = (self._value("package") or "").partition("/")
        if version is not None and not (slash and name):
            self._refuse(1, "the line 'package: ORG/NAME' is missing")
        modules = self._modules()
        manifest = self._manifest()
        if self._mistakes:
            raise SourceError(mistakes=tuple(self._mistakes))
        return Package(
            organization=organization,
            name=name,
            version=self._value("version") or "0.0.0",
            modules=modules,
            provenance=Provenance("api"),
            platform=self._value("platform") or "any",
            manifest=manifest,
            manifests=(SourceFile(self._name, "\n".join(self._header).encode()),),
        )

    def _modules(self) -> tuple[Module, ...]:
        exported = set(self._values.get("exported", ()))
        columns: dict[str, list[str]] = {
            name: [] for word in _MODULE_WORDS for name in self._values.get(word, ())
        }
        for column, declarations in self._rows.items():
            module = column.partition(" ")[0]
            if module in columns:
                columns[module].append(column)
            else:
                row = next(iter(declarations.values()))[0]
                self._refuse(row.number, "no line says whether the module of this one is exported")
        # Which modules run for clients is said once, by one that they can import.
        reached = {min(exported, default=""): self._values.get("reached", [])}
        modules = tuple(
            Module(name, name in exported, tuple(self._files(name, columns[name], reached.get(name, []))))
            for name in sorted(columns)
        )
        refuse_too_many_words(modules)
        return modules

    def _manifest(self) -> Manifest:
        rule = self._value("exported-by")
        return Manifest(
            distribution=self._value("distribution"),
            visibility="private" if self._value("visibility") == "private" else "public",
            graalvm_compatible=_WORDS.get(self._value("graalvm") or ""),
            export_rule=next((one for one in _EXPORT_RULES if one == rule), None),
            dependencies=self._dependencies("dependency"),
            dependencies_resolved=self._value("resolved") == "true",
            locked=self._dependencies("locked"),
            libraries=tuple(sorted(self._values.get("library", ()))),
        )

    def _dependencies(self, word: str) -> tuple[Dependency, ...]:
        return tuple(_dependency(value) for value in sorted(self._values.get(word, ())))

    def _files(self, module: str, columns: list[str], reached: list[str]) -> Iterator[SourceFile]:
        """Yield the text of a module as sources whose places are those of the lines.

        One file holds what has the module's own imports, and each combination of others has one.
        """
        own = dict(self._imports.get(module, ()))
        for index, column in enumerate(sorted({module, *columns})):
            overrides = [one.partition("=") for one in column.partition(" ")[2].split(",") if one]
            prefixes = own | {prefix: target for prefix, _, target in overrides}
            if index == 0:
                prefixes |= {f"_{at}": one for at, one in enumerate(reached)}
            imports = _imports(prefixes)
            # Each combination repeats the imports of the module: that is where a file could grow without end.
            self._repeated += len(imports) if index else 0
            if self._repeated > limits.TEXT_BYTES:
                raise SourceError(f"{quote(self._name)} gives prefixes too many meanings: write it anew.")
            content = imports + self._text(self._rows.get(column, {}))
            yield SourceFile(f"{self._name}{f'~{index}' if index else ''}", content.encode())

    def _text(self, declarations: Mapping[str, list[_Row]]) -> str:
        """Write declarations on the lines that they have in the file, where nothing has another order."""
        parts: list[str] = []
        line = 1
        for rows in sorted(declarations.values(), key=lambda one: one[0].number):
            for row, text in _closed(rows):
                lacking = row.number - line
                if 0 < lacking <= self._padding:
                    self._padding -= lacking
                    parts.append("\n" * lacking)
                    line = row.number
                parts.append(f"{' ' * row.width}{text}\n")
                line += text.count("\n") + 1
        return "".join(parts)


def _why_no_line(line: str) -> str:
    if line.startswith(_CONFLICT):
        return "a merge conflict is left: keep the lines of both sides, and run `semver api --write`"
    return "this is no line of an API file: expected four columns parted by tabs, or 'word: value'"


def _dependency(value: str) -> Dependency:
    package, _, version = value.partition(" ")
    organization, _, name = package.partition("/")
    return Dependency(organization, name, None if version == "-" else version)


def _imports(prefixes: Mapping[str, str]) -> str:
    return "".join(f"import {module} as {prefix}; " for prefix, module in sorted(prefixes.items()))


def _closed(rows: list[_Row]) -> Iterator[tuple[_Row, str]]:
    """Yield the lines of one declaration: its head, opened for the members, these, and its end."""
    # What an unclean merge leaves, members of nothing or a second head, does not parse, and so is said.
    head = next((row for row in rows if not row.member), None)
    places = [] if head is None else list(_MEMBERS.finditer(head.text))
    if head is None or not places:
        yield from ((row, row.text) for row in rows)
        return
    start, end = places[-1].span()
    opening, closing = places[-1].groups()
    tail = f"{closing}}}{head.text[end:]}"
    inner = [row for row in rows if row is not head and row.member != _REST]
    # SPEC, Record types: the rest stands behind all fields.
    tail = "".join(f"{row.text} " for row in rows if row.member == _REST) + tail
    yield head, f"{head.text[:start]}{{{opening}{'' if inner else tail}"
    yield from ((row, row.text) for row in inner[:-1])
    for row in inner[-1:]:
        yield row, f"{row.text.removesuffix(',')} {tail}"
