"""The rules for names of organizations, packages and modules (the same ones as `bal` applies)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "module_name_faults",
    "organization_faults",
    "package_name_faults",
    "package_name_from",
    "published_name_fault",
]

_OF_ORGANIZATIONS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
_OF_PACKAGES = _OF_ORGANIZATIONS | {"."}


def organization_faults(name: str) -> Iterator[str]:
    """Return what is wrong with an organization's name."""
    if not _OF_ORGANIZATIONS.issuperset(name):
        yield "can only contain alphanumerics and underscores"
    yield from _common_faults(name, doubled="__" in name)


def package_name_faults(name: str) -> Iterator[str]:
    """Return what is wrong with a package's name."""
    if not _OF_PACKAGES.issuperset(name):
        yield "can only contain alphanumerics, underscores and periods"
    if name and not name.strip("."):
        yield "cannot consist of periods only"
    # The language library's names (`lang.__internal`) are the exception to the rule.
    yield from _common_faults(name, doubled="__" in name and not name.startswith("lang"))


def module_name_faults(name: str) -> Iterator[str]:
    """Return what is wrong with the name of a module's directory."""
    if not _OF_PACKAGES.issuperset(name):
        yield "can only contain alphanumerics, underscores and periods"
    if len(name) > limits.NAME_CHARACTERS:
        yield f"cannot be longer than {limits.NAME_CHARACTERS} characters"


def published_name_fault(name: str) -> str | None:
    """Return why a name inside an archive cannot be trusted: it becomes part of addresses and paths."""
    if not name.strip("."):
        return "is empty or consists of periods"
    return next(module_name_faults(name), None)


def package_name_from(directory: str) -> str:
    """Return the package name that `bal` takes from a directory's name where the manifest has none."""
    name = re.sub(r"[^a-zA-Z0-9_.]", "_", directory)
    name = re.sub(r"__+", "_", name).strip("_")
    if not name.strip("."):
        return "my_package"
    return f"app{name}" if name[0].isdigit() else name


def _common_faults(name: str, *, doubled: bool) -> Iterator[str]:
    if len(name) > limits.NAME_CHARACTERS:
        yield f"cannot be longer than {limits.NAME_CHARACTERS} characters"
    if name.startswith("_"):
        yield "cannot have initial underscore characters"
    if name.endswith("_"):
        yield "cannot have trailing underscore characters"
    if doubled:
        yield "cannot have consecutive underscore characters"
    if name[:1].isdigit():
        yield "cannot have initial numeric characters"
