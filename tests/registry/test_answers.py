"""Answers of registries by their shape: for each place that is read, each kind of value that may be there.

What cannot be a version is skipped with a note; everything else that is not of the expected shape ends the
run. Nothing of it makes a first release.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.central import Fault, json_value, serve_central, with_body, with_header, without_header
from support.maven import serve_maven
from support.registries import bala, candidate, published, version_of

from semverdiff.baselines import InRepository
from semverdiff.errors import BaselineError, NetworkError, SemverdiffError

if TYPE_CHECKING:
    from pathlib import Path

    from support.registries import Find

TABLE = [published("1.3.0")]

SHAPES: dict[str, object] = {
    "null": None,
    "true": True,
    "false": False,
    "zero": 0,
    "number": 17,
    "fraction": 1.5,
    "empty text": "",
    "text": "anything",
    "half of a character": "\ud800",
    "control characters": "\x1b[31m\x00",
    "long text": "9" * 100_000,
    "empty list": [],
    "list": ["1.3.0"],
    "lists": [[[]]],
    "empty object": {},
    "object": {"version": "1.3.0"},
}
TEXTS = {"empty text", "text", "control characters", "long text"}


def outcome(find: Find, fault: Fault) -> str:
    """Return the version that is found and what is noted, or what the error is called."""
    with serve_central(TABLE, [fault]) as central:
        try:
            found = find(central.address)
        except SemverdiffError as error:
            return error.code if str(error).isprintable() else "unprintable"
    assert "".join(found.notes).isprintable()
    return found.package.version if found.package is not None else "first release"


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_of_versions_is_a_list(find: Find, shape: str) -> None:
    expected = {"empty list": "first release", "list": "1.3.0", "lists": "no-baseline"}
    fault = Fault("versions", json_value(SHAPES[shape]))
    assert outcome(find, fault) == expected.get(shape, "network")


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_bad_entry_in_a_list_of_versions_is_skipped_with_a_note(find: Find, shape: str) -> None:
    listed = [SHAPES[shape], "1.3.0", SHAPES[shape]]
    with serve_central(TABLE, [Fault("versions", json_value(listed))]) as central:
        found = find(central.address)
        again = find(central.address)
    assert version_of(found) == "1.3.0"
    assert found.published == ("1.3.0",)
    (note,) = found.notes
    assert note.startswith("published versions that cannot be read were skipped: '")
    assert note.isprintable()
    assert len(note) < 300
    assert again.notes == found.notes


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (None, "'null'"),
        (17, "'a number'"),
        (True, "'a boolean'"),
        ({}, "'a table'"),
        ([], "'an array'"),
        ("x", "'x'"),
    ],
)
def test_the_note_names_the_entry_or_its_kind(find: Find, entry: object, said: str) -> None:
    with serve_central(TABLE, [Fault("versions", json_value(["1.3.0", entry]))]) as central:
        assert find(central.address).notes == (
            f"published versions that cannot be read were skipped: {said}",
        )


@pytest.mark.slow
@pytest.mark.parametrize("shape", sorted(SHAPES.keys() - {"list"}))
def test_a_list_of_bad_entries_alone_is_no_first_release(find: Find, shape: str) -> None:
    with (
        serve_central(TABLE, [Fault("versions", json_value([SHAPES[shape]]))]) as central,
        pytest.raises(BaselineError, match="none of the published versions of acme/shop can be read"),
    ):
        find(central.address)


DESCRIBED: dict[str, set[str]] = {
    "organization": set(),
    "name": set(),
    "version": set(),
    "platform": {"null", "empty text", "text"},
    "digest": {"null", *TEXTS},
    "isDeprecated": {"null", "true", "false"},
    "deprecateMessage": {"null", *TEXTS},
    "balaURL": {"null", "empty text"},
    "nobody's key": set(SHAPES),
}
"""What the description of a version may hold under each key, so that the version is found nevertheless."""


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("key", DESCRIBED)
def test_a_description_has_texts_where_texts_belong(find: Find, key: str, shape: str) -> None:
    fault = Fault("metadata", lambda reply: json_value(json.loads(reply.body) | {key: SHAPES[shape]})(reply))
    assert outcome(find, fault) == ("1.3.0" if shape in DESCRIBED[key] else "network")


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_description_is_an_object_about_the_version(find: Find, shape: str) -> None:
    assert outcome(find, Fault("metadata", json_value(SHAPES[shape]))) == "network"


@pytest.mark.parametrize(
    "digest", ["", "sha-256", "sha-256=", "md5=0", "=", "sha-256=zz", "SHA-256 = {right}"]
)
def test_a_digest_in_the_redirect_of_an_archive_is_compared_or_none(find: Find, digest: str) -> None:
    faults = [
        Fault(
            "metadata",
            lambda reply: json_value(json.loads(reply.body) | {"balaURL": None, "digest": None})(reply),
        ),
        Fault("pull", with_header("digest", digest.format(right=published("1.3.0").digest[8:].upper()))),
    ]
    with serve_central(TABLE, faults) as central:
        if digest in {"sha-256", "sha-256=", "sha-256=zz"}:
            with pytest.raises(NetworkError, match="is not what the registry announced"):
                find(central.address)
            return
        found = find(central.address)
    assert found.package is not None
    assert found.package.provenance.digest_verified is ("{right}" in digest)


@pytest.mark.parametrize("kind", ["application/json", "application/hal+json", "APPLICATION/JSON;x=y", ""])
def test_json_is_known_by_its_type_or_has_none(find: Find, kind: str) -> None:
    change = with_header("Content-Type", kind) if kind else without_header("Content-Type")
    assert outcome(find, Fault("versions", change)) == "1.3.0"


@pytest.mark.parametrize("kind", ["text/plain", "application/jsonp", "text/json", "json"])
def test_what_is_no_json_by_its_type_is_not_read(find: Find, kind: str) -> None:
    assert outcome(find, Fault("versions", with_header("Content-Type", kind))) == "network"


@pytest.mark.parametrize("body", [b'["1.3.0"]x', b"[1e999]", b"[NaN]", b'["1.3.0",]', b"[-]", b" "])
def test_json_is_read_whole_or_not_at_all(find: Find, body: bytes) -> None:
    assert outcome(find, Fault("versions", with_body(body))) in {"network", "no-baseline"}


INDEXES = {
    "": "network",
    "<metadata/>": "no-baseline",
    "<metadata><versioning/></metadata>": "no-baseline",
    "<metadata><versioning><versions/></versioning></metadata>": "no-baseline",
    "<metadata><version>1.3.0</version></metadata>": "no-baseline",
    "<metadata><versioning><versions><version/></versions></versioning></metadata>": "no-baseline",
    "<metadata><versioning><versions><version>x</version></versions></versioning></metadata>": "no-baseline",
    "<metadata><versioning><versions><version>1.<b/>3.0</version></versions></versioning>"
    "</metadata>": "1.3.0",
    "<metadata><versioning><versions><version> 1.3.0\n</version></versions></versioning></metadata>": "1.3.0",
    "<metadata><versioning><versions><version>x</version><version>1.3.0</version></versions></versioning>"
    "</metadata>": "1.3.0",
    "<metadata><versioning><versions><version>1.3.0</version>": "network",
    "<!DOCTYPE metadata><metadata/>": "network",
    "<html><body>Nothing here</body></html>": "no-baseline",
    '["1.3.0"]': "network",
}


@pytest.mark.parametrize("index", INDEXES)
def test_an_index_of_maven_is_xml_with_versions(find: Find, tmp_path: Path, index: str) -> None:
    (tmp_path / "Settings.toml").write_text("[[repository.maven]]\nid = 'nexus'\nurl = '{}'\n")
    files = {
        "acme/shop/maven-metadata.xml": index.encode(),
        "acme/shop/1.3.0/shop-1.3.0.bala": bala("1.3.0"),
    }
    with serve_maven(files) as maven:
        (tmp_path / "Settings.toml").write_text(
            f"[[repository.maven]]\nid = 'nexus'\nurl = '{maven.address}'\n"
        )
        try:
            found = version_of(find("http://127.0.0.1:1/2.0/registry", InRepository("nexus"), of=candidate()))
        except SemverdiffError as error:
            found = error.code
    assert found == INDEXES[index]
