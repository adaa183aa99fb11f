"""Rules about a built `.bala` and the sources beside it: was it built after the last change?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import packages
from semverdiff.artifact import ManifestPlace
from semverdiff.errors import SemverdiffError
from semverdiff.packages import ManifestKey, ManifestPlaces
from semverdiff.publish.answers import Problem, Unknown
from semverdiff.publish.model import PublishRule, Severity
from semverdiff.publish.publication import manifest_table
from semverdiff.text import quote, quote_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from semverdiff.packages import Package
    from semverdiff.publish.publication import Publication

__all__ = ["RULES"]

_ENDING = ".bala"
_MARK = b"\xef\xbb\xbf"
_MOST_ARCHIVES = 20


def _other_version(publication: Publication) -> Iterator[Problem]:
    """Yield the archives in `target/bala` that `bal push` may take, and that are of another version."""
    package = publication.package
    for path in _built(publication):
        if not path.name.endswith(f"-{package.version}{_ENDING}"):
            # `bal push` looks at the end of the name alone, and takes an archive of 11.4.0 for one of 1.4.0.
            is_mistaken = path.name.endswith(f"{package.version}{_ENDING}")
            yield Problem(
                f"{quote(f'target/bala/{path.name}')} is not of version {package.version}, and `bal push` "
                "takes the first that it meets",
                publication.places.of((ManifestKey.VERSION,)),
                ""
                if is_mistaken
                else f"'...{path.name}' does not match with the package version '{package.version}' in "
                "Ballerina.toml file. Run 'bal pack' to recompile and generate the bala.",
            )


def _outdated(publication: Publication) -> Iterator[Problem | Unknown]:
    package = publication.package
    if isinstance(publication.sources, Unknown):
        yield publication.sources
    elif publication.is_archive and publication.sources is not None:
        yield from _compared(package, publication.sources, "the archive")
    for path in _built(publication):
        if path.name.endswith(f"-{package.version}{_ENDING}"):
            label = quote(f"target/bala/{path.name}")
            try:
                archive = packages.read_archive_file(path)
            except SemverdiffError as error:
                yield Unknown(f"{label} cannot be read: {error}")
                continue
            yield from _compared(archive, package, label)


def _built(publication: Publication) -> tuple[Path, ...]:
    """Return the archives of the package in `target/bala`, of sources."""
    package, root = publication.package, publication.root
    if root is None:
        return ()
    names = publication.tree.files("target/bala")
    start = f"{package.organization}-{package.name}-"
    found = [one for one in names if one.startswith(start) and one.endswith(_ENDING)]
    return tuple(root / "target" / "bala" / one for one in found[:_MOST_ARCHIVES])


def _compared(archive: Package, sources: Package, label: str) -> Iterator[Problem]:
    """Yield that an archive is not what packing the sources would give, with the first that differs."""
    different = list(_differences(archive, sources))
    if different:
        named = quote_all([what for what, _ in different])
        yield Problem(
            f"{label} was built before the last change: {named} {'is' if len(different) == 1 else 'are'} "
            "not the same in the sources",
            different[0][1],
        )


def _differences(archive: Package, sources: Package) -> Iterator[tuple[str, ManifestPlace | None]]:
    """Yield what differs between the two, and where it is in the sources."""
    places = ManifestPlaces(sources)
    for key, old, new in (
        (ManifestKey.VERSION, archive.version, sources.version),
        (ManifestKey.VISIBILITY, archive.manifest.visibility, sources.manifest.visibility),
        (ManifestKey.EXPORT, _exports(archive), _exports(sources)),
    ):
        if old != new:
            yield key.value, places.of((key,))
    packed, written = dict(archive.manifest.metadata), dict(sources.manifest.metadata)
    if manifest_table(archive).text("readme") is None:
        # Distributions that name no README in package.json (before 2201.11) do not keep the description.
        packed.setdefault("description", written.get("description", ""))
    for name in sorted(packed.keys() | written.keys()):
        if packed.get(name) != written.get(name):
            yield name, places.of((ManifestKey(name),))
    old_files, new_files = _contents(archive), _contents(sources)
    for file in sorted(old_files.keys() | new_files.keys()):
        _, old_content = old_files.get(file, ("", b""))
        path, new_content = new_files.get(file, ("", b""))
        if old_content != new_content and not _is_filler(file, old_content, new_files, sources.name):
            place = ManifestPlace(path, 1, 1) if path else places.of((ManifestKey.NAME,))
            yield f"{file[0]}: {file[1]}", place


def _exports(package: Package) -> frozenset[str]:
    return frozenset(module.name for module in package.modules if module.exported)


def _contents(package: Package) -> dict[tuple[str, str], tuple[str, bytes]]:
    """Return the sources by module and name of the file, each with its path."""
    return {
        (module.name, file.path.rpartition("/")[2]): (file.path, file.content.removeprefix(_MARK))
        for module in package.modules
        for file in module.files
    }


def _is_filler(
    file: tuple[str, str],
    content: bytes,
    sources: dict[tuple[str, str], tuple[str, bytes]],
    package: str,
) -> bool:
    """Return whether a file is the one of comments that `bal pack` makes up for an empty default module."""
    lines = (line.strip() for line in content.splitlines())
    return (
        file[0] == package
        and not any(module == package for module, _ in sources)
        and all(not line or line.startswith(b"//") for line in lines)
    )


RULES = (
    PublishRule(
        id="archive-outdated",
        severity=Severity.ERROR,
        title="the built archive is older than the sources",
        why="`bal push` builds nothing: it takes what `bal pack` left behind, without the last change.",
        remedy="Run `bal pack`.",
        find=_outdated,
    ),
    PublishRule(
        id="archive-of-other-version",
        severity=Severity.ERROR,
        title="an archive of another version lies beside the sources",
        why="`bal push` takes the first archive of the package that it finds in `target/bala`.",
        prints="'...' does not match with the package version '...' in Ballerina.toml file. Run 'bal pack' "
        "to recompile and generate the bala.",
        remedy="Run `bal pack`, which clears the folder first.",
        find=_other_version,
    ),
)
