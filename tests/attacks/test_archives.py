"""Whoever publishes an archive wants this program to read other code in it than the compiler does.

The victim is a user who asks whether an update is safe: what is shown breaks nothing, what is compiled does.
An archive is a list at its end and what that list points to; `bal` unpacks it on whatever disk there is, by
a library whose rules differ from those of the one that reads it here. So an archive is refused in which two
readers could find two packages. The attacker writes any bytes.
"""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from support.archives import build_bala, zip_of

from semverdiff.artifact import Provenance
from semverdiff.errors import ArchiveError
from semverdiff.packages import read_archive

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cli.conftest import Semver

SHOWN = "public function pay() {}\npublic function refund() {}\n"
COMPILED = "public function pay() {}\n"

UNDER_BUMPED = 1
COULD_NOT_COMPLETE = 3

_END_BYTES = 22


def archive(sources: Mapping[str, str], version: str = "1.0.1") -> bytes:
    return build_bala("acme", "shop", version, sources)


def refusal(content: bytes) -> str:
    with pytest.raises(ArchiveError) as caught:
        read_archive(content, name="x.bala", provenance=Provenance("bala"))
    return str(caught.value)


def compiled() -> bytes:
    return archive({"modules/shop/main.bal": COMPILED})


def end_of(content: bytes, start: int, comment: int) -> bytes:
    """Return the end of an archive that is all of some bytes, and that lies at `start` of the whole."""
    end = bytearray(content[-_END_BYTES:])
    (offset,) = struct.unpack_from("<L", end, 16)
    struct.pack_into("<LH", end, 16, offset + start, comment)
    return bytes(end)


def with_a_later_end() -> bytes:
    """Return an archive whose comment holds another end, at a place where by its length none may be."""
    shown = archive({"modules/shop/main.bal": SHOWN})
    whole = shown[:-_END_BYTES] + compiled()
    (size, offset) = struct.unpack_from("<LL", shown, len(shown) - _END_BYTES + 12)
    directory = shown[offset : offset + size]
    hidden = directory + end_of(shown, len(whole) - offset, 0) + b"more"
    start = len(shown) - _END_BYTES
    return whole[:-_END_BYTES] + end_of(compiled(), start, len(hidden)) + hidden


def with_an_end_for_large_archives() -> bytes:
    """Return an archive with two ends, of which one counts where the other cannot say how large it is."""
    shown = archive({"modules/shop/main.bal": SHOWN})
    start = len(shown) - _END_BYTES
    whole = shown[:-_END_BYTES] + compiled()[:-_END_BYTES]
    number, size, offset = struct.unpack_from("<HLL", shown[-_END_BYTES:], 10)
    large = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, number, number, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(whole), 1)
    return whole + large + locator + end_of(compiled(), start, 0)


def with_another_count() -> bytes:
    content = bytearray(compiled())
    struct.pack_into("<HH", content, len(content) - _END_BYTES + 8, 1, 1)
    return bytes(content)


DIRECTORIES = {
    "an end in the comment behind the end": (with_a_later_end, "something stands behind its directory"),
    "an end for large archives": (with_an_end_for_large_archives, "it has a second directory"),
    "fewer entries than it has": (with_another_count, "its directory has 5 entries, and says 1"),
    "bytes behind the end": (lambda: compiled() + b"\n", "something stands behind its directory"),
}


@pytest.mark.parametrize("attack", DIRECTORIES)
def test_an_archive_with_two_directories_is_refused(attack: str) -> None:
    made, expected = DIRECTORIES[attack]
    assert expected in refusal(made())


NAMES = {
    "a name that is the same without case": ["modules/shop/main.bal", "modules/shop/Main.bal"],
    "an ending that is the same without case": ["modules/shop/main.bal", "modules/shop/main.BAL"],
    "a folder that is the same without case": ["modules/shop/main.bal", "Modules/shop/more.bal"],
    "a module that is the same without case": ["modules/shop/main.bal", "modules/SHOP/more.bal"],
    "resources that are the same without case": [
        "modules/shop/resources/a.json",
        "modules/shop/Resources/b.json",
    ],
    "letters that are composed": ["modules/shop/\u00e9.bal", "modules/shop/e\u0301.bal"],
    "a letter that has two small ones": ["modules/shop/\u1e9e.bal", "modules/shop/ss.bal"],
    "a manifest without case": ["modules/shop/main.bal", "Package.json"],
}


@pytest.mark.parametrize("paths", NAMES.values(), ids=NAMES)
def test_names_that_are_one_on_many_disks_are_refused(paths: list[str]) -> None:
    assert "are one on many disks" in refusal(archive(dict.fromkeys(paths, SHOWN)))


@pytest.mark.parametrize(
    "path", ["modules/shop/a.bal.", "modules/shop/a.bal ", "modules/shop /a.bal", "a.bal:b"]
)
def test_a_name_that_is_another_one_on_windows_is_refused(path: str) -> None:
    assert "is another one on Windows" in refusal(archive({path: SHOWN}))


def test_sources_behind_backslashes_are_not_taken_for_those_of_a_module() -> None:
    message = refusal(archive({"modules/shop/main.bal": COMPILED, "modules\\shop\\more.bal": SHOWN}))
    assert "some of its paths have backslashes, and others slashes" in message


def test_bytes_that_spell_one_name_or_two_are_refused() -> None:
    """The library here reads names without a mark as those of DOS, others read them as UTF-8."""
    marked = archive({"modules/shop/\u00e9.bal": COMPILED, "modules/shop/ee.bal": SHOWN})
    unmarked = marked.replace(b"modules/shop/ee.bal", "modules/shop/\u00e9.bal".encode())
    assert "are one on many disks" in refusal(unmarked)


def test_a_field_that_gives_an_entry_another_name_hides_no_source() -> None:
    """Later versions of Python believe it: here the source would be a folder, and nothing in it be read."""
    name, other = b"modules/shop/more.bal", b"docs/"
    info = zipfile.ZipInfo(name.decode())
    info.extra = struct.pack("<HHBL", 0x7075, 5 + len(other), 1, zlib.crc32(name)) + other
    stream = io.BytesIO(compiled())
    with zipfile.ZipFile(stream, "a") as opened:
        opened.writestr(info, SHOWN)
    found = read_archive(stream.getvalue(), name="x.bala", provenance=Provenance("bala"))
    assert len(found.modules[0].files) == 2


def test_folders_in_folders_take_no_more_memory_than_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("semverdiff.limits.ARCHIVE_ENTRIES", 1_000)
    content = zip_of({f"{at}/{'a/' * 500}x": "" for at in range(900)})
    tracemalloc.start()
    message = refusal(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "it has more than 1,000 folders" in message
    assert peak < 20 * 2**20


def test_what_is_refused_ends_the_check(semver: Semver, tmp_path: Path) -> None:
    old, honest, hostile = (tmp_path / name for name in ("old.bala", "honest.bala", "hostile.bala"))
    old.write_bytes(archive({"modules/shop/main.bal": SHOWN}, "1.0.0"))
    honest.write_bytes(compiled())
    hostile.write_bytes(with_a_later_end())
    assert semver("check", honest, "--baseline", old).code == UNDER_BUMPED
    for one, other in ((hostile, old), (honest, hostile)):
        ended = semver("check", one, "--baseline", other)
        assert (ended.code, ended.out) == (COULD_NOT_COMPLETE, "")
        assert "is not trusted" in ended.err
