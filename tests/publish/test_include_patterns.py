"""What `include` packs: patterns as `bal pack` reads them, and none that takes long."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff import limits
from semverdiff.publish.include_patterns import Path as Packed
from semverdiff.publish.include_patterns import included_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILES = ("a.txt", "docs/a.txt", "docs/deep/b.md", "conf/Config.toml", "target/a.txt", "x/docs/c.txt")


def _paths(files: Iterable[str]) -> tuple[Packed, ...]:
    """Return files, and the folders around them."""
    folders = {
        "/".join(parts[:length])
        for parts in (file.split("/") for file in files)
        for length in range(1, len(parts))
    }
    found = [Packed(one, is_folder=True) for one in folders] + [Packed(one) for one in files]
    return tuple(sorted(found, key=lambda one: one.path))


@pytest.mark.parametrize(
    ("patterns", "packed"),
    [
        (["a.txt"], ["a.txt", "docs/a.txt"]),
        (["/a.txt"], ["a.txt"]),
        (["/docs/a.txt"], []),
        (["docs"], ["docs/a.txt", "docs/deep/b.md", "x/docs/c.txt"]),
        (["/docs"], ["docs/a.txt", "docs/deep/b.md"]),
        (["docs/"], ["docs/a.txt", "docs/deep/b.md", "x/docs/c.txt"]),
        (["a.txt/"], []),
        (["docs/*.txt"], ["docs/a.txt", "x/docs/c.txt"]),
        (["docs/**"], ["docs/a.txt", "docs/deep/b.md", "x/docs/c.txt"]),
        (["docs/**/*.md"], ["docs/deep/b.md"]),
        (["x/**.txt"], ["x/docs/c.txt"]),
        (["**.md"], ["docs/deep/b.md"]),
        # Each `**` leads into other folders for itself.
        (["x**c.t**t"], ["x/docs/c.txt"]),
        (["?.txt"], ["a.txt", "docs/a.txt", "x/docs/c.txt"]),
        (["[bc].*"], ["docs/deep/b.md", "x/docs/c.txt"]),
        (["[!a].txt"], ["x/docs/c.txt"]),
        (["*.{md,toml}"], ["conf/Config.toml", "docs/deep/b.md"]),
        (["config.toml"], []),
        (["*.txt", "!docs/a.txt"], ["a.txt", "x/docs/c.txt"]),
        (["!a.txt", "a.txt"], ["a.txt", "docs/a.txt"]),
        # What lies in a folder that was matched is packed with it.
        (["docs", "!a.txt"], ["docs/a.txt", "docs/deep/b.md", "x/docs/c.txt"]),
        (["target"], []),
    ],
)
def test_patterns_pack_these_files(patterns: list[str], packed: list[str]) -> None:
    assert list(included_paths(patterns, _paths(_FILES)).files) == packed


@pytest.mark.parametrize("pattern", ["[a", "{a,b", "a}", "{a,{b}}", "x[", "a/[b"])
def test_a_bracket_without_an_end_is_no_pattern(pattern: str) -> None:
    assert included_paths([pattern], _paths(_FILES)).broken == (0,)


def test_patterns_that_match_nothing_are_told_by_their_number() -> None:
    found = included_paths(["a.txt", "nothing", "!nothing"], _paths(_FILES))
    assert found.idle == (1, 2)


def test_an_escaped_sign_stands_for_itself() -> None:
    assert included_paths([r"\[a\]"], _paths(["[a]", "a"])).files == ("[a]",)


@pytest.mark.parametrize(
    ("patterns", "why"),
    [
        (["x" * 513], "more than 512 characters"),
        (["{a,b}" * 7], "more than 64 others"),
        (["a**b" * 2 + "/" + "a**b/" * 7], "more than 64 others"),
        (["x"] * (limits.INCLUDE_PATTERNS + 1), "more than 200 patterns"),
    ],
)
def test_a_pattern_that_is_too_much_is_not_known(patterns: list[str], why: str) -> None:
    ((_, unknown),) = included_paths(patterns, _paths(_FILES)).unknown
    assert why in unknown.why


def test_too_many_files_for_all_patterns_are_not_compared() -> None:
    files = tuple(Packed(f"f{number}") for number in range(40_000))
    found = included_paths([f"no{number}" for number in range(100)], files)
    assert "too many files" in found.unknown[0][1].why


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 250 + "b", "a" * 255),
        ("**/a/" * 100 + "b", "/".join(["a"] * 500)),
        ("[a]*" * 128, "a" * 254 + "!"),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    start = time.process_time()
    included_paths([pattern], _paths([path])[-1:] * 20)
    assert time.process_time() - start < 2


_SIGN = st.sampled_from(["a", "b", "*", "?", "/", "**", "[ab]", "."])
_NAMES = st.lists(st.sampled_from(["a", "b", "ab", "a.b", ".a"]), min_size=1, max_size=4).map("/".join)


def _expression(pattern: str) -> re.Pattern[str]:
    """Return a pattern as Java compiles it, `**/` in front."""
    parts = re.findall(r"\*\*|\*|\?|\[ab\]|.", pattern.strip("/"), re.DOTALL)
    signs = {"**": ".*", "*": "[^/]*", "?": "[^/]", "[ab]": "[ab]"}
    return re.compile("(?:.*/)?" + "".join(signs.get(part) or re.escape(part) for part in parts))


@given(st.lists(_SIGN, min_size=1, max_size=6).map("".join), _NAMES)
def test_a_pattern_matches_what_the_expression_of_java_matches(pattern: str, path: str) -> None:
    # Java asks for a name where two slashes follow each other, and for one before `/**/`: nobody writes that.
    if "//" in pattern or not pattern.strip("/*") or re.search(r"(^|[^*/])\*\*/|/\*\*|\*\*\*", pattern):
        return
    if pattern.startswith(("/", "!")) or pattern.endswith("/"):
        return
    packed = included_paths([pattern], (Packed(path),)).files
    assert bool(packed) == (_expression(pattern).fullmatch(path) is not None)


def test_a_name_with_many_stars_is_given_up_before_all_that_it_stands_for_is_written() -> None:
    # Each `**` inside of a name doubles the patterns: of forty of them nobody would see the end.
    found = included_paths(["a" + "**a" * 40], _paths(["a.txt"]))
    assert [at for at, _ in found.unknown] == [0]
