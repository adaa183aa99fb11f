"""What users write after `--baseline`, and what they meant where they mistyped it."""

from __future__ import annotations

from pathlib import Path

import pytest

from semverdiff.baselines import (
    LATEST_TAG,
    AtApiFile,
    AtPath,
    AtRevision,
    Auto,
    Central,
    InRepository,
    Local,
    NoBaseline,
    Spec,
    parse_spec,
)
from semverdiff.errors import UsageError
from semverdiff.versions import parse_version


def nothing_exists(_: str) -> bool:
    return False


def test_a_path_is_known_by_the_separators_of_the_system_and_by_the_usual_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.sep", "%")
    for text in ("releases%old", "releases/old"):
        assert isinstance(parse_spec(text, exists=nothing_exists), AtPath)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("auto", Auto()),
        ("none", NoBaseline()),
        ("1.2.3", Central(parse_version("1.2.3"))),
        ("2.0.0-rc.1", Central(parse_version("2.0.0-rc.1"))),
        ("central", Central()),
        ("central:1.2.3", Central(parse_version("1.2.3"))),
        ("local", Local()),
        ("local:0.1.0", Local(parse_version("0.1.0"))),
        ("file:old.bala", AtPath(Path("old.bala"))),
        ("file:none", AtPath(Path("none"))),
        ("api:api/shop.api", AtApiFile(Path("api/shop.api"))),
        ("shop.api", AtPath(Path("shop.api"))),
        ("file:C:/old.bala", AtPath(Path("C:/old.bala"))),
        ("git:HEAD~1", AtRevision("HEAD~1")),
        ("git:v1.2.3:", AtRevision("v1.2.3", "")),
        ("git:v1.2.3:./", AtRevision("v1.2.3", "")),
        ("git:origin/main:ballerina//shop/", AtRevision("origin/main", "ballerina/shop")),
        ("git:latest-tag", AtRevision(LATEST_TAG)),
        ("repository:nexus", InRepository("nexus")),
        ("repository:my-nexus.2:1.2.3", InRepository("my-nexus.2", parse_version("1.2.3"))),
        ("old.bala", AtPath(Path("old.bala"))),
        ("old.balo", AtPath(Path("old.balo"))),
        ("./1.2.3", AtPath(Path("1.2.3"))),
        ("..", AtPath(Path(".."))),
        (".shop", AtPath(Path(".shop"))),
        ("releases/old", AtPath(Path("releases/old"))),
        ("/releases/old", AtPath(Path("/releases/old"))),
    ],
)
def test_reads_every_form(text: str, expected: Spec) -> None:
    assert parse_spec(text, exists=nothing_exists) == expected


def test_a_bare_word_is_a_path_where_something_has_that_name() -> None:
    assert parse_spec("old", exists=lambda name: name == "old") == AtPath(Path("old"))


def test_looks_for_bare_words_in_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").mkdir()
    monkeypatch.chdir(tmp_path)
    assert parse_spec("old") == AtPath(Path("old"))
    with pytest.raises(UsageError):
        parse_spec("older")


@pytest.mark.parametrize("text", ["auto", "1.2.3", "local"])
def test_words_and_versions_go_before_files_of_the_same_name(text: str) -> None:
    assert not isinstance(parse_spec(text, exists=lambda _: True), AtPath)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("autto", "did you mean 'auto'?"),
        ("AUTO", "did you mean 'auto'?"),
        ("centrl", "did you mean 'central'?"),
        ("lokal", "did you mean 'local'?"),
        ("centrall:1.2.3", "did you mean 'central:1.2.3'?"),
        ("fil:old", "did you mean 'file:old'?"),
        ("gti:HEAD", "did you mean 'git:HEAD'?"),
        ("v1.2.3", "did you mean 1.2.3?"),
        ("1.2", "did you mean 1.2.0?"),
        ("1.2", "'./1.2'"),
        ("central:latest", "found 'latest'"),
        ("local:", "names no version"),
        ("file:", "needs the path of a .bala or a directory"),
        ("file", "needs the path of a .bala or a directory"),
        ("api:", "needs the path of an API file"),
        ("apo:a", "did you mean 'api:a'?"),
        ("git:", "'git:' names no revision"),
        ("git:--upload-pack=x", "names no revision"),
        ("git::/message", "names no revision"),
        ("git:main\n", "names no revision"),
        ("git:main:/ballerina", "leads out of the repository"),
        ("git:main:a/../../b", "leads out of the repository"),
        ("repository:", "names no repository"),
        ("repository:..", "names no repository"),
        ("repository:a/b", "names no repository"),
        ("repository:nexus:latest", "found 'latest'"),
        ("", "a baseline is auto, none, a version"),
        ("xyzzy", "no file or directory of that name"),
    ],
)
def test_says_what_was_probably_meant(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_spec(text, exists=nothing_exists)
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["central:1.2", "local:1.2", "repository:nexus:1.2"])
def test_only_a_bare_version_may_have_been_meant_as_a_directory(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_spec(text, exists=nothing_exists)
    assert "a directory of that name" not in str(caught.value)


def test_suggests_nothing_that_is_far_away() -> None:
    with pytest.raises(UsageError) as caught:
        parse_spec("xyzzy", exists=nothing_exists)
    assert "did you mean" not in str(caught.value)
