from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from support.archives import zip_of
from support.vein_modules import module_of, write_module

from semverdiff.artifact import Provenance
from semverdiff.errors import ArchiveError, NothingToCheckError, UsageError
from semverdiff.vein.shard import (
    Author,
    Shard,
    ShardDependency,
    Urls,
    read_shard,
    read_shard_file,
    read_unpacked_shard,
)

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = write_module(module_of())
MANIFEST: dict[str, object] = {
    "name": "demo",
    "version": "1.0.0-Beta.1",
    "description": "A demonstration",
    "authors": [{"name": "A. Author", "github": "author"}],
    "license": "MIT",
    "preview": True,
    "isWorkload": False,
    "urls": {"repository": "https://example.org/demo", "other": "{}"},
    "keywords": [],
    "dependencies": [{"Name": "std", "Version": "0.30.9.3"}],
    "requireLicenseAcceptance": False,
}


def files(manifest: object = MANIFEST) -> dict[str, str | bytes]:
    """Return the files of a shard."""
    return {
        "lib/demo.wll": CONTENT,
        "icon.png": b"",
        "readme.md": "# Demo",
        "manifest.json": json.dumps(manifest),
    }


def read(entries: dict[str, str | bytes]) -> Shard:
    return read_shard(zip_of(entries), "demo.shard", Provenance("gallery"))


def refusal(entries: dict[str, str | bytes]) -> str:
    with pytest.raises(ArchiveError) as caught:
        read(entries)
    return str(caught.value)


def test_a_shard_has_a_manifest_and_a_module() -> None:
    shard = read(files())
    manifest = shard.manifest
    assert (manifest.name, manifest.version, manifest.license) == ("demo", "1.0.0-Beta.1", "MIT")
    assert manifest.description == "A demonstration"
    assert manifest.authors == (Author("A. Author", "author"),)
    assert manifest.urls == Urls(repository="https://example.org/demo", other="{}")
    assert (manifest.is_preview, manifest.is_workload) == (True, False)
    assert manifest.dependencies == (ShardDependency("std", "0.30.9.3"),)
    assert (shard.module.name, shard.module.il, shard.module_path) == ("demo", 28, "lib/demo.wll")
    assert shard.files == ("icon.png", "manifest.json", "readme.md")
    assert shard.provenance == Provenance("gallery")


def test_nulls_are_left_out_of_a_manifest() -> None:
    manifest = read(files({"name": "demo", "version": "1.0", "license": None})).manifest
    assert (manifest.version, manifest.license, manifest.authors, manifest.dependencies) == (
        "1.0",
        "",
        (),
        (),
    )
    assert manifest.urls == Urls()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ({"Name": "std", "Version": "0.30"}, ("std", "0.30")),
        ({"name": "std", "version": "0.30"}, ("std", "0.30")),
        ({"name": "std", "version": {"OriginalVersion": "0.30"}}, ("std", "0.30")),
        ({"name": "std", "version": {"version": "0.30"}}, ("std", "0.30")),
        ({"name": "std", "version": {"Major": 0}}, ("std", "")),
        ({"name": 1}, ("", "")),
    ],
)
def test_dependencies_have_two_spellings(written: dict[str, object], read_as: tuple[str, str]) -> None:
    (dependency,) = read(files({**MANIFEST, "dependencies": [written]})).manifest.dependencies
    assert (dependency.name, dependency.version) == read_as


@pytest.mark.parametrize("name", ["Demo", "DEMO"])
def test_the_names_of_manifest_and_module_are_compared_without_case(name: str) -> None:
    assert read(files({**MANIFEST, "name": name})).manifest.name == name


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (files({**MANIFEST, "name": "other"}), "its manifest calls it 'other', and its module 'demo'"),
        (files({**MANIFEST, "name": "../demo"}), "'name' in manifest.json: expected a letter, then letters"),
        (files({**MANIFEST, "name": "a" * 300}), "'name' in manifest.json: expected a letter, then letters"),
        (files({**MANIFEST, "version": "x.y"}), "'version' in manifest.json: expected a version as in 1.2.3"),
        (files({"name": "demo"}), "manifest.json cannot be read ('Object missing required field `version`')"),
        (files({**MANIFEST, "name": 1}), "manifest.json cannot be read ('Expected `str`, got `int`"),
        (files([]), "manifest.json cannot be read ('Expected `object`, got `array`')"),
        ({**files(), "manifest.json": "{"}, "manifest.json cannot be read ('Input data was truncated')"),
        ({**files(), "manifest.json": b'{"name": "\xff"}'}, "manifest.json cannot be read ("),
        (
            {**files(), "manifest.json": '{"x":' + "[" * 10_000 + "]" * 10_000 + "}"},
            "manifest.json is nested too deeply",
        ),
        ({"lib/demo.wll": CONTENT}, "it has no manifest.json"),
        ({"manifest.json": json.dumps(MANIFEST)}, "expected one module in 'lib', found none"),
        (
            {**files(), "lib/other.wll": CONTENT},
            "expected one module in 'lib', found 'demo.wll', 'other.wll'",
        ),
    ],
)
def test_a_broken_shard_is_refused_with_a_sentence(entries: dict[str, str | bytes], said: str) -> None:
    told = refusal(entries)
    assert told.startswith(f"'demo.shard' is a broken shard: {said}")
    assert told.endswith("Build the shard, or get it from its publisher, again.")


def test_a_manifest_may_begin_with_a_byte_order_mark() -> None:
    marked = b"\xef\xbb\xbf" + json.dumps(MANIFEST).encode()
    assert read({**files(), "manifest.json": marked}).manifest.name == "demo"


def test_a_broken_module_is_named_by_its_path() -> None:
    assert refusal({**files(), "lib/demo.wll": b""}).startswith("'lib/demo.wll' is empty")


def test_a_workload_has_nothing_to_check() -> None:
    workload: dict[str, str | bytes] = {"workload.manifest.json": "{}", "manifest.json": "{}"}
    with pytest.raises(NothingToCheckError, match=r"^'demo\.shard' is a workload") as caught:
        read(workload)
    assert caught.value.exit_code == 4
    # What lies beside a library does not hide it.
    assert read({**files(), "workload.manifest.json": "{}"}).module.name == "demo"


# The archive is looked at as every archive is; what differs is what it is called.


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "'demo.shard' is empty: expected a shard of Vein (.shard)."),
        (b"\xff\xff\xff\xff", "'demo.shard' is not a shard of Vein: expected a zip file (.shard)."),
        (b"hello", "'demo.shard' is not a shard of Vein: expected a zip file (.shard)."),
    ],
)
def test_what_is_no_archive_is_refused_by_the_name_of_its_kind(content: bytes, said: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        read_shard(content, "demo.shard", Provenance("gallery"))
    assert str(caught.value) == said


def test_a_shard_on_disk_has_its_digest(tmp_path: Path) -> None:
    content = zip_of(files())
    path = tmp_path / "demo-1.0.shard"
    path.write_bytes(content)
    assert read_shard_file(path).provenance == Provenance("shard", digest=hashlib.sha256(content).hexdigest())
    with pytest.raises(UsageError, match=r"is not a regular file: expected a shard of Vein \(\.shard\)\."):
        read_shard_file(tmp_path)


def test_a_shard_that_was_unpacked_is_read_from_its_directory(tmp_path: Path) -> None:
    for path, content in files().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content)
    assert read_unpacked_shard(tmp_path, Provenance("local")).manifest == read(files()).manifest
    (tmp_path / "manifest.json").unlink()
    (tmp_path / "manifest.json").symlink_to("/etc/passwd")
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_unpacked_shard(tmp_path, Provenance("local"))


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("demo-1.0.0", "1.0.0"),
        ("demo-1.0", "1.0"),
        ("demo-1.0.0.3", "1.0.0.3"),
        ("demo-1.1.0-beta.2", "1.1.0-Beta.2"),
        ("demo-2.0.0", "2.0.0"),
    ],
)
def test_shards_of_the_reference_are_read(shared: Path, name: str, version: str) -> None:
    shard = read_shard_file(shared / "vein" / "shard-made" / f"{name}.shard")
    assert (shard.manifest.version, shard.module.il) == (version, 28)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("manifest", "is a broken shard: 'version' in manifest.json"),
        ("name", "is a broken shard: its manifest calls it 'other'"),
        ("no-lib", "is a broken shard: expected one module in 'lib', found none"),
        ("path", "is not trusted: the path '../evil.wll' leads out of it"),
        ("two-modules", "is a broken shard: expected one module in 'lib', found 'demo.wll', 'other.wll'"),
    ],
)
def test_bad_shards_of_the_reference_are_refused(shared: Path, name: str, said: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        read_shard_file(shared / "vein" / "shard-made" / f"bad-{name}.shard")
    assert said in str(caught.value)
