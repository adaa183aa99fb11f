"""What does a breaking change do to those who use the package? Findings and dependents in, places out.

model, index              the uses in a dependent, known by its sources, and kept in the cache
reader                    how they are read: entries, results and reading are its parts
evaluation, touches       what each use is made on, and which symbols of the package it touches
question, judgement       a finding, and what it does to a use; calls, records and values are its parts
sides, relations          both versions as a dependent sees them, and whether a value still fits
reach                     what all findings do to all dependents
sources                   where dependents come from
listing                   how it is shown: text, and JSON
"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.impact.index import index_of
    from semverdiff.impact.listing import Impact, render, render_failure, summary
    from semverdiff.impact.question import Verdict
    from semverdiff.impact.reach import Concern, DependentReach, FindingReach, Meeting, Place, Reach, reached
    from semverdiff.impact.sources import Dependent, Unread, dependents_of

__all__ = [
    "Concern",
    "Dependent",
    "DependentReach",
    "FindingReach",
    "Impact",
    "Meeting",
    "Place",
    "Reach",
    "Unread",
    "Verdict",
    "dependents_of",
    "index_of",
    "reached",
    "render",
    "render_failure",
    "summary",
]

_HOMES = {
    "Concern": "reach",
    "Dependent": "sources",
    "DependentReach": "reach",
    "FindingReach": "reach",
    "Meeting": "reach",
    "Place": "reach",
    "Reach": "reach",
    "Unread": "sources",
    "Verdict": "question",
    "dependents_of": "sources",
    "Impact": "listing",
    "index_of": "index",
    "reached": "reach",
    "render": "listing",
    "render_failure": "listing",
    "summary": "listing",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
