"""A project of Vein: its `*.vproj`, and the sources that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.artifact import ManifestPlace
from semverdiff.errors import ManifestError, Mistake, SourceError, UsageError
from semverdiff.packages import VERSION_CONTROL, SourceFile
from semverdiff.text import quote
from semverdiff.vein.shard import Author, ShardDependency, Urls
from semverdiff.vein.shard_names import NAME_FORM, is_shard_name
from semverdiff.vein.versions import parse_nuget_version
from semverdiff.vein.yaml_text import YamlMapping, YamlNode, YamlScalar, YamlSequence, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from semverdiff.packages import Tree

__all__ = ["PROJECT_ENDING", "Project", "project_file", "project_sources", "read_project"]

PROJECT_ENDING: Final = ".vproj"
"""The ending of project files."""

_SOURCE_ENDING: Final = ".vein"
_GENERATED: Final = (".temp.vein", ".generated.vein")
_DEFAULT_LICENSE: Final = "unlicensed"
_TRUE: Final = frozenset({"true", "yes", "y", "on"})
_FALSE: Final = frozenset({"false", "no", "n", "off"})


class Project(msgspec.Struct, frozen=True):
    """What a project file says.

    `version` is the text as written, `None` where it says none. `projects` are the paths of other projects
    that it is built with, relative to its directory and with `/`. Places are those of keys that a check may
    want to name.
    """

    file: str
    name: str
    version: str | None
    description: str
    license: str
    authors: tuple[Author, ...]
    urls: Urls
    is_packable: bool
    is_workload: bool
    dependencies: tuple[ShardDependency, ...]
    projects: tuple[str, ...]
    version_place: ManifestPlace | None


def project_file(tree: Tree) -> str:
    """Return the name of the only project file of a directory; raise `UsageError` for none, or many."""
    found = [name for name in tree.files("") if name.endswith(PROJECT_ENDING)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"{quote(tree.label)} holds no project of Vein: expected a '*{PROJECT_ENDING}' in it."
        )
    listed = ", ".join(map(quote, found))
    raise UsageError(
        f"{quote(tree.label)} holds {len(found)} projects: {listed}. Keep one in each directory."
    )


def read_project(content: bytes, file: str) -> Project:
    """Return what a project file says. Raise `ManifestError` with everything that is wrong in it."""
    mistakes: list[Mistake] = []
    if content.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").startswith("<"):
        message = (
            "expected YAML, found XML, in which projects were written in 2021. Write lines as in "
            "'name: demo' and 'version: \"1.0.0\"'"
        )
        raise ManifestError(mistakes=(Mistake(message, file, 1, 1),))
    keys = _Keys(parse_yaml(content, file, mistakes), file, mistakes)
    name = keys.text("name") or file.removesuffix(PROJECT_ENDING)
    if not is_shard_name(name):
        keys.complain("name", f"expected {NAME_FORM}, found {quote(name)}")
    version = keys.text("version")
    if version is not None:
        try:
            parse_nuget_version(version)
        except ValueError as error:
            keys.complain("version", str(error))
    references = [*keys.references()]
    project = Project(
        file=file,
        name=name,
        version=version,
        description=keys.text("description") or "",
        license=keys.text("license") or _DEFAULT_LICENSE,
        authors=tuple(keys.authors()),
        urls=keys.urls(),
        is_packable=keys.flag("packable"),
        is_workload=keys.flag("hasWorkload"),
        dependencies=tuple(one for one in references if isinstance(one, ShardDependency)),
        projects=tuple(one for one in references if isinstance(one, str)),
        version_place=keys.place("version"),
    )
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    return project


def project_sources(tree: Tree) -> tuple[SourceFile, ...]:
    """Return the sources at or below the root of a tree, but for those that tools write, sorted by path.

    Raises `SourceError` if they are too many, too large, or too deep.
    """
    found: list[SourceFile] = []
    size = 0
    for path in _source_paths(tree):
        content = tree.read(path)
        size += len(content)
        if len(found) == limits.ARCHIVE_ENTRIES or size > limits.TEXTS_BYTES:
            raise SourceError(
                f"{quote(tree.label)} holds more sources than can be compared: expected at most "
                f"{limits.ARCHIVE_ENTRIES:,} of {limits.TEXTS_BYTES:,} bytes together."
            )
        found.append(SourceFile(path, content))
    return tuple(sorted(found, key=lambda source: source.path))


def _source_paths(tree: Tree) -> Iterator[str]:
    folders = [""]
    visited = 0
    while folders:
        folder = folders.pop()
        visited += 1
        if folder.count("/") >= limits.SOURCE_LEVELS or visited > limits.ARCHIVE_ENTRIES:
            raise SourceError(
                f"{quote(tree.label)} has folders in folders without an end: expected at most "
                f"{limits.SOURCE_LEVELS} levels. A link may lead to a folder around it."
            )
        start = f"{folder}/" if folder else ""
        for name in tree.files(folder):
            if name.endswith(_SOURCE_ENDING) and not name.endswith(_GENERATED):
                yield start + name
        folders += [start + name for name in tree.folders(folder) if name.lower() not in VERSION_CONTROL]


class _Keys:
    """The keys of a project file; what is of another kind than it has to be is a mistake."""

    def __init__(self, root: YamlMapping, file: str, mistakes: list[Mistake]) -> None:
        self._root = root
        self._file = file
        self._mistakes = mistakes

    def place(self, key: str) -> ManifestPlace | None:
        """Return where the value of a key stands."""
        node = self._root.entries.get(key)
        return None if node is None else ManifestPlace(self._file, node.line, node.column)

    def complain(self, key: str, why: str) -> None:
        """Note what is wrong with the value of a key."""
        place = self.place(key) or ManifestPlace(self._file, 1, 1)
        self._mistakes.append(Mistake(f"'{key}': {why}", place.file, place.line, place.column))

    def text(self, key: str) -> str | None:
        """Return a text, or `None` where there is none."""
        node = self._root.entries.get(key)
        if node is None or isinstance(node, YamlScalar):
            return _text(node)
        self.complain(key, f"expected a text, found {_kind(node)}")
        return None

    def flag(self, key: str) -> bool:
        """Return whether a key is true; it is not where it is absent."""
        written = self.text(key)
        if written is not None and written.lower() not in _TRUE | _FALSE:
            self.complain(key, f"expected true or false, found {quote(written)}")
        return written is not None and written.lower() in _TRUE

    def authors(self) -> Iterator[Author]:
        """Yield the authors: those of `authors` of the publishing guide too, and a text in old files."""
        for key in ("author", "authors"):
            node = self._root.entries.get(key)
            for item in node.items if isinstance(node, YamlSequence) else [node]:
                if isinstance(item, YamlMapping):
                    texts = (_text(item.entries.get(part)) or "" for part in ("name", "github"))
                    yield Author(*texts)
                elif _text(item) is not None:
                    yield Author(_text(item) or "")

    def urls(self) -> Urls:
        """Return where the project can be found; `repository` of the publishing guide counts as well."""
        node = self._root.entries.get("urls")
        if isinstance(node, YamlMapping):
            entries = node.entries
        else:
            entries = {}
            if _text(node) is not None or isinstance(node, YamlSequence):
                self.complain("urls", "expected keys with addresses, found none")
        return Urls(
            bugs=_text(entries.get("BugUrl")),
            homepage=_text(entries.get("HomepageUrl")),
            repository=_text(entries.get("Repository")) or self.text("repository"),
        )

    def references(self) -> Iterator[ShardDependency | str]:
        """Yield what the project is built with: shards in one version, and paths of other projects."""
        node = self._root.entries.get("packages")
        if node is None or (isinstance(node, YamlScalar) and node.is_null):
            return
        if not isinstance(node, YamlSequence):
            self.complain("packages", f"expected a list, found {_kind(node)}")
            return
        for item in node.items:
            written = _text(item) or ""
            name, at, version = written.partition("@")
            if written.endswith(PROJECT_ENDING):
                yield written.replace("\\", "/")
            elif at and is_shard_name(name) and _is_version(version):
                yield ShardDependency(name, version)
            else:
                self.complain(
                    "packages", f"expected 'name@version' or the path of a project, found {quote(written)}"
                )


def _is_version(text: str) -> bool:
    try:
        parse_nuget_version(text)
    except ValueError:
        return False
    return True


def _text(node: YamlNode | None) -> str | None:
    return node.text if isinstance(node, YamlScalar) and not node.is_null else None


def _kind(node: YamlNode) -> str:
    match node:
        case YamlMapping():
            return "keys with values"
        case YamlSequence():
            return "a list"
        case YamlScalar():
            return "a text"
