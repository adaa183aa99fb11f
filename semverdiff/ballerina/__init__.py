"""The front end of Ballerina, and what only its packages have: workspaces that are bumped, dependencies."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.ballerina.bumps import bumps_at, bumps_of
    from semverdiff.ballerina.comparison import Context, assess
    from semverdiff.ballerina.dependencies import local_packages
    from semverdiff.ballerina.front_end import FRONT_END
    from semverdiff.ballerina.publication import readiness_for

__all__ = ["FRONT_END", "Context", "assess", "bumps_at", "bumps_of", "local_packages", "readiness_for"]

_HOMES = {
    "FRONT_END": "front_end",
    "Context": "comparison",
    "assess": "comparison",
    "bumps_at": "bumps",
    "bumps_of": "bumps",
    "local_packages": "dependencies",
    "readiness_for": "publication",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
