"""Bumps: the version that a package must have, written where it stands and where its neighbours ask for it.

A version is only written where the answer is clean: everything was read and decided, and nothing but the
version keeps the check from passing. It never gets lower.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import config, packages
from semverdiff.ballerina.front_end import FRONT_END
from semverdiff.errors import ManifestError, Mistake, UsageError, in_package
from semverdiff.pipeline import ALONE, Neighbour, Workspace, check_on_grounds
from semverdiff.pipeline.bumps import Bump, Bumps, DependencyBump, require_clean
from semverdiff.reports import Outcome
from semverdiff.text import quote
from semverdiff.versions import SEMANTIC, Version, parse_version

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from semverdiff.config import KeyPath, Settings, Table
    from semverdiff.packages import EditedFile, Package
    from semverdiff.pipeline import Grounds
    from semverdiff.pipeline.bumps import Wish
    from semverdiff.reports import Report

__all__ = ["bumps_at", "bumps_of"]

_FILE = "Ballerina.toml"


class _Manifests:
    """The manifests of a workspace, or of one package, on their way to what they are to be."""

    def __init__(self, directories: Sequence[Path], workspace: Path | None) -> None:
        self._workspace = workspace
        self._files = {one: packages.open_edited(one, _FILE, workspace) for one in directories}
        self._contents = {one: file.content or b"" for one, file in self._files.items()}
        self._packages: dict[Path, tuple[bytes, Package]] = {}
        self.dependencies: list[DependencyBump] = []

    def package(self, directory: Path) -> Package:
        """Return a package as its manifest is to be; it is read again only where that has changed."""
        content = self._contents[directory]
        known = self._packages.get(directory)
        if known is None or known[0] != content:
            with in_package(directory):
                known = content, packages.read_directory(directory, self._workspace, {_FILE: content})
            self._packages[directory] = known
        return known[1]

    def set_version(self, directory: Path, version: str) -> None:
        """Write a version into the manifest of a package."""
        with in_package(directory):
            try:
                self._contents[directory] = config.with_text(
                    self._contents[directory], ("package", "version"), version
                )
            except UsageError as error:
                raise UsageError(f'{error} (`version = "{version}"` under [package] of {_FILE})') from error

    def ask_for(self, package: Package, version: Version) -> Iterator[Path]:
        """Let every package that asks for a lower version of one ask for this; yield their directories."""
        for directory in self._dependents.get((package.organization, package.name), ()):
            content = self._contents[directory]
            found = list(_lower_entries(_dependencies(directory, content), package, version))
            self._contents[directory] = _with_entries_at(content, [path for path, _ in found], version)
            self.dependencies += [
                DependencyBump(directory, _FILE, package.identity.package, old, str(version))
                for _, old in found
            ]
            if found:
                yield directory

    @cached_property
    def _dependents(self) -> Mapping[tuple[str | None, str | None], Collection[Path]]:
        """Return the directories whose manifests ask for a package, by its names: no edit changes those.

        Each manifest is read once for all packages of the workspace.
        """
        found: dict[tuple[str | None, str | None], dict[Path, None]] = {}
        for directory, content in self._contents.items():
            for entry in _dependencies(directory, content):
                found.setdefault(_names(entry), {})[directory] = None
        return found

    def edits(self) -> Iterator[tuple[EditedFile, bytes]]:
        """Yield the files that change, with what they are to hold."""
        for directory, file in self._files.items():
            if self._contents[directory] != (file.content or b""):
                yield file, self._contents[directory]


def _with_entries_at(content: bytes, paths: Sequence[KeyPath], version: Version) -> bytes:
    """Return a manifest with another version in some of its `[[dependency]]` entries."""
    for path in paths:
        content = config.with_text(content, (*path, "version"), str(version))
    return content


def _dependencies(directory: Path, content: bytes) -> tuple[Table, ...]:
    """Return the `[[dependency]]` entries of a manifest. Raise `ManifestError` if it is no TOML."""
    mistakes: list[Mistake] = []
    root = config.parse_toml(content, _FILE, mistakes)
    with in_package(directory):
        if mistakes:
            raise ManifestError(mistakes=tuple(mistakes))
    return root.tables("dependency")


def _names(entry: Table) -> tuple[str | None, str | None]:
    return entry.text("org"), entry.text("name")


def _lower_entries(
    entries: Sequence[Table], package: Package, version: Version
) -> Iterator[tuple[KeyPath, str]]:
    """Yield path and version of each `[[dependency]]` on a package that is lower than a version.

    What is taken from elsewhere than the workspace does not follow: no such version is there yet.
    """
    for entry in entries:
        is_elsewhere = "repository" in entry.entries or entry.flag("skipWorkspace") is True
        if _names(entry) == (package.organization, package.name) and not is_elsewhere:
            old = entry.text("version") or ""
            if _is_lower(old, version):
                yield entry.path, old


def _is_lower(text: str, version: Version) -> bool:
    try:
        return parse_version(text) < version
    except ValueError:
        return False


def bumps_at(
    path: Path,
    settings_of: Callable[[Path, Path | None], Settings],
    wish: Wish,
    announce: Callable[[str], None],
) -> Bumps:
    """Return the bumps of the package at a path, or of all packages of the workspace around it.

    `settings_of` loads the settings of the package in a directory, with that of its workspace if it is known.
    Raises as `bumps_of` does.
    """
    if wish.of_workspace:
        top = packages.find_workspace(path)
        members = [(top / one).resolve() for one in packages.workspace_members(top)]
        targets = [(one, settings_of(one, top)) for one in members]
        return bumps_of(targets, members if wish.dependents else (), wish, announce, top)
    root = packages.sources_root(path)
    if root is None:
        raise UsageError(f"{quote(path.name)} is no directory of a package: an archive keeps its version")
    around = packages.workspace_of(root)
    names = () if around is None else packages.workspace_members(around)
    members = [(around / one).resolve() for one in names if around]
    targets = [(root.resolve(), settings_of(path, None))]
    return bumps_of(targets, members if wish.dependents else (), wish, announce, around)


def bumps_of(
    targets: Sequence[tuple[Path, Settings]],
    directories: Sequence[Path],
    wish: Wish,
    announce: Callable[[str], None],
    root: Path | None = None,
) -> Bumps:
    """Return what becomes of the packages that lie in some directories; nothing is written.

    `directories` are those of all packages of the workspace, whose `[[dependency]]` entries follow, and
    `root` is that of the workspace itself. A package whose entries change is checked once more, as it will
    be.

    Raises:
        SemverdiffError: a package could not be checked, or the answer is not clean.
        UsageError: the wish is lower than what is required, or than the version that is there.

    """
    manifests = _Manifests(list(dict.fromkeys((*(one for one, _ in targets), *directories))), root)
    settings = dict(targets)
    neighbours: dict[tuple[str | None, str], Neighbour] = {}
    changed = list(settings)
    found: dict[Path, Bump] = {}
    waiting = deque(settings)
    while waiting:
        directory = waiting.popleft()
        package = manifests.package(directory)
        for one in changed:
            neighbour = Neighbour(manifests.package(one), one)
            neighbours[neighbour.package.organization, neighbour.package.name] = neighbour
        changed = []
        announce(f"checking {package.name}")
        # A package alone has no neighbours: as in `check_all`.
        workspace = Workspace(root, neighbours if len(settings) > 1 else ALONE.neighbours)
        bump = _bump((directory, settings[directory]), package, workspace, wish, announce)
        if bump.new != bump.old:
            manifests.set_version(directory, bump.new)
            asking = list(manifests.ask_for(package, parse_version(bump.new)))
            changed = [one for one in (directory, *asking) if one in settings]
            waiting.extend(one for one in asking if one in settings and one not in waiting)
        known = found.get(directory)
        if known is None:
            found[directory] = bump
        elif bump.new != bump.old:
            found[directory] = replace(bump, old=known.old)
    return Bumps(
        tuple(found[one] for one in settings), tuple(manifests.dependencies), tuple(manifests.edits())
    )


def _bump(
    target: tuple[Path, Settings],
    package: Package,
    workspace: Workspace,
    wish: Wish,
    announce: Callable[[str], None],
) -> Bump:
    directory, settings = target
    asked = replace(settings, fail_on="under-bumped", formats=("bal",))
    with in_package(settings.path):
        report, grounds = check_on_grounds(FRONT_END, package, asked, workspace, announce)
        require_clean(report, wish)
        new = _version(report, grounds, parse_version(package.version), wish)
    return Bump(directory, _FILE, package.identity.package, package.version, str(new), report.summary)


def _version(report: Report, grounds: Grounds, current: Version, wish: Wish) -> Version:
    """Return the version to be written, which is the current one where that may stay."""
    published = [parse_version(text) for text in grounds.baseline.published]
    goal = _release(report, current, wish, published)
    like = current if wish.pre_release is None else replace(current, pre_release=(wish.pre_release, "1"))
    is_named_so = current.pre_release[:1] == like.pre_release[:1]
    if wish.is_final or not like.is_pre_release or goal == current:
        new = goal
    elif goal == current.release and is_named_so and current not in published:
        new = current
    else:
        new = SEMANTIC.pre_release(goal, like, published)
    if new < current:
        raise UsageError(f"{new} is lower than {current}, which is there already: no version gets lower")
    return new


def _release(report: Report, current: Version, wish: Wish, published: Collection[Version]) -> Version:
    """Return the release that a version is to be or to lead to: the required, wanted or current one."""
    if report.baseline is None or report.required_version is None:
        if wish.level is not None:
            raise UsageError(f"there is nothing to step from with --level: {report.baseline_reason}")
        return current.release
    required = parse_version(report.required_version)
    stays = report.outcome is Outcome.PASSED
    if wish.level is None:
        return current.release if stays else required
    wanted = parse_version(report.baseline.version).next(wish.level)
    while wanted in published:
        wanted = wanted.next(wish.level)
    if not stays and wanted < required:
        raise UsageError(f"--level {wish.level.word} gives {wanted}, and that is too low: {report.summary}")
    return max(wanted, current.release) if stays else wanted
