"""The public API of a package: text, one signature a line, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.text import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semverdiff.artifact import Artifact
    from semverdiff.reports.model import Report
    from semverdiff.symbols import ModuleApi, Symbol

__all__ = ["render", "render_failure"]

_SCHEMA_VERSION = 1


def render(package: Artifact, modules: Sequence[ModuleApi], format_name: str) -> str:
    """Return the listing in the format `text` or `json`."""
    safe = [_module(module) for module in modules]
    if format_name == "text":
        return "\n".join("".join(f"{line}\n" for line in _lines(module)) for module in safe)
    names = {"org": package.organization, "name": package.name, "version": package.version}
    return _document(package=names, modules=msgspec.to_builtins(safe))


def render_failure(report: Report) -> str:
    """Return the JSON document of a run that failed: nothing is listed, and the errors say why."""
    errors = [
        {
            "code": entry.code,
            "message": escape(entry.mistake.message),
            "file": None if entry.mistake.file is None else escape(entry.mistake.file),
            "line": entry.mistake.line,
            "column": entry.mistake.column,
        }
        for entry in report.errors
    ]
    return _document(package=None, modules=[], outcome=report.outcome.value, errors=errors)


def _lines(module: ModuleApi) -> Iterator[str]:
    yield f"module {module.name}" if module.exported else f"module {module.name} (not exported)"
    for symbol in module.symbols:
        yield f"  {symbol.signature}"
        # Parameters stand in the signature.
        yield from (_member(member) for member in symbol.members if member.kind != "parameter")


def _member(member: Symbol) -> str:
    return f"    {member.signature}{'' if member.origin is None else f'  // from {member.origin}'}"


def _document(**values: object) -> str:
    document = {"schema_version": _SCHEMA_VERSION, **values}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _module(module: ModuleApi) -> ModuleApi:
    """Return a module without characters that a terminal or an editor would obey."""
    return replace(module, name=escape(module.name), symbols=tuple(map(_symbol, module.symbols)))


def _symbol(symbol: Symbol) -> Symbol:
    return replace(
        symbol,
        name=escape(symbol.name),
        signature=escape(symbol.signature),
        origin=None if symbol.origin is None else escape(symbol.origin),
        members=tuple(map(_symbol, symbol.members)),
    )
