"""The API file of a package, which `semver api --write` writes, and `semver api --check` compares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff import api, ballerina, baselines, config, packages, pipeline
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.files import write_file
from semverdiff.errors import NothingToCheckError, UsageError, in_package
from semverdiff.text import quote
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.packages import Package
    from semverdiff.reports import Report

__all__ = ["ApiFile", "api_file_at"]

_FOLDER = "api"
_ATTRIBUTES = ".gitattributes"
# Every line can be understood alone: of two branches that add lines, both are right.
_MERGED_BY_LINE = "*.api text eol=lf merge=union\n"
_MEANINGS = {
    Level.MAJOR: "what changed breaks clients",
    Level.MINOR: "clients go on working with what changed",
    Level.PATCH: "what changed is nothing that clients depend on",
    Level.NONE: "nothing changed that clients notice",
}
_UNDECIDED = "whether what changed breaks clients could not be decided"


class ApiFile(msgspec.Struct, frozen=True):
    """The API file of a package: where it lies, as messages say it, and what belongs into it.

    `within` is the package's directory where nobody has named the file.
    """

    package: Package
    path: Path
    shown: str
    text: str
    within: Path | None

    def write(self) -> str:
        """Write the file, and return a sentence about it. Raise as `write_file` does."""
        write_file(self.path, self.text, self.within)
        attributes = self.path.with_name(_ATTRIBUTES)
        if self.within is None or attributes.exists():
            return f"{self.shown} is written."
        write_file(attributes, _MERGED_BY_LINE, self.within)
        return f"{self.shown} is written, and {_ATTRIBUTES} beside it, so that git merges it line by line."

    def read(self) -> str:
        """Return the text that the file has now.

        Raises:
            UsageError: there is none.
            SourceError: it cannot be read.

        """
        if not self.path.is_file():
            raise UsageError(
                f"there is no API file at {self.shown}: write it with `{self._command('--write')}`."
            )
        return packages.read_api_text(self.path, self.within)

    def is_current(self, text: str) -> bool:
        """Return whether a text says the same, whatever the order of its lines and the version in it."""
        return packages.say_the_same(text, self.text)

    def compare(self, text: str) -> Report:
        """Return what the sources changed since a text was written, and what that means for clients."""
        settings = config.Settings(Path(), dependencies="local", environment=registry_variables())
        baseline = packages.parse_api_file(text, self.path.name)
        return pipeline.diff_packages(
            ballerina.FRONT_END,
            baselines.Operand(baseline, f"the API file {self.shown}"),
            baselines.Operand(self.package, "the sources"),
            settings,
        )

    def verdict(self, report: Report) -> str:
        """Return the sentence about a file that is not current, with what to do."""
        level = Level.NONE if report.required_bump is None else report.required_bump
        decided = [one for one in report.findings if one.certainty != "undecided" and one.suppressed is None]
        is_open = report.counts.undecided and all(one.level is not Level.MAJOR for one in decided)
        meaning = _UNDECIDED if is_open else _MEANINGS[level]
        return (
            f"{self.shown} is not current: {meaning}. If it is meant to be so, run "
            f"`{self._command('--write')}` and commit the file."
        )

    def _command(self, option: str) -> str:
        return f"semver api {option}" if self.within is not None else f"semver api {option}={self.shown}"


def api_file_at(path: Path, file: str) -> ApiFile:
    """Return the API file of the package at a path, as it is to be.

    `file` is where it lies; without one that is `api/<package>.api` in the package.

    Raises:
        UsageError: nobody has named the file of a package that is no directory.
        SemverdiffError: the package cannot be read, or has no API.

    """
    root = packages.sources_root(path)
    with in_package(path):
        package = packages.read_package(path)
        if not any(module.exported for module in package.modules):
            raise NothingToCheckError(f"{package.name} exports no module: there is no API to write down")
        text = api.declared_api(api.Surface(package)).text
    if file:
        return ApiFile(package, _named(file), quote(file), text, None)
    if root is None:
        raise UsageError(
            f"{quote(path.name)} is no directory of sources: name the API file, as in --write=FILE."
        )
    name = packages.api_file_name(package)
    return ApiFile(package, root / _FOLDER / name, f"{_FOLDER}/{name}", text, root)


def _named(file: str) -> Path:
    path = Path(file)
    if path.is_dir():
        raise UsageError(
            f"{quote(file)} is a directory: expected the API file. A package goes in front of the option."
        )
    return path
