"""Whatever objects a repository holds, a revision is a package or an error, and reading it writes nothing."""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.git_repositories import repository_at
from support.packages import manifest

from semverdiff.errors import SemverdiffError
from semverdiff.packages import Package, open_repository, read_revision
from semverdiff.packages.git_repository import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE = b"public function f() {}\n"
BLOBS = (CODE, manifest().encode(), b"", b"\xff\xfe\0", b"[package", b"../../elsewhere")
NAMES = (
    *(b"Ballerina.toml", b"lib.bal", b"modules", b"generated", b"more", b"Semver.toml", b"Dependencies.toml"),
    *(b".git", b"..", b".", b"a/b.bal", b"", b"-rf", b"\xff.bal", b"\x1b[31m.bal", b"x\ny.bal", b"LIB.bal"),
)
MODES = (
    b"100644",
    b"100644",
    b"100755",
    b"40000",
    b"120000",
    b"160000",
    b"100666",
    b"0",
    b"x",
    b"999999999999",
)


class Tree(NamedTuple):
    """Entries of a tree as git stores them: mode, name, and a blob, a tree, or the id of nothing."""

    entries: tuple[tuple[bytes, bytes, bytes | Tree | int], ...]


def trees(held: st.SearchStrategy[bytes | Tree | int]) -> st.SearchStrategy[bytes | Tree | int]:
    usual = st.one_of(
        st.tuples(st.just(b"100644"), st.sampled_from(NAMES), st.sampled_from(BLOBS)),
        st.tuples(st.just(b"40000"), st.sampled_from(NAMES), held),
    )
    any_entry = st.tuples(st.sampled_from(MODES), st.sampled_from(NAMES), held)
    entries = st.lists(usual | any_entry, max_size=6)
    return entries.map(lambda found: Tree(tuple(found)))


objects = st.recursive(st.sampled_from(BLOBS) | st.integers(0, 2**64), trees, max_leaves=12)
valid = (b"100644", b"Ballerina.toml", manifest().encode())
roots = trees(objects).map(
    lambda tree: Tree((*tree.entries, valid)) if isinstance(tree, Tree) else tree
) | trees(objects)


def store(repository: Path, kind: str, content: bytes) -> bytes:
    """Write an object past every check that git makes, and return its id."""
    whole = f"{kind} {len(content)}\0".encode() + content
    oid = hashlib.sha1(whole, usedforsecurity=False)
    file = repository / ".git" / "objects" / oid.hexdigest()[:2] / oid.hexdigest()[2:]
    file.parent.mkdir(exist_ok=True)
    if not file.exists():
        file.write_bytes(zlib.compress(whole))
    return oid.digest()


def store_all(repository: Path, held: bytes | Tree | int) -> bytes:
    match held:
        case bytes():
            return store(repository, "blob", held)
        case int():
            return hashlib.sha1(str(held).encode(), usedforsecurity=False).digest()
    written = [(mode, name, store_all(repository, one)) for mode, name, one in held.entries]
    return store(repository, "tree", b"".join(b"%s %s\0%s" % entry for entry in written))


def listing(repository: Path) -> Mapping[Path, int]:
    return {path: path.stat().st_mtime_ns for path in repository.rglob("*")}


def read(repository: Path, root: bytes | Tree | int) -> Package | SemverdiffError:
    tree = store_all(repository, root)
    text = f"tree {tree.hex()}\nauthor a <a@b> 0 +0000\ncommitter a <a@b> 0 +0000\n\nx\n"
    commit = store(repository, "commit", text.encode()).hex()
    before = listing(repository)
    try:
        return read_revision(open_repository(repository), Revision("x", commit), "")
    except SemverdiffError as error:
        return error
    finally:
        assert listing(repository) == before


@pytest.mark.slow
def test_any_tree_is_a_package_or_an_error() -> None:
    with tempfile.TemporaryDirectory() as folder:
        repository = repository_at(Path(folder))

        @settings(max_examples=60)
        @given(roots)
        def law(root: bytes | Tree | int) -> None:
            found = read(repository, root)
            if isinstance(found, SemverdiffError):
                assert found.mistakes
                return
            for module in found.modules:
                for file in module.files:
                    assert ".." not in PurePosixPath(file.path).parts
                    assert file.content in BLOBS

        law()


@pytest.mark.slow
def test_a_tree_of_usual_entries_is_a_package(tmp_path: Path) -> None:
    more = Tree(((b"40000", b"more", Tree(((b"100644", b"m.bal", CODE),))),))
    root = Tree((valid, (b"100644", b"lib.bal", CODE), (b"40000", b"modules", more)))
    found = read(repository_at(tmp_path), root)
    assert isinstance(found, Package)
    assert [(module.name, [file.path for file in module.files]) for module in found.modules] == [
        ("shop", ["lib.bal"]),
        ("shop.more", ["modules/more/m.bal"]),
    ]
