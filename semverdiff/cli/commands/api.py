"""`semver api`: what clients of a package can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from semverdiff import ballerina, reports
from semverdiff.cli.commands.api_file import api_file_at
from semverdiff.cli.environment import registry_variables
from semverdiff.cli.errors import error_text, exit_code, explained, with_typed_paths
from semverdiff.cli.options import Choice, Command, PathType, completed, format_option, option, suggestion
from semverdiff.cli.output import deliver, deliver_report
from semverdiff.config import Settings
from semverdiff.errors import UsageError, in_package
from semverdiff.front_ends import front_end_at
from semverdiff.reports import listings
from semverdiff.symbols import symbol_count
from semverdiff.text import escape

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from semverdiff.artifact import Artifact
    from semverdiff.cli.output import Console, Destination
    from semverdiff.reports import Style
    from semverdiff.symbols import ModuleApi

__all__ = ["KINDS", "command"]

_EXAMPLES = """\b
Examples:
  semver api                                      the package around this directory
  semver api acme-shop-any-1.3.0.bala             a built archive
  semver api --module shop.payments --kind type   one module, only its types
  semver api --format json=api.json
  semver api --write                              api/shop.api, a text for reviews
  semver api --check                              is it current, and if not, whom that breaks

\b
Exit codes:
  0  listed, written, or current         4  nothing to list: no module is exported
  1  --check: the file is not current    130  interrupted
  2  wrong usage or configuration        3  could not complete
"""

# Written here as well as in the room `api`, so that `--help` need not load a parser.
KINDS = (
    "annotation",
    "class",
    "configurable",
    "constant",
    "enum",
    "function",
    "listener",
    "type",
    "variable",
)


@click.command("api", cls=Command, epilog=_EXAMPLES)
@click.argument("path", type=PathType(), default=".")
@option(
    "--module",
    "names",
    metavar="NAME",
    multiple=True,
    shell_complete=completed("modules"),
    help="Only that module, by its full name. Repeatable.",
)
@option("--kind", "kinds", type=Choice(KINDS), multiple=True, help="Only that kind. Repeatable.")
@option("--private", is_flag=True, help="Also what clients cannot see.")
@option(
    "--write",
    "written",
    metavar="[=FILE]",
    is_flag=False,
    flag_value="",
    help="Write the API file: api/PACKAGE.api in the package, or FILE.",
)
@option(
    "--check",
    "checked",
    metavar="[=FILE]",
    is_flag=False,
    flag_value="",
    help="Compare with the API file, by the rules of `semver check`.",
)
@format_option(listings.FORMATS)
@click.pass_obj
def command(
    console: Console,
    *,
    path: Path,
    names: tuple[str, ...],
    kinds: tuple[str, ...],
    private: bool,
    written: str | None,
    checked: str | None,
    destinations: tuple[Destination, ...],
) -> int:
    """List the public API of the package at PATH, one signature a line.

    PATH is a directory in a package, a built .bala, or an extracted one. Members that types of other packages
    bring are listed with their origin, where these packages lie on this machine.

    An API file holds the whole API as text, so that a change of it is seen in a review; as a baseline it is
    api:FILE.
    """
    if written is not None or checked is not None:
        if names or kinds or private or None not in {written, checked}:
            raise click.UsageError("--write and --check take the whole API, and exclude each other.")
        return _run_api_file(path, written, checked, destinations, console)
    try:
        with in_package(path):
            package, modules = _listed(path, names, private=private)
    except Exception as error:  # noqa: BLE001 (also a fault of this program ends in valid JSON)
        known = explained(error, debug=console.debug)
        failure = reports.failed(known)
        forms = {"json": listings.api.render_failure(failure), "text": error_text(failure, color=False)}
        failing = with_typed_paths(failure, known.package)
        deliver(lambda name, _: forms[name], destinations, console, failure=failing)
        return exit_code(failure)
    chosen = [_only(module, kinds) for module in modules]

    def draw(format_name: str, _style: Style) -> str:
        return listings.api.render(package, chosen, format_name)

    deliver(draw, destinations, console)
    if console.verbosity > 0:
        console.mention(f"{symbol_count(chosen)} symbols with members and parameters", verbosity=1)
    return 0


def _run_api_file(
    path: Path,
    written: str | None,
    checked: str | None,
    destinations: tuple[Destination, ...],
    console: Console,
) -> int:
    try:
        _require_ballerina(path)
        file = api_file_at(path, (checked if written is None else written) or "")
        if written is not None:
            console.mention(file.write())
            return 0
        found = file.read()
        is_current = file.is_current(found)
        if is_current and all(one.format == "text" for one in destinations):
            console.mention(f"{file.shown} is current.")
            return 0
        with in_package(path):
            report = file.compare(found)
    except Exception as error:  # noqa: BLE001 (also a fault of this program ends in valid JSON)
        known = explained(error, debug=console.debug)
        failure = reports.failed(known)
        deliver_report(failure, destinations, console, about=known.package)
        return exit_code(failure)
    deliver_report(report, destinations, console)
    if not is_current:
        console.complain(f"{escape(file.verdict(report))}\n")
    return 0 if is_current else 1


def _require_ballerina(path: Path) -> None:
    """Raise `UsageError` for a package of another ecosystem: an API file is read as its declarations."""
    if front_end_at(path) is not ballerina.FRONT_END:
        raise UsageError(
            "API files are written for packages of Ballerina only: compare with what was published, or with "
            "a git revision, by `semver check --baseline`"
        )


def _listed(path: Path, names: tuple[str, ...], *, private: bool) -> tuple[Artifact, tuple[ModuleApi, ...]]:
    listing = front_end_at(path).listing(Settings(path, environment=registry_variables()), private=private)
    _require_known(names, [module.name for module in listing.modules], listing.hidden)
    return listing.package, tuple(module for module in listing.modules if not names or module.name in names)


def _require_known(names: tuple[str, ...], visible: list[str], hidden: Collection[str]) -> None:
    for name in names:
        if name in visible:
            continue
        if name in hidden:
            raise UsageError(f"the module '{name}' is not exported: --private lists it nevertheless.")
        raise UsageError(
            f"there is no module '{name}': expected one of {', '.join(visible)}.{suggestion(name, visible)}"
        )


def _only(module: ModuleApi, kinds: tuple[str, ...]) -> ModuleApi:
    symbols = tuple(symbol for symbol in module.symbols if not kinds or symbol.kind in kinds)
    return replace(module, symbols=symbols)
