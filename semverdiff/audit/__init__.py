"""Which releases of a whole registry said less than they changed, and of which is that not known?"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.audit.cluster import on_cluster
    from semverdiff.audit.executors import Workforce, on_this_machine
    from semverdiff.audit.extras import require_extra
    from semverdiff.audit.headline import Headline
    from semverdiff.audit.judge import serve
    from semverdiff.audit.model import Cost, Crashed, Entry, Exceeded, Limits, Measured, SourceFailure
    from semverdiff.audit.output import write_report
    from semverdiff.audit.report import Report, report_of
    from semverdiff.audit.rows import Row
    from semverdiff.audit.store import Store, StoreError, open_store
    from semverdiff.audit.summary import as_json, as_text
    from semverdiff.audit.survey import Choices, Plan, Step, judge_all, plan

__all__ = [
    "Choices",
    "Cost",
    "Crashed",
    "Entry",
    "Exceeded",
    "Headline",
    "Limits",
    "Measured",
    "Plan",
    "Report",
    "Row",
    "SourceFailure",
    "Step",
    "Store",
    "StoreError",
    "Workforce",
    "as_json",
    "as_text",
    "judge_all",
    "on_cluster",
    "on_this_machine",
    "open_store",
    "plan",
    "report_of",
    "require_extra",
    "serve",
    "write_report",
]

_HOMES = {
    "on_cluster": "cluster",
    **dict.fromkeys(("Workforce", "on_this_machine"), "executors"),
    "require_extra": "extras",
    "Headline": "headline",
    "serve": "judge",
    **dict.fromkeys(("Cost", "Crashed", "Entry", "Exceeded", "Limits", "Measured", "SourceFailure"), "model"),
    "write_report": "output",
    **dict.fromkeys(("Report", "report_of"), "report"),
    "Row": "rows",
    **dict.fromkeys(("Store", "StoreError", "open_store"), "store"),
    **dict.fromkeys(("as_json", "as_text"), "summary"),
    **dict.fromkeys(("Choices", "Plan", "Step", "judge_all", "plan"), "survey"),
}

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
