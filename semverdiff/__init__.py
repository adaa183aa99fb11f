"""semverdiff: which version must the next release of a Ballerina package be, and why.

>>> import semverdiff
>>> report = semverdiff.check("shop-1.4.0", baseline="acme-shop-any-1.3.0.bala")
>>> print(report.outcome, report.required_version)
under-bumped 2.0.0

`check` and `diff` return a `Report`, `public_api` lists what clients can see, and `render` draws a report in
one of the formats. They raise a `SemverdiffError` for what is wrong with the inputs: wrong settings, a
package that cannot be read, a registry that does not answer. `api` is the room behind the listing.
"""

from semverdiff import lazy

# As `typing` has it for a type checker, without loading that: the program collects no garbage while it does.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from semverdiff import api
    from semverdiff.config import Policies, Settings
    from semverdiff.errors import SemverdiffError
    from semverdiff.library import check, diff, public_api
    from semverdiff.packages import read_package
    from semverdiff.reports import Outcome, Report, Style, render
    from semverdiff.rules import Finding
    from semverdiff.versions import Level

__all__ = [
    "Finding",
    "Level",
    "Outcome",
    "Policies",
    "Report",
    "SemverdiffError",
    "Settings",
    "Style",
    "__version__",
    "api",
    "check",
    "diff",
    "public_api",
    "read_package",
    "render",
]

__version__ = "0.1.0"

# Loaded when asked for: the command line imports this file first, and needs little of it.
_HOMES = {
    "Finding": "rules",
    "Level": "versions",
    "Outcome": "reports",
    "Policies": "config",
    "Report": "reports",
    "SemverdiffError": "errors",
    "Settings": "config",
    "Style": "reports",
    "api": "",
    "check": "library",
    "diff": "library",
    "public_api": "library",
    "read_package": "packages",
    "render": "reports",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
