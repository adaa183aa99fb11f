"""semverdiff: which version must the next release of a Ballerina package be, and why.

    from pathlib import Path

    from semverdiff import Settings, check

    report = check(Settings(Path("shop"), baseline="acme-shop-any-1.3.0.bala"))
    report.outcome, report.required_version

`check` and `diff` never raise for what is wrong with a package: that is a report of outcome `error`. `api`
is the room that says what clients can see: `api.describe(api.Surface(package))`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff import api
    from semverdiff.checking import check, diff
    from semverdiff.config import Policies, Settings
    from semverdiff.packages import read_package
    from semverdiff.reports import Outcome, Report, render

__all__ = [
    "Outcome",
    "Policies",
    "Report",
    "Settings",
    "__version__",
    "api",
    "check",
    "diff",
    "read_package",
    "render",
]

__version__ = "0.1.0"

# Loaded when asked for: the command line imports this file first, and needs little of it.
_HOMES = {
    "Outcome": "semverdiff.reports",
    "Policies": "semverdiff.config",
    "Report": "semverdiff.reports",
    "Settings": "semverdiff.config",
    "check": "semverdiff.checking",
    "diff": "semverdiff.checking",
    "read_package": "semverdiff.packages",
    "render": "semverdiff.reports",
}


if not TYPE_CHECKING:  # A checker would take every misspelt name for one that is loaded here.

    def __getattr__(name: str) -> object:
        """Load a public name from the room that it lives in."""
        if name == "api":
            return import_module("semverdiff.api")
        if name not in _HOMES:
            raise AttributeError(f"module 'semverdiff' has no attribute '{name}'")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
