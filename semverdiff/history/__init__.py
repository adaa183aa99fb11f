"""What did each release of a package declare, and what should it have been?"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.history import formats
    from semverdiff.history.judgement import judge, settings_for
    from semverdiff.history.model import Change, Failure, History, Judgement, Step, Tally, Transition
    from semverdiff.history.transitions import transitions_of

__all__ = [
    "Change",
    "Failure",
    "History",
    "Judgement",
    "Step",
    "Tally",
    "Transition",
    "formats",
    "judge",
    "settings_for",
    "transitions_of",
]

_HOMES = {
    "Change": "model",
    "Failure": "model",
    "History": "model",
    "Judgement": "model",
    "Step": "model",
    "Tally": "model",
    "Transition": "model",
    "formats": "",
    "judge": "judgement",
    "settings_for": "judgement",
    "transitions_of": "transitions",
}

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
