"""Compared with what? The user's wish and the candidate in, one published `Package` and the reason out."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.baselines.dependencies import find_dependency
    from semverdiff.baselines.git import (
        Base,
        is_altered,
        lost_members,
        merge_base,
        revision_base,
        revision_package,
    )
    from semverdiff.baselines.history import with_history
    from semverdiff.baselines.inquiry import wanted_by, wanted_version
    from semverdiff.baselines.model import Baseline
    from semverdiff.baselines.operands import Operand, read_operands
    from semverdiff.baselines.registries import from_central, from_registry, on_this_machine
    from semverdiff.baselines.resolver import resolve, resolve_pre_release
    from semverdiff.baselines.selection import earlier_pre_release
    from semverdiff.baselines.spec import (
        LATEST_TAG,
        AtApiFile,
        AtPath,
        AtRevision,
        Auto,
        Central,
        InRegistry,
        InRepository,
        Local,
        NoBaseline,
        Spec,
        parse_revision,
        parse_spec,
    )

__all__ = [
    "LATEST_TAG",
    "AtApiFile",
    "AtPath",
    "AtRevision",
    "Auto",
    "Base",
    "Baseline",
    "Central",
    "InRegistry",
    "InRepository",
    "Local",
    "NoBaseline",
    "Operand",
    "Spec",
    "earlier_pre_release",
    "find_dependency",
    "from_central",
    "from_registry",
    "is_altered",
    "lost_members",
    "merge_base",
    "on_this_machine",
    "parse_revision",
    "parse_spec",
    "read_operands",
    "resolve",
    "resolve_pre_release",
    "revision_base",
    "revision_package",
    "wanted_by",
    "wanted_version",
    "with_history",
]

_HOMES = {
    "LATEST_TAG": "spec",
    "AtApiFile": "spec",
    "AtPath": "spec",
    "AtRevision": "spec",
    "Auto": "spec",
    "Base": "git",
    "Baseline": "model",
    "Central": "spec",
    "InRegistry": "spec",
    "InRepository": "spec",
    "Local": "spec",
    "NoBaseline": "spec",
    "Operand": "operands",
    "Spec": "spec",
    "earlier_pre_release": "selection",
    "find_dependency": "dependencies",
    "from_central": "registries",
    "from_registry": "registries",
    "on_this_machine": "registries",
    "is_altered": "git",
    "lost_members": "git",
    "merge_base": "git",
    "parse_revision": "spec",
    "parse_spec": "spec",
    "read_operands": "operands",
    "resolve": "resolver",
    "resolve_pre_release": "resolver",
    "revision_base": "git",
    "revision_package": "git",
    "wanted_by": "inquiry",
    "wanted_version": "inquiry",
    "with_history": "history",
}

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
