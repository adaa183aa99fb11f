"""semverdiff: which version must the next release of a Ballerina package be, and why.

    from pathlib import Path

    from semverdiff import Settings, check

    report = check(Settings(Path("shop"), baseline="acme-shop-any-1.3.0.bala"))
    report.outcome, report.required_version

`check` and `diff` return a `Report`, or raise a `SemverdiffError` for what is wrong with the inputs: wrong
settings, a package that cannot be read, a registry that does not answer. `api` is the room that says what
clients can see: `api.describe(api.Surface(package))`.
"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff import api
    from semverdiff.config import Policies, Settings
    from semverdiff.errors import SemverdiffError
    from semverdiff.packages import read_package
    from semverdiff.pipeline import check, diff
    from semverdiff.reports import Outcome, Report, render

__all__ = [
    "Outcome",
    "Policies",
    "Report",
    "SemverdiffError",
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
    "Outcome": "reports",
    "Policies": "config",
    "Report": "reports",
    "SemverdiffError": "errors",
    "Settings": "config",
    "api": "",
    "check": "pipeline",
    "diff": "pipeline",
    "read_package": "packages",
    "render": "reports",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
