"""The public API of a package as text, one signature a line, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.reports.printable import UNSAFE

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from semverdiff.api import ModuleApi, Symbol
    from semverdiff.packages import Package
    from semverdiff.reports import Report

__all__ = ["FORMATS", "failure_json", "json_document", "text"]

FORMATS = ("text", "json")

_SCHEMA_VERSION = 1


def text(modules: Sequence[ModuleApi]) -> str:
    """Write one signature a line: each module, its declarations, and indented their members."""
    return "\n".join("".join(f"{_safe(line)}\n" for line in _lines(module)) for module in modules)


def _lines(module: ModuleApi) -> Iterator[str]:
    yield f"module {module.name}" if module.exported else f"module {module.name} (not exported)"
    for symbol in module.symbols:
        yield f"  {symbol.signature}"
        # Parameters stand in the signature.
        yield from (f"    {one.signature}" for one in symbol.members if one.kind != "parameter")


def json_document(package: Package, modules: Sequence[ModuleApi]) -> str:
    """Write the document of `semver api --format json`."""
    return _dumped(
        {
            "schema_version": _SCHEMA_VERSION,
            "package": {
                "org": package.organization,
                "name": package.name,
                "version": package.version,
            },
            "modules": [_module(module) for module in modules],
        }
    )


def failure_json(report: Report) -> str:
    """Write the document of a run that failed: nothing is listed, and the errors say why."""
    return _dumped(
        {
            "schema_version": _SCHEMA_VERSION,
            "package": None,
            "modules": [],
            "outcome": report.outcome.value,
            "errors": [
                {
                    "code": entry.code,
                    "message": _safe(entry.mistake.message),
                    "file": None if entry.mistake.file is None else _safe(entry.mistake.file),
                    "line": entry.mistake.line,
                    "column": entry.mistake.column,
                }
                for entry in report.errors
            ],
        }
    )


def _module(module: ModuleApi) -> dict[str, object]:
    return {
        "name": _safe(module.name),
        "exported": module.exported,
        "symbols": [_symbol(symbol) for symbol in module.symbols],
    }


def _symbol(symbol: Symbol) -> dict[str, object]:
    return {
        "kind": symbol.kind,
        "name": _safe(symbol.name),
        "signature": _safe(symbol.signature),
        "file": symbol.file,
        "line": symbol.line,
        "members": [_symbol(member) for member in symbol.members],
    }


def _dumped(document: dict[str, object]) -> str:
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _safe(code: str) -> str:
    """Write what would repaint a terminal or reorder a line as Ballerina's own escapes."""
    return UNSAFE.sub(_escaped, code)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{{{ord(found[0]):X}}}"
