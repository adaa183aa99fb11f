"""What holds for every input of a kind: each function takes the input, and fails where its law is broken.

No law allows an exception other than a `SemverdiffError` with something to read, or lets anything broken pass
for whole.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections import Counter, deque
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fuzz.mutations import DIVIDER
from msgspec.structs import replace
from support.packages import package
from support.semver_toml import VOCABULARY

from semverdiff import api, ballerina, config, limits, reports
from semverdiff.artifact import Provenance
from semverdiff.config import Options, SemverToml, Settings, parse_toml
from semverdiff.errors import (
    ArchiveError,
    ManifestError,
    NetworkError,
    SemverdiffError,
    SourceError,
    UsageError,
)
from semverdiff.packages import ListedTree, Module, SourceFile, folders_of, read_archive, read_sources
from semverdiff.packages.bala import read_bala
from semverdiff.registry import Environment
from semverdiff.registry.central import CentralRegistry
from semverdiff.registry.folders import parse_package_name
from semverdiff.registry.http import Response, Transport
from semverdiff.registry.interface import sorted_versions
from semverdiff.rules import all_rules, rule
from semverdiff.syntax import outline
from semverdiff.syntax.outlines import normalized, scan
from semverdiff.syntax.tree import parse
from semverdiff.text import UNSAFE
from semverdiff.versions import Level, parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.config import KeyPath
    from semverdiff.errors import Mistake
    from semverdiff.packages import Package
    from semverdiff.registry.downloads import Download
    from semverdiff.syntax import Outline

__all__ = ["HOME", "SECRET", "answers", "archive", "manifests", "settings", "sources", "toml"]

HOME = "https://registry.example/2.0/registry"
SECRET = "t0ken-value"  # noqa: S105 (nobody's)

_NOWHERE = Path("nowhere")
_NO_DECISIONS = Settings(_NOWHERE)
_EMPTY = package("")
_RULES = tuple(one.id for one in all_rules())
_VOCABULARY = replace(VOCABULARY, rule_ids=lambda: _RULES)


def archive(data: bytes) -> None:
    """Assert that bytes are a package, with the files that the zip has and paths inside, or are refused."""
    try:
        found = read_archive(data, name="x.bala", provenance=Provenance("bala"))
    except (ArchiveError, SourceError) as error:
        _assert_told(error)
        return
    _assert_inside(found)
    # What was read is what another reader of the format finds there.
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        entries = {info.orig_filename.replace("\\", "/"): info for info in opened.infolist()}
        for file in (file for module in found.modules for file in module.files):
            names = [name for name in entries if PurePosixPath(name).as_posix() == file.path]
            assert [opened.read(entries[name]) for name in names] == [file.content]


def manifests(data: bytes) -> None:
    """Assert that a tree of files (`path`, line break, content; divided) is a package, or is refused."""
    files = _files(data)
    tree = ListedTree("shop", folders_of(files), files.__getitem__)
    for read in (read_sources, read_bala):
        if read is read_sources and "Ballerina.toml" not in files:
            continue
        try:
            found = read(tree, Provenance("directory"))
        except (ArchiveError, SourceError, ManifestError, UsageError) as error:
            _assert_told(error)
        else:
            _assert_inside(found)
            assert not re.search(UNSAFE, "".join(found.notes))


def toml(data: bytes) -> None:
    """Assert that a text is read as `tomllib` reads it, or has a mistake in it; every key has its place."""
    mistakes: list[Mistake] = []
    table = parse_toml(data, "x.toml", mistakes)
    lines = table.document.lines
    for mistake in mistakes:
        _assert_place(mistake, data)
    try:
        expected = tomllib.loads(data.decode().removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        assert mistakes
        assert table.entries == {}
        return
    if mistakes:  # one of the limits
        assert table.entries == {}
        return
    assert repr(table.entries) == repr(expected)  # a NaN is not equal to itself
    places = table.document.places()
    for path in _key_paths(expected):
        place = places.find(path)
        assert place is not None, path
        line, column = place
        assert 1 <= line <= len(lines), path
        rest = lines[line - 1][column - 1 :]
        key = path[-1]
        assert isinstance(key, int) or rest.startswith((key, '"', "'")), (path, rest)


def settings(data: bytes) -> None:
    """Assert that each Semver.toml of a base and of a head is settings, or mistakes with places.

    What judges the head is never laxer than the base, but for suppressions where these are accepted.
    """
    read = [one for one in map(_settings, data.split(DIVIDER, 1)) if one is not None]
    for one in read:
        assert config.relaxations(one, one, _highest) == ()
    merged = config.merge_settings(read[0], read[-1], _highest) if read else None
    if merged is None or merged.settings.accept_settings == "head":
        return
    assert not re.search(UNSAFE, "".join(one.sentence for one in merged.relaxations))
    laxer = config.relaxations(read[0], merged.settings, _highest)
    assert all(sentence.startswith("suppression of ") for sentence in laxer), laxer
    assert merged.settings.accept_settings != "base" or laxer == ()


def _settings(data: bytes) -> Settings | None:
    try:
        return config.combine(_NOWHERE, Options(), {}, SemverToml(data, PurePosixPath()), _VOCABULARY)
    except UsageError as error:
        _assert_told(error)
        for mistake in error.mistakes:
            _assert_place(mistake, data)
        return None


def answers(data: bytes) -> None:
    """Assert that whatever a registry answers, in turn, the token stays with it, and is in no message."""
    registry = CentralRegistry(
        _Answering(data), Environment(base=HOME, home=_NOWHERE, token=SECRET, agent="semverdiff/1.0.0")
    )
    asked = parse_package_name("acme/shop")
    assert asked is not None
    version = parse_version("1.2.0")
    told: list[str] = []
    for ask in (
        lambda: sorted_versions(registry.versions(asked)),
        lambda: registry.download(asked, registry.release(asked, version)),
    ):
        try:
            ask()
        except NetworkError as error:
            _assert_told(error)
            told.append(str(error))
    assert SECRET not in "".join(told)


def sources(data: bytes) -> None:
    """Assert the laws of damaged sources and of lost declarations on a published and a changed text."""
    old, new = (*data.split(DIVIDER, 1), b"")[:2]
    if not _is_text(old) or not _is_text(new):
        return
    outlines = [_outlined(old), _outlined(new)]
    level = _level(old, new, outlines[1])
    if level is None or any(found.damages for found in outlines):
        return
    # Each input is led to one of the dearer laws, always the same.
    if len(data) % 2:
        _assert_losses_break(old, new, outlines)
    elif b"`" not in new:  # a template has its line breaks
        laid_out = b"\n// The same.\r\n" + new.replace(b"\n", b"\r\n")
        assert _level(new, laid_out) in {Level.NONE, Level.PATCH}


def _assert_losses_break(old: bytes, new: bytes, outlines: list[Outline]) -> None:
    """Without one of the public declarations that both versions have, the new one breaks clients."""
    counts = Counter(item.key for item in outlines[0].items)
    # What the published version declares twice is not compared, and leaves the answer undecided.
    published = {item.key for item in outlines[0].items if item.public and counts[item.key] == 1}
    keys = [item.key for item in outlines[1].items]
    for item in outlines[1].items:
        if (
            item.public
            and item.key in published
            and keys.count(item.key) == 1
            and new.count(item.content) == 1
        ):
            shorter = new.replace(item.content, b"")
            left = _outlined(shorter)
            if not left.damages and item.key not in {one.key for one in left.items}:
                assert _level(old, shorter, left) is Level.MAJOR, item.key
            return


def _outlined(content: bytes) -> Outline:
    """Return the outline of a text; a tree with an error has damage, at a place that is there."""
    found = outline(content)
    assert bool(found.damages) is parse(content).has_error
    lines = content.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for damage in found.damages:
        assert 1 <= damage.line <= len(lines)
        assert 1 <= damage.column <= len(lines[damage.line - 1]) + 1
    return found


def _changed(old: bytes, new: bytes) -> Outline:
    """Return the outline of what a text has beside the declarations that the other one has, too."""
    before, after = scan(old), scan(new)
    if before is not None and after is not None:
        new = normalized(new)
        for content in {item.content for item in before.items} & {item.content for item in after.items}:
            new = new.replace(content, b"\n")
    return outline(new)


def _highest(rule_id: str) -> Level:
    found = rule(rule_id)
    return Level.MAJOR if found is None else found.highest_level


def _is_text(content: bytes) -> bool:
    """Return whether a source gets past the reading of packages, which refuses what is no UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _level(old: bytes, new: bytes, outlined: Outline | None = None) -> Level | None:
    """Return the highest level of a change, or None for a text that is refused, as every damaged one is."""
    before, after = _package(old), _package(new)
    try:
        found = ballerina.assess(before, after, _NO_DECISIONS)
    except SourceError as error:
        _assert_told(error)
        return None
    # The text that is published, byte by byte, is no change even where it is broken.
    # Neither is a declaration that is broken in both in the same words: what else there is has to parse.
    assert old == new or outlined is None or all(damage.in_body for damage in _changed(old, new).damages)
    assert not re.search(UNSAFE, "".join(finding.message for finding in found.findings))
    try:
        api.describe(api.Surface(after))
    except SourceError as error:
        _assert_told(error)
    return max((finding.level for finding in found.findings), default=Level.NONE)


def _package(source: bytes) -> Package:
    return replace(_EMPTY, modules=(Module("shop", exported=True, files=(SourceFile("lib.bal", source),)),))


class _Answering(Transport):
    """Answers with the parts of an input, one after the other, and watches the token."""

    def __init__(self, data: bytes) -> None:  # no client: nothing is sent
        self._replies = deque(data.split(DIVIDER))

    def get(self, url: str, headers: Mapping[str, str], limit: int, into: Download | None = None) -> Response:
        if "Authorization" in headers:
            assert urlsplit(url)[:2] == urlsplit(HOME)[:2], url
        assert url.startswith("https://"), url
        part = self._replies.popleft() if self._replies else b"404"
        head, _, body = part.partition(b"\n\n")
        status, *lines = head.decode("latin-1").split("\n")
        pairs = (line.partition(": ") for line in lines)
        number = int(status) if status.isdecimal() and len(status) <= 3 else 200
        if number == 200 and into is not None:
            into.begin().write(body[:limit])
        return Response(number, {name.lower(): value for name, _, value in pairs}, body[:limit])


def _files(data: bytes) -> dict[str, bytes]:
    """Return the files that an input is made of."""
    found = {}
    for part in data.split(DIVIDER):
        path, _, content = part.partition(b"\n")
        name = path.decode("latin-1")
        if name and not name.startswith("/") and not name.endswith("/") and "//" not in name:
            found[name] = content
    return found


def _key_paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the way to every key of a document and to every element of an array that is a table."""
    waiting: list[tuple[object, KeyPath]] = [(value, path)]
    while waiting:
        one, at = waiting.pop()
        if isinstance(one, dict):
            for key, inner in one.items():
                yield (*at, key)
                waiting.append((inner, (*at, key)))
        elif isinstance(one, list):
            waiting += [(inner, (*at, number)) for number, inner in enumerate(one) if isinstance(inner, dict)]


def _assert_told(error: SemverdiffError) -> None:
    """Assert that an error says something, and nothing that a terminal would act upon."""
    assert all(mistake.message.strip() for mistake in error.mistakes)
    if not re.search(UNSAFE, str(error)):
        return
    shown = reports.render(reports.failed(error), "text", reports.Style())
    assert shown.strip()
    assert not re.search(UNSAFE, shown.replace("\n", "")), shown


def _assert_place(mistake: Mistake, data: bytes) -> None:
    if mistake.line is None or mistake.column is None:
        return
    text = data.decode(errors="replace").removeprefix("\ufeff")
    lines = text.split("\n")
    assert 1 <= mistake.line <= len(lines)
    assert 1 <= mistake.column <= len(lines[mistake.line - 1]) + 2


def _assert_inside(found: Package) -> None:
    assert found.name
    for module in found.modules:
        for file in module.files:
            path = PurePosixPath(file.path)
            assert not path.is_absolute()
            assert ".." not in path.parts
            assert len(file.content) <= limits.TEXT_BYTES
