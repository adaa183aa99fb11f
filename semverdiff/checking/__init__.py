"""The composer: the only place that knows the whole line from a directory to a report.

Nothing that the answer does not need is imported: equal packages are answered without a parser, a file as
baseline without a network client, and one package without what compares several.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.checking.comparison import Comparison, compare_packages
    from semverdiff.checking.one_package import check
    from semverdiff.checking.settings import settings_of
    from semverdiff.checking.several_packages import check_all
    from semverdiff.checking.two_packages import diff

__all__ = ["Comparison", "check", "check_all", "compare_packages", "diff", "settings_of"]

_HOMES = {
    "Comparison": "comparison",
    "check": "one_package",
    "check_all": "several_packages",
    "compare_packages": "comparison",
    "diff": "two_packages",
    "settings_of": "settings",
}


if not TYPE_CHECKING:  # A checker would take every misspelt name for one that is loaded here.

    def __getattr__(name: str) -> object:
        """Load a public name from the file that it lives in."""
        if name not in _HOMES:
            raise AttributeError(f"module 'semverdiff.checking' has no attribute '{name}'")
        return getattr(import_module(f"semverdiff.checking.{_HOMES[name]}"), name)
