"""Where published shards come from: the gallery, the shards on this machine, a path, a git revision."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from semverdiff.baselines import (
    LATEST_TAG,
    AtPath,
    AtRevision,
    Auto,
    Baseline,
    InRegistry,
    NoBaseline,
    Operand,
    parse_revision,
)
from semverdiff.baselines.git import is_altered, merge_base, revision_base, revision_package
from semverdiff.baselines.history import with_history
from semverdiff.errors import BaselineError, UsageError
from semverdiff.text import suggest
from semverdiff.vein.layout import VEIN_LAYOUT
from semverdiff.vein.package import ARCHIVE_ENDING, package_of_shard, read_package
from semverdiff.vein.published import (
    InGallery,
    earlier_gallery_pre_release,
    gallery_baseline,
    parse_gallery_spec,
)
from semverdiff.vein.versions import parse_nuget_version

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from semverdiff.artifact import Artifact, Identity
    from semverdiff.baselines import Base, Spec
    from semverdiff.pipeline import Baselines
    from semverdiff.registry import Environment

__all__ = ["VEIN_BASELINES", "read_operands"]

_WORDS = ("auto", "none", "gallery", "git", "file")
_KNOWN = (
    "auto, none, a version such as 1.2.3, gallery[:VERSION], git:REVISION[:DIRECTORY], file:PATH, or the "
    f"path of a {ARCHIVE_ENDING} or a directory"
)


class _Vein:
    """Shards have the histories that packages of Ballerina have, by a layout of their own."""

    def parse_spec(self, text: str, /) -> Spec:
        return _spec(text)

    def parse_revision(self, text: str, /) -> AtRevision:
        return _revision(text)

    def resolve(
        self, spec: Spec, candidate: Identity, environment: Environment, base: Baseline | None = None, /
    ) -> Baseline:
        match spec:
            case NoBaseline():
                return Baseline(None, "no baseline was wanted", is_wanted=False)
            case AtPath(path):
                return _given(read_package(path), candidate)
            case AtRevision():
                return revision_base(spec, candidate, environment, VEIN_LAYOUT).baseline
        if not isinstance(spec, Auto | InRegistry):
            raise TypeError("a baseline that no text for a shard stands for")
        found = gallery_baseline(_wanted(spec), candidate, environment, package_of_shard)
        if found.package is not None:
            return found
        return with_history(found, candidate, environment.place, base, VEIN_LAYOUT)

    def resolve_pre_release(
        self, spec: Spec, baseline: Baseline, candidate: Identity, environment: Environment, /
    ) -> Baseline | None:
        if not isinstance(spec, Auto | InRegistry):
            return None
        wanted = _wanted(spec)
        return earlier_gallery_pre_release(wanted, baseline, candidate, environment, package_of_shard)

    def merge_base(self, name: str, candidate: Identity, environment: Environment, /) -> Base:
        return merge_base(name, candidate, environment, VEIN_LAYOUT)

    def revision_base(self, spec: AtRevision, candidate: Identity, environment: Environment, /) -> Base:
        return revision_base(spec, candidate, environment, VEIN_LAYOUT)

    def is_altered(self, spec: Spec, base: Base, environment: Environment, /) -> bool:
        return is_altered(spec, base, environment, VEIN_LAYOUT)

    def lost_members(self, _merge_base: str, _root: Path, _present: Collection[str], /) -> Mapping[str, str]:
        return {}


VEIN_BASELINES: Final[Baselines] = _Vein()
"""The baselines of shards."""


def read_operands(old: str, new: str, environment: Environment) -> tuple[Operand, Operand]:
    """Return the two shards that texts name: paths, `file:PATH`, `git:REV[:DIR]`.

    One of them may be `gallery[:V]`, the other one's shard there. Raises as `resolve` does.
    """
    if not old.startswith("gallery"):
        before = _operand(old, environment)
        return before, _operand(new, environment, before.package)
    if new.startswith("gallery"):
        raise UsageError(
            f"neither '{old}' nor '{new}' names a shard: expected a path or git:REVISION for one of them"
        )
    after = _operand(new, environment)
    return _operand(old, environment, after.package), after


def _operand(text: str, environment: Environment, other: Artifact | None = None) -> Operand:
    spec = _spec(text)
    match spec:
        case AtPath(path):
            return Operand(read_package(path), "the shard that was given")
        case AtRevision():
            package = revision_package(spec, environment, VEIN_LAYOUT)
            return Operand(package, f"the git revision {text.partition(':')[2]}")
        case InRegistry() if other is not None:
            found = VEIN_BASELINES.resolve(spec, other.identity, environment)
            if found.package is None:
                raise BaselineError(f"'{text}' names nothing: the gallery has no version of {other.name}")
            return Operand(found.package, found.reason, found.notes)
    raise UsageError(
        f"'{text}' names no shard: expected the path of a {ARCHIVE_ENDING} or of a project, git:REVISION, or "
        "gallery[:VERSION] for one of both"
    )


def _spec(text: str) -> Spec:
    """Return a baseline as users write it. Raise a `UsageError` that says what was probably meant."""
    kind, colon, value = text.partition(":")
    match kind, value if colon else None:
        case "auto", None:
            return Auto()
        case "none", None:
            return NoBaseline()
        case "file", str() if value:
            return AtPath(Path(value))
        case "git", str():
            return _revision(value)
    in_gallery = parse_gallery_spec(text)
    if in_gallery is not None:
        return InRegistry(in_gallery.version)
    is_path = text.startswith(".") or text.endswith(ARCHIVE_ENDING) or "/" in text or os.sep in text
    if is_path or os.path.exists(text):  # noqa: PTH110 (a text that may be no path)
        return AtPath(Path(text))
    raise UsageError(
        f"there is no baseline '{text}', and no file or directory of that name{suggest(kind, _WORDS)} (a "
        f"baseline is {_KNOWN})"
    )


def _revision(text: str) -> AtRevision:
    """Return what the text after `git:` names; tags of shards have no order that is known."""
    spec = parse_revision(text)
    if spec.revision == LATEST_TAG:
        raise UsageError(f"'git:{LATEST_TAG}' is not offered for shards: name the tag, as in git:v1.2.3")
    return spec


def _wanted(spec: Auto | InRegistry) -> InGallery:
    """Return what is looked for in the gallery."""
    return InGallery(None if spec.version is None else parse_nuget_version(str(spec.version)))


def _given(package: Artifact, candidate: Identity) -> Baseline:
    old, new = package.identity.package, candidate.package
    notes = (f"the baseline is another shard: {old} instead of {new}",) if old.lower() != new.lower() else ()
    return Baseline(package, "the shard at the given path", notes=notes)
