"""A pull request from a fork, as CI checks it out: all but the target branch is the fork's."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from cli.examples import NEW, OLD, report_of
from support.archives import build_bala
from support.central import Published, serve_central
from support.git_repositories import commit, git, repository_at
from support.packages import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cli.conftest import Semver

__all__ = ["Judged", "checked_out", "judged", "recommended_options", "released"]

TARGET = "main"
_README = Path(__file__).resolve().parents[2] / "README.md"


class Judged(NamedTuple):
    """How a check ended: its exit code, the words of the report, and the report."""

    code: int
    outcome: str
    report: Mapping[str, object]

    def texts(self, key: str) -> list[str]:
        """Return a list of sentences of the report."""
        return cast("list[str]", self.report[key])

    def settings(self, key: str) -> list[str]:
        """Return sentences about settings, by what became of them."""
        return cast("Mapping[str, list[str]]", self.report["settings"])[key]

    def failed_gates(self) -> list[str]:
        """Return the names of the gates that did not pass."""
        gates = cast("list[Mapping[str, object]]", self.report["gates"])
        return [str(gate["name"]) for gate in gates if not gate["passed"]]


def released(version: str = "1.3.0", name: str = "shop", *, private: bool = False) -> Published:
    """Return what the registry has: the package before the change, as everybody uses it."""
    archive = build_bala("acme", name, version, {f"modules/{name}/orders.bal": OLD})
    return Published("acme", name, version, archive, private=private)


def checked_out(
    tmp_path: Path,
    target: Mapping[str, str] | None = None,
    change: Mapping[str, str] | None = None,
    spoil: Callable[[Path], None] | None = None,
) -> Path:
    """Return a clone with a pull request checked out: it removes a field, and its version is too low.

    `target` are files of the target branch beside the package in `shop`, `change` those of the pull request;
    `spoil` does to the checkout what files alone cannot.
    """
    upstream = repository_at(tmp_path / "upstream")
    package = {"shop/Ballerina.toml": manifest("1.3.0"), "shop/orders.bal": OLD}
    commit(upstream, {**package, **(target or {})}, tag="v1.3.0")
    git(tmp_path, "clone", "--quiet", upstream.as_uri(), "checkout")
    root = tmp_path / "checkout"
    git(root, "switch", "--quiet", "--create", "attack")
    commit(root, {"shop/Ballerina.toml": manifest("1.3.1"), "shop/orders.bal": NEW, **(change or {})})
    if spoil is not None:
        spoil(root)
        commit(root, {})
    return root


def recommended_options() -> tuple[str, ...]:
    """Return the options of the command that README recommends for CI, without those about formats."""
    (line,) = re.findall(r"^- run: semver check (.*)$", _README.read_text(encoding="utf-8"), re.MULTILINE)
    words = shlex.split(line.replace("$GITHUB_BASE_REF", TARGET))
    options = zip(words[::2], words[1::2], strict=True)
    return tuple(word for option in options if option[0] != "--format" for word in option)


def judged(
    semver: Semver,
    root: Path,
    *more: str,
    path: str = "shop",
    options: Iterable[str] | None = None,
    published: Iterable[Published] | None = None,
) -> Judged:
    """Check the pull request with the recommended command, or with `options` instead of its own."""
    words = recommended_options() if options is None else tuple(options)
    with serve_central([released()] if published is None else list(published)) as central:
        ended = semver(
            "check", root / path, *words, *more, "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address
        )
    report = report_of(ended)
    return Judged(ended.code, str(report["outcome"]), report)
