"""Rules about modules: whose names they have, and a default module without sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.artifact import ManifestPlace
from semverdiff.publish.answers import Problem
from semverdiff.publish.model import PublishRule, Severity
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.publish.publication import Publication

__all__ = ["RULES"]

_PROGRAMS = frozenset({"BalTool.toml", "CompilerPlugin.toml"})


def _foreign(publication: Publication) -> Iterator[Problem]:
    package = publication.package
    for module in package.modules:
        if module.name != package.name and not module.name.startswith(f"{package.name}."):
            place = ManifestPlace(module.files[0].path, 1, 1) if module.files else publication.place("name")
            yield Problem(f"module {quote(module.name)} is not named after {quote(package.name)}", place)


def _no_default(publication: Publication) -> Iterator[Problem]:
    package = publication.package
    default = next((one for one in package.modules if one.name == package.name), None)
    is_program = not publication.is_archive and not _PROGRAMS.isdisjoint(publication.tree.files(""))
    if not is_program and (default is None or not default.files):
        yield Problem(
            f"no source of the default module {quote(package.name)} lies beside Ballerina.toml",
            publication.place("name"),
            f"The 'modules' directory does not exists in '/modules/{package.name}'",
        )


RULES = (
    PublishRule(
        id="module-name-foreign",
        severity=Severity.ERROR,
        title="a module is not named after its package",
        why="An import leads from the name of a module to the package that its name begins with.",
        remedy="Pack with `bal pack`, which names modules after the folders of `modules/`.",
        find=_foreign,
    ),
    PublishRule(
        id="default-module-empty",
        severity=Severity.ERROR,
        title="the default module has no source",
        why="`bal pack` makes an archive of it that `bal push` does not read.",
        prints="The 'modules' directory does not exists in '...'",
        remedy="Add a `.bal` file beside Ballerina.toml; a comment is enough.",
        find=_no_default,
    ),
)
