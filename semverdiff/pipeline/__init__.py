"""The composer: the only room that knows the whole line from two packages to a report.

    check       resolve the baseline, assess, gate
    diff        assess
    change set  assess
    workspace   map `check` over its packages

What only one ecosystem knows is asked of its front end. What is decided about a run is one `Assessment`, made
in one place. Nothing that the answer does not need is imported: equal packages are answered without a parser,
a file as baseline without a network client, and one package without threads.
"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.pipeline.assessment import assess
    from semverdiff.pipeline.bumps import Bump, Bumps, DependencyBump, Wish
    from semverdiff.pipeline.front_end import Announce, Baselines, Compare, FrontEnd
    from semverdiff.pipeline.grounds import environment_of
    from semverdiff.pipeline.model import (
        ALONE,
        Assessment,
        Comparison,
        Grounds,
        Listing,
        Neighbour,
        Workspace,
    )
    from semverdiff.pipeline.runs import (
        check,
        check_on_grounds,
        check_package,
        diff,
        diff_packages,
        failed_check,
        judge_release,
        load_sides,
    )
    from semverdiff.pipeline.settings import load_settings, semver_toml_in
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
    "ALONE",
    "Announce",
    "Assessment",
    "Baselines",
    "Bump",
    "Bumps",
    "ByCause",
    "ByFingerprint",
    "ByName",
    "Compare",
    "Comparison",
    "DependencyBump",
    "FrontEnd",
    "Grounds",
    "Listing",
    "Member",
    "Neighbour",
    "Suppressions",
    "Target",
    "Wish",
    "Workspace",
    "assess",
    "check",
    "check_all",
    "check_on_grounds",
    "check_package",
    "diff",
    "diff_packages",
    "environment_of",
    "failed_check",
    "judge_release",
    "load_settings",
    "load_sides",
    "lost_members",
    "semver_toml_in",
    "suppressions_for",
]

_HOMES = {
    "assess": "assessment",
    **dict.fromkeys(("Bump", "Bumps", "DependencyBump", "Wish"), "bumps"),
    **dict.fromkeys(("Announce", "Baselines", "Compare", "FrontEnd"), "front_end"),
    "environment_of": "grounds",
    **dict.fromkeys(
        ("ALONE", "Assessment", "Comparison", "Grounds", "Listing", "Neighbour", "Workspace"), "model"
    ),
    **dict.fromkeys(
        (
            *("check", "check_on_grounds", "check_package", "diff", "diff_packages", "failed_check"),
            *("judge_release", "load_sides"),
        ),
        "runs",
    ),
    **dict.fromkeys(("load_settings", "semver_toml_in"), "settings"),
    **dict.fromkeys(
        ("ByCause", "ByFingerprint", "ByName", "Suppressions", "Target", "suppressions_for"), "suppressions"
    ),
    **dict.fromkeys(("Member", "check_all", "lost_members"), "workspace"),
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
