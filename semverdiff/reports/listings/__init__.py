"""The listings of `semver api`, `rules`, `cache` and `explain-type`: one file each, as text and as JSON."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.reports.listings import api, cache, rules, types

__all__ = ["FORMATS", "api", "cache", "rules", "types"]

FORMATS = ("text", "json")

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, {"api": "", "cache": "", "rules": "", "types": ""})
