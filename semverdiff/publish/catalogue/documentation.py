"""Rules about what users read first: the README of the package, and those of its modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.artifact import ManifestPlace
from semverdiff.errors import ArchiveError, SourceError
from semverdiff.publish.answers import Problem, Unknown
from semverdiff.publish.model import PublishRule, Severity
from semverdiff.publish.publication import Location, absent, place_in
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.publish.publication import Publication

__all__ = ["RULES"]

# The first is read since 2201.11, the other one was before; `bal` prefers the older one where both are.
_DEFAULTS = ("Package.md", "README.md")
_OF_MODULES = {"Package.md": "Module.md", "README.md": "README.md"}
_ENDING = ".md"


class _Readme(msgspec.Struct, frozen=True):
    """The README of a package: where it is looked for, and the name that it was given, if any."""

    location: Location
    named: str | None = None

    @property
    def file(self) -> str:
        return self.location.path.rpartition("/")[2]

    @property
    def place(self) -> ManifestPlace:
        return ManifestPlace(self.named or self.location.path, 1, 1)


def _named(publication: Publication) -> str | None:
    """Return the path that `readme` names in the sources."""
    return None if publication.is_archive else publication.manifest.table("package").text("readme")


def _readme(publication: Publication) -> _Readme | None:
    """Return the README that is packed, None where there is none."""
    named = _named(publication)
    if named is not None:
        location = publication.locate(named)
        return _Readme(location, named) if location is not None and location.exists() else None
    folder = "docs/" if publication.is_archive else ""
    names = publication.tree.files(folder.rstrip("/"))
    if publication.is_archive:  # `bal push` takes the first that it meets.
        found = next((name for name in names if name.endswith(_ENDING)), None)
    else:
        found = next((name for name in _DEFAULTS if name in names), None)
    return None if found is None else _Readme(Location(publication.listings, f"{folder}{found}"))


def _missing(publication: Publication) -> Iterator[Problem]:
    if _named(publication) is None and _readme(publication) is None:
        what = "archive holds no README" if publication.is_archive else "package has no README.md"
        yield Problem(f"the {what}", publication.place("readme"), "README.md is missing in bala file:...")


def _not_found(publication: Publication) -> Iterator[Problem | Unknown]:
    named = _named(publication)
    if named is not None:
        problem = Problem(
            f"the README {quote(named)}, which 'readme' names, does not exist",
            publication.place("readme"),
            f"could not locate the readme file '{named}'",
        )
        yield from absent(publication, "the README", named, problem)


def _not_markdown(publication: Publication) -> Iterator[Problem]:
    named = _named(publication)
    if named is not None and not named.endswith(_ENDING):
        yield Problem(
            f"'readme' names {quote(named)}, which is no '.md' file",
            publication.place("readme"),
            "invalid 'readme' under [package]: 'readme' can only have '.md' files",
        )


def _empty(publication: Publication) -> Iterator[Problem | Unknown]:
    found = _readme(publication)
    content = None if found is None else _content(found.location)
    if isinstance(content, Unknown):
        yield content
    elif found is not None and content == b"":
        yield Problem(f"{quote(found.file)} is empty", found.place, f"{found.file} cannot be empty.")


def _blank(publication: Publication) -> Iterator[Problem]:
    found = _readme(publication)
    content = None if found is None else _content(found.location)
    if found is not None and isinstance(content, bytes) and content and not content.strip():
        yield Problem(f"{quote(found.file)} holds nothing but blanks", found.place)


def _content(location: Location) -> bytes | Unknown:
    try:
        return location.read()
    except (SourceError, ArchiveError) as error:
        return Unknown(f"the README cannot be read: {error}")


def _undocumented(publication: Publication) -> Iterator[Problem | Unknown]:
    """Yield the exported modules, beside the default one, that nothing is written about."""
    package = publication.package
    named = _module_files(publication)
    for module in package.modules:
        if module.exported and module.name != package.name:
            try:
                is_documented = _is_documented(publication, module.name, named.get(module.name))
            except (SourceError, ArchiveError) as error:
                yield Unknown(f"the folder of module {quote(module.name)} cannot be read: {error}")
                continue
            if not is_documented:
                first = module.files[0].path if module.files else publication.manifest.document.file
                yield Problem(
                    f"the exported module {quote(module.name)} has no documentation",
                    ManifestPlace(first, 1, 1),
                )


def _is_documented(publication: Publication, module: str, named: str | None) -> bool:
    """Return whether a module has a file that is written about it; `named` is the one of the manifest."""
    if publication.is_archive:
        return bool(named) or any(
            name.endswith(_ENDING) for name in publication.tree.files(f"docs/modules/{module}")
        )
    if named:
        location = publication.locate(named)
        return location is None or location.exists()
    # As `bal pack`: which of the two is read follows from that of the package.
    is_old = _named(publication) is None and publication.listings.has(_DEFAULTS[0])
    name = _OF_MODULES["Package.md" if is_old else "README.md"]
    folder = module.removeprefix(f"{publication.package.name}.")
    return name in publication.tree.files(f"modules/{folder}")


def _module_files(publication: Publication) -> dict[str | None, str | None]:
    """Return the files that the manifest names for modules, by the names of these; of two the first."""
    table = publication.manifest if publication.is_archive else publication.manifest.table("package")
    return {one.text("name"): one.text("readme") for one in reversed(table.tables("modules"))}


def _lost_module_files(publication: Publication) -> Iterator[Problem | Unknown]:
    """Yield the files that `[[package.modules]]` names and that do not exist."""
    for entry in publication.manifest.table("package").tables("modules"):
        named, module = entry.text("readme"), entry.text("name") or ""
        if named is not None:
            message = f"the README {quote(named)} of module {quote(module)} does not exist"
            problem = Problem(message, place_in(entry, ("readme",)))
            yield from absent(publication, "the README", named, problem)


RULES = (
    PublishRule(
        id="readme-missing",
        severity=Severity.ERROR,
        title="there is no README.md",
        why="It is the page of the package on Central, which takes no package without one.",
        prints="README.md is missing in bala file:...",
        remedy="Write a README.md beside Ballerina.toml: what the package is for, and a first example.",
        find=_missing,
    ),
    PublishRule(
        id="readme-not-found",
        severity=Severity.ERROR,
        title="the file that 'readme' names does not exist",
        why="`bal pack` copies it into the archive.",
        prints="could not locate the readme file '...'",
        remedy="Correct the path, which starts at Ballerina.toml, or remove `readme` and write a README.md.",
        find=_not_found,
    ),
    PublishRule(
        id="readme-not-markdown",
        severity=Severity.ERROR,
        title="'readme' names another file than a '.md' file",
        why="Central shows Markdown.",
        prints="invalid 'readme' under [package]: 'readme' can only have '.md' files",
        remedy="Rename the file, or name another one.",
        find=_not_markdown,
    ),
    PublishRule(
        id="readme-empty",
        severity=Severity.ERROR,
        title="the README is empty",
        why="It is the page of the package on Central.",
        prints="... cannot be empty.",
        remedy="Write what the package is for, and a first example.",
        find=_empty,
    ),
    PublishRule(
        id="readme-blank",
        severity=Severity.WARNING,
        title="the README holds nothing but blanks",
        why="`bal push` lets it pass, and the page of the package on Central is empty.",
        remedy="Write what the package is for, and a first example.",
        find=_blank,
    ),
    PublishRule(
        id="module-documentation-missing",
        severity=Severity.WARNING,
        title="an exported module has no documentation",
        why="Its page on Central begins with its README, and is a bare list without one.",
        remedy="Write a README.md in the folder of the module (a Module.md where the package has a "
        "Package.md and no `readme`), or name a file in its `[[package.modules]]`.",
        find=_undocumented,
    ),
    PublishRule(
        id="module-readme-not-found",
        severity=Severity.ERROR,
        title="the file that 'readme' of a module names does not exist",
        why="`bal pack` copies it into the archive, and fails.",
        remedy="Correct the path, which starts at Ballerina.toml, or remove `readme` of that module.",
        find=_lost_module_files,
    ),
)
