"""Rules about native libraries: those that are missing, and those that only the package's own tests have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff import limits, packages
from semverdiff.artifact import ManifestPlace
from semverdiff.errors import ArchiveError, SourceError
from semverdiff.publish.answers import Problem, Unknown
from semverdiff.publish.files import files_below
from semverdiff.publish.model import PublishRule, Severity
from semverdiff.publish.publication import outside, place_in
from semverdiff.text import quote, quote_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.config import Table
    from semverdiff.publish.publication import Publication

__all__ = ["RULES"]

_PROVIDED, _TEST_ONLY = "provided", "testOnly"
# `'class: "org.acme.Shop"` in a binding to Java.
_JAVA_CLASS = rb"'class\s*:\s*\"([^\"\n]{1,512})\""
_JAVA = b"jballerina.java"


def _entries(publication: Publication) -> Iterator[Table]:
    """Yield the native libraries that Ballerina.toml names; a package.json has another list of them."""
    platforms = publication.manifest.table("platform")
    for platform in sorted(platforms.entries):
        yield from platforms.table(platform).tables("dependency")


def _missing(publication: Publication) -> Iterator[Problem | Unknown]:
    """Yield the libraries that are not there, as one problem: before a build none of them is."""
    missing: list[Table] = []
    for entry in _entries(publication):
        path = entry.text("path")
        location = None if path is None else publication.locate(path)
        if path is not None and location is None:
            yield outside("the library", path)
        elif location is not None and not location.exists():
            missing.append(entry)
    if missing:
        paths = [entry.text("path") or "" for entry in missing]
        what = "a native library does" if len(missing) == 1 else f"{len(missing)} native libraries do"
        yield Problem(
            f"{what} not exist: {quote_all(paths)}",
            place_in(missing[0], ("path",)),
            f"could not locate dependency path '{paths[0]}'",
        )


def _packed(publication: Publication) -> Iterator[Problem | Unknown]:
    """Yield the libraries that package.json names and that are not in the archive."""
    if publication.manifest.document.file != "package.json":
        return
    for entry in publication.manifest.tables("platformDependencies"):
        path, scope = entry.text("path"), entry.text("scope")
        if not path or scope in {_PROVIDED, _TEST_ONLY}:
            continue
        location = publication.locate(path.replace("\\", "/"))
        if location is None or not location.exists():
            yield Problem(
                f"the native library {quote(path)} is not in the archive",
                place_in(entry, ("path",)),
                f"missing platform libraries in bala file: [{path}]",
            )


def _unnamed(publication: Publication) -> Iterator[Problem]:
    for entry in _entries(publication):
        missing = [key for key in ("groupId", "artifactId", "version") if not entry.text(key)]
        if entry.text("scope") == _PROVIDED and missing:
            yield Problem(
                f"a native library that clients provide has no {', '.join(map(quote, missing))}",
                place_in(entry, ("scope",)),
                "artifactId, groupId and version must be provided for platform dependencies with provided "
                "scope",
            )


def _test_only(publication: Publication) -> Iterator[Problem | Unknown]:
    """Yield the bindings to Java classes that only libraries of the tests have."""
    entries = list(_entries(publication))
    if not any(entry.text("scope") == _TEST_ONLY for entry in entries):
        return
    classes = dict(_bound_classes(publication))
    if not classes:
        return
    shipped: set[str] = set()
    tested: dict[str, str] = {}
    unread: Unknown | None = None
    room = limits.LIBRARY_FILES
    for entry in entries:
        if room < 0:
            yield Unknown(f"the native libraries have more than {limits.LIBRARY_FILES:,} files")
            return
        files = _files_of(publication, entry)
        is_test_only = entry.text("scope") == _TEST_ONLY
        if isinstance(files, Unknown):
            if is_test_only:
                yield files
            else:
                unread = files
            continue
        room -= len(files)
        names = _classes_in(files)
        if is_test_only:
            tested |= dict.fromkeys(names & classes.keys(), entry.text("path") or "")
        else:
            shipped |= names
    alone = sorted(tested.keys() - shipped)
    if alone and unread is not None:  # It may have them as well.
        yield unread
        return
    for name in alone:
        yield Problem(
            f"the Java class {quote(name)} is in {quote(tested[name])} alone, a 'testOnly' library",
            classes[name],
        )


def _bound_classes(publication: Publication) -> Iterator[tuple[str, ManifestPlace]]:
    """Yield the Java classes that sources are bound to, each where it is named last."""
    for module in publication.package.modules:
        for file in module.files:
            if _JAVA not in file.content:
                continue
            line, start = 1, 0
            for found in re.finditer(_JAVA_CLASS, file.content):
                line += file.content.count(b"\n", start, found.start())
                start = found.start()
                yield found[1].decode(errors="replace"), ManifestPlace(file.path, line, 1)


def _files_of(publication: Publication, entry: Table) -> tuple[str, ...] | Unknown:
    """Return the paths of the files in a library, by its directory alone."""
    path = entry.text("path")
    location = None if path is None else publication.locate(path)
    if path is None or location is None or not location.exists():
        name = path or f"{entry.text('groupId')}:{entry.text('artifactId')}"
        return Unknown(f"the library {quote(name)} is not here, so that its classes are not known")
    try:
        with location.open() as stream, packages.archive_tree(stream, path) as jar:
            return files_below(jar, "")
    except (SourceError, ArchiveError) as error:
        return Unknown(f"the library {quote(path)} cannot be read: {error}")


def _classes_in(files: Iterable[str]) -> frozenset[str]:
    """Return the names of the classes among the files of a library."""
    ending = ".class"
    return frozenset(path.removesuffix(ending).replace("/", ".") for path in files if path.endswith(ending))


RULES = (
    PublishRule(
        id="library-missing",
        severity=Severity.ERROR,
        title="a native library does not exist",
        why="`bal pack` copies it into the archive.",
        prints="could not locate dependency path '...'",
        remedy="Build them first, or correct `path`, which starts at Ballerina.toml.",
        find=_missing,
    ),
    PublishRule(
        id="library-not-packed",
        severity=Severity.ERROR,
        title="a native library that package.json names is not in the archive",
        why="Central counts them.",
        prints="missing platform libraries in bala file: [...]",
        remedy="Pack again.",
        find=_packed,
    ),
    PublishRule(
        id="library-incomplete",
        severity=Severity.ERROR,
        title="a native library that clients provide has no name",
        why="Clients have to know which library to bring.",
        prints="artifactId, groupId and version must be provided for platform dependencies with provided "
        "scope",
        remedy='Write `groupId`, `artifactId` and `version` beside `scope = "provided"`.',
        find=_unnamed,
    ),
    PublishRule(
        id="library-test-only",
        severity=Severity.ERROR,
        title="the package uses a Java class that only a 'testOnly' library has",
        why="Such libraries are not packed: the package's own tests pass, and its clients fail.",
        remedy='Take `scope = "testOnly"` out of the library\'s entry.',
        find=_test_only,
    ),
)
