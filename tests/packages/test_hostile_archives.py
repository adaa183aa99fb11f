"""Archives that were built to do harm, and those that something happened to."""

from __future__ import annotations

import io
import os
import stat
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.archives import build_bala, build_toml_bala, zip_of

from semverdiff import limits
from semverdiff.artifact import Provenance
from semverdiff.errors import ArchiveError, SemverdiffError, UsageError
from semverdiff.packages import Package, archive, read_archive, read_archive_file, read_package

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = build_bala("acme", "shop", "1.0.0", {"modules/shop/main.bal": "public function f() {}\n" * 9})
GOOD_TOML = build_toml_bala(
    '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n', {"main.bal": "// x\n"}
)


def read(content: bytes) -> Package:
    return read_archive(content, name="x.bala", provenance=Provenance("central"))


def refusal(content: bytes) -> str:
    with pytest.raises(ArchiveError) as caught:
        read(content)
    return str(caught.value)


def with_entry(change: Callable[[zipfile.ZipInfo], None], content: str = "x") -> bytes:
    """Add an entry to a good archive."""
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as opened:
        info = zipfile.ZipInfo("resources/x.txt")
        change(info)
        opened.writestr(info, content)
    return buffer.getvalue()


def patched(content: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """Overwrite bytes in the last header of a kind."""
    at = content.rindex(signature) + offset
    return content[:at] + value + content[at + len(value) :]


CENTRAL = b"PK\x01\x02"


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../x.bal",
        "modules/../../x.bal",
        "modules/shop/..",
        "..\\x.bal",
        "modules\\..\\..\\x.bal",
        "\\windows\\x.bal",
        "C:\\x.bal",
        "c:x.bal",
    ],
)
def test_a_path_that_leads_out_of_the_archive_is_refused(path: str) -> None:
    message = refusal(zip_of({"package.json": "{}", path: ""}))

    assert message.startswith(f"'x.bala' is not trusted: the path '{path}' leads out of it.")


def test_a_link_is_refused() -> None:
    def link(info: zipfile.ZipInfo) -> None:
        info.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "'resources/x.txt' is a symbolic link" in refusal(with_entry(link, "/etc/passwd"))


def test_a_device_is_refused() -> None:
    def device(info: zipfile.ZipInfo) -> None:
        info.external_attr = (stat.S_IFCHR | 0o666) << 16

    assert "'resources/x.txt' is not a regular file" in refusal(with_entry(device))


@pytest.mark.filterwarnings("ignore:Duplicate name")  # what zipfile says about writing such an archive
@pytest.mark.parametrize(
    "second", ["modules/shop/main.bal", "modules//shop/./main.bal", "modules\\shop\\main.bal"]
)
def test_two_entries_of_one_path_are_refused(second: str) -> None:
    def again(info: zipfile.ZipInfo) -> None:
        info.filename = info.orig_filename = second

    assert "it has two entries 'modules/shop/main.bal'" in refusal(with_entry(again))


@pytest.mark.parametrize(
    "path", ["modules/shop/a\nb.bal", "modules/shop/a\x1b[31m.bal", "modules/shop/\u202ea.bal"]
)
def test_a_path_that_would_garble_a_report_is_refused(path: str) -> None:
    assert "holds characters that cannot be printed" in refusal(zip_of({"package.json": "{}", path: ""}))


def test_a_path_that_no_disk_could_hold_is_refused() -> None:
    assert "is longer than 1,024 characters" in refusal(zip_of({"package.json": "{}", "a/" * 600 + "x": ""}))


def test_an_encrypted_entry_is_refused() -> None:
    content = patched(GOOD, CENTRAL, 8, b"\x01\x00")

    assert refusal(content) == "'x.bala' cannot be read: 'modules/shop/main.bal' is encrypted."


def test_an_entry_that_unpacks_to_many_times_its_size_is_refused() -> None:
    content = with_entry(lambda info: setattr(info, "compress_type", zipfile.ZIP_DEFLATED), "0" * 2_000_000)

    assert "'resources/x.txt' unpacks to more than 200 times its size" in refusal(content)


def test_a_small_entry_may_be_repetitive() -> None:
    content = with_entry(lambda info: setattr(info, "compress_type", zipfile.ZIP_DEFLATED), "0" * 1_000_000)

    assert read(content).name == "shop"


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    # The declared size passes every check; the content is shorter, or goes on behind it.
    for size in (1, 10**6):
        content = patched(GOOD, CENTRAL, 24, struct.pack("<I", size))

        assert "'x.bala' is damaged at 'modules/shop/main.bal'" in refusal(content)


def test_entries_that_share_their_bytes_are_refused() -> None:
    content = patched(GOOD, CENTRAL, 20, struct.pack("<I", len(GOOD) + 1))

    assert "its entries overlap" in refusal(content)


@pytest.mark.parametrize(
    ("limit", "value", "expected"),
    [
        ("ARCHIVE_BYTES", 100, "'x.bala' is too large: expected at most 100 bytes"),
        ("ARCHIVE_ENTRIES", 4, "it has more than 4 entries"),
        ("TEXT_BYTES", 100, "takes more than 100 bytes"),
        ("TEXTS_BYTES", 300, "its sources and manifests take more than 300 bytes"),
        ("UNPACKED_BYTES", 400, "it unpacks to more than 400 bytes"),
    ],
)
def test_every_size_has_a_limit(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, expected: str
) -> None:
    monkeypatch.setattr(limits, limit, value)

    assert expected in refusal(GOOD)


def test_every_limit_itself_is_still_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as opened:
        entries = opened.infolist()
    texts = [info.file_size for info in entries if info.filename.endswith((".bal", ".json", ".toml"))]
    largest = {
        "ARCHIVE_BYTES": len(GOOD),
        "ARCHIVE_ENTRIES": len(entries),
        "PATH_CHARACTERS": max(len(info.filename) for info in entries),
        "TEXT_BYTES": max(texts),
        "TEXTS_BYTES": sum(texts),
        "UNPACKED_BYTES": sum(info.file_size for info in entries),
    }
    for limit, value in largest.items():
        monkeypatch.setattr(limits, limit, value)

    assert read(GOOD).name == "shop"


def test_what_is_no_source_and_no_manifest_takes_nothing_from_the_limit_of_texts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = with_entry(lambda _: None, "x" * 1000)
    monkeypatch.setattr(limits, "TEXT_BYTES", 999)
    monkeypatch.setattr(limits, "TEXTS_BYTES", 999)

    assert read(content).name == "shop"


def test_a_folder_with_the_name_of_a_source_is_none() -> None:
    for path in ("modules/shop/x.bal/", "modules\\shop\\x.bal\\"):

        def folder(info: zipfile.ZipInfo, path: str = path) -> None:
            info.filename = info.orig_filename = path

        (module,) = read(with_entry(folder, "")).modules
        assert [file.path for file in module.files] == ["modules/shop/main.bal"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "'x.bala' is empty"),
        (b"<html>Not found</html>", "'x.bala' is not a Ballerina archive: expected a zip file"),
        (b"PK", "'x.bala' is truncated or damaged: 'File is not a zip file'. Download or build it again."),
        (GOOD[:-30], "'x.bala' is truncated or damaged"),
        (GOOD[: len(GOOD) // 2], "'x.bala' is truncated or damaged"),
        (b"\xff\xff\xff\xff\x00", "'x.bala' has the binary format of 2018"),
    ],
)
def test_what_is_no_whole_zip_is_refused(content: bytes, expected: str) -> None:
    assert refusal(content).startswith(expected)


@pytest.mark.parametrize("method", [1, 6, 9, 12, 14, 93, 99])
def test_a_compression_that_bal_does_not_know_is_refused(method: int) -> None:
    content = patched(GOOD, CENTRAL, 10, struct.pack("<H", method))

    assert "'modules/shop/main.bal' is packed by a method that no archive of 'bal' has" in refusal(content)


HIDDEN = b"public function hidden() {}\n"
SHOWN = b"// nothing\n"


def with_hidden(declared: bytes, packed: bytes, crc: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive with a source that declares some bytes, and packs others behind them."""
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a", method) as archive:
        archive.writestr("modules/shop/hidden.bal", packed)
    content = patched(stream.getvalue(), CENTRAL, 16, struct.pack("<I", zlib.crc32(crc)))
    return patched(content, CENTRAL, 24, struct.pack("<I", len(declared)))


@pytest.mark.parametrize("declared", [b"", SHOWN, SHOWN + HIDDEN[:1]])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_code_behind_the_declared_end_of_a_source_is_refused(declared: bytes, method: int) -> None:
    """Readers that unpack to the end would compile it: one archive would be two packages."""
    for crc in (declared, SHOWN + HIDDEN):
        content = with_hidden(declared, SHOWN + HIDDEN, crc, method)
        assert "'x.bala' is damaged at 'modules/shop/hidden.bal'" in refusal(content)


def test_what_is_packed_behind_the_end_of_a_source_is_refused() -> None:
    deflated = zlib.compressobj(wbits=-15)
    packed = deflated.compress(SHOWN) + deflated.flush()
    for behind in (b"x", b"x" * 10_000, packed, b"x" * (len(SHOWN) + 64 - len(packed)), b"x" * 100):
        stored = with_hidden(packed + behind, packed + behind, SHOWN, zipfile.ZIP_STORED)
        content = patched(stored, CENTRAL, 10, struct.pack("<H", zipfile.ZIP_DEFLATED))
        content = patched(content, CENTRAL, 24, struct.pack("<I", len(SHOWN)))
        assert "'x.bala' is damaged at 'modules/shop/hidden.bal'" in refusal(content)


@pytest.mark.parametrize("size", [0, 1, 100_000])
@pytest.mark.parametrize("level", [0, 1, 9])
def test_a_source_that_cannot_be_packed_any_smaller_is_read(size: int, level: int) -> None:
    text = Random(1).randbytes(size).hex().encode()  # noqa: S311 (only to be incompressible)
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr("modules/shop/more.bal", b"// " + text)
    files = {file.path: file.content for module in read(stream.getvalue()).modules for file in module.files}
    assert files["modules/shop/more.bal"] == b"// " + text


def test_damaged_content_is_named_with_its_entry() -> None:
    at = GOOD.index(b"modules/shop/main.bal") + len("modules/shop/main.bal") + 2
    content = GOOD[:at] + b"\xff\xff" + GOOD[at + 2 :]

    assert "'x.bala' is damaged at 'modules/shop/main.bal'" in refusal(content)


def test_folders_and_years_before_1980_are_tolerated() -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as opened:
        opened.mkdir("modules/shop.empty")
    content = patched(buffer.getvalue(), CENTRAL, 12, b"\x00\x00\x00\x00")

    assert [module.name for module in read(content).modules] == ["shop"]


def test_messages_name_the_file_and_never_its_directory(tmp_path: Path) -> None:
    file = tmp_path / "broken.bala"
    file.write_bytes(b"PK\x03\x04")

    with pytest.raises(ArchiveError) as caught:
        read_package(file)

    assert "'broken.bala'" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_file_too_large_for_an_archive_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "x.bala"
    with file.open("wb") as opened:
        opened.truncate(limits.ARCHIVE_BYTES + 1)

    with pytest.raises(ArchiveError, match=r"^'x\.bala' .* [0-9,]+ bytes\.$"):
        read_package(file)


def test_what_is_neither_a_directory_nor_a_file_is_no_package(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UsageError, match=r"^'pipe' is not a regular file: expected a package directory"):
        read_package(tmp_path / "pipe")


def test_a_file_that_the_system_cannot_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"cannot be read: File name too long\.$"):
        read_archive_file(tmp_path / f"{'a' * 300}.bala")


@given(st.binary(max_size=400).map(lambda tail: b"PK\x05\x06" + tail) | st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(SemverdiffError):
        read(content)


@pytest.mark.slow
@settings(max_examples=400)
@given(
    st.sampled_from([GOOD, GOOD_TOML]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_any_damage_to_an_archive_is_survived(content: bytes, changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(content)
    for position, value in changes:
        damaged[position % len(damaged)] = value

    try:
        package = read(bytes(damaged))
    except SemverdiffError as error:
        assert error.mistakes  # noqa: PT017 (both ends are fine)
    else:
        assert package.name


@settings(max_examples=60)
@given(st.sampled_from([GOOD, GOOD_TOML]), st.data())
def test_any_beginning_of_an_archive_is_refused(content: bytes, data: st.DataObject) -> None:
    length = data.draw(st.integers(0, len(content) - 23))

    with pytest.raises(ArchiveError):
        read(content[:length])


@pytest.mark.slow
@settings(max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(
            ["package.json", "bala.json", "dependency-graph.json", "Bala.toml", "Ballerina.toml"]
        ),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["name", "organization", "version", "export", "modules", "packages", "org"]
                    ),
                    inner,
                )
            ),
        ).map(repr)
        | st.binary(max_size=60),
        min_size=1,
    )
)
def test_any_manifest_is_read_or_refused(manifests: dict[str, str | bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in manifests.items():
            encoded = content if isinstance(content, bytes) else content.replace("'", '"').encode()
            (Path(folder) / name).write_bytes(encoded)
        with pytest.raises(SemverdiffError):
            read_package(Path(folder))
        with pytest.raises(SemverdiffError):
            read(zip_of(dict(manifests)))


def test_a_source_whose_own_header_has_another_name_is_refused() -> None:
    """Readers that go from header to header would find it under that name."""
    content = GOOD.replace(b"modules/shop/main.bal", b"modules/shop/mine.bal", 1)
    assert "'x.bala' is damaged at 'modules/shop/main.bal'" in refusal(content)


def test_a_source_that_is_packed_without_an_end_is_refused() -> None:
    deflated = zlib.compressobj(wbits=-15)
    packed = deflated.compress(SHOWN) + deflated.flush(zlib.Z_SYNC_FLUSH)
    stored = with_hidden(packed, packed, SHOWN, zipfile.ZIP_STORED)
    content = patched(stored, CENTRAL, 10, struct.pack("<H", zipfile.ZIP_DEFLATED))
    content = patched(content, CENTRAL, 24, struct.pack("<I", len(SHOWN)))
    at = content.rindex(b"PK\x03\x04") + 8
    content = content[:at] + struct.pack("<H", zipfile.ZIP_DEFLATED) + content[at + 2 :]
    assert "expected 11 bytes, and nothing behind them" in refusal(content)


def test_entries_are_counted_wherever_the_pieces_end_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    count = GOOD.count(CENTRAL)
    for size in (*range(1, 9), *range(300, 340)):
        monkeypatch.setattr(archive, "_PIECE_BYTES", size)
        monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", count)
        assert read(GOOD).version == "1.0.0"
        monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", count - 1)
        assert f"it has more than {count - 1} entries" in refusal(GOOD)
