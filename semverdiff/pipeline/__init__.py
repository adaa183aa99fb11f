"""The composer: the only room that knows the whole line from two packages to a report.

    check       resolve the baseline, assess, gate
    diff        assess
    change set  assess
    workspace   map `check` over its packages

What is decided about a run is one `Assessment`, made in one place. Nothing that the answer does not need is
imported: equal packages are answered without a parser, a file as baseline without a network client, and one
package without threads.
"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.pipeline.assessment import Assessment, Context, assess
    from semverdiff.pipeline.bumps import Bumps, Wish, bumps_of
    from semverdiff.pipeline.dependencies import local_packages
    from semverdiff.pipeline.runs import check, check_package, diff, diff_packages, failed_check, load_sides
    from semverdiff.pipeline.settings import load_settings
    from semverdiff.pipeline.suppressions import (
        ByCause,
        ByFingerprint,
        ByName,
        Suppressions,
        Target,
        suppressions_for,
    )
    from semverdiff.pipeline.workspace import Member, check_all, lost_members

__all__ = [
    "Assessment",
    "Bumps",
    "ByCause",
    "ByFingerprint",
    "ByName",
    "Context",
    "Member",
    "Suppressions",
    "Target",
    "Wish",
    "assess",
    "bumps_of",
    "check",
    "check_all",
    "check_package",
    "diff",
    "diff_packages",
    "failed_check",
    "load_settings",
    "load_sides",
    "local_packages",
    "lost_members",
    "suppressions_for",
]

_HOMES = {
    "Assessment": "assessment",
    "Bumps": "bumps",
    "ByCause": "suppressions",
    "ByFingerprint": "suppressions",
    "ByName": "suppressions",
    "Context": "assessment",
    "Member": "workspace",
    "Suppressions": "suppressions",
    "Target": "suppressions",
    "Wish": "bumps",
    "assess": "assessment",
    "bumps_of": "bumps",
    "check": "runs",
    "check_all": "workspace",
    "check_package": "runs",
    "diff": "runs",
    "diff_packages": "runs",
    "failed_check": "runs",
    "load_settings": "settings",
    "load_sides": "runs",
    "local_packages": "dependencies",
    "lost_members": "workspace",
    "suppressions_for": "suppressions",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
