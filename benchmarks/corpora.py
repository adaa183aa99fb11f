"""Does semverdiff hold on real packages? Every package and every release pair of a folder of repositories.

    python benchmarks/corpora.py DIR [--only NAME...] [--sample 100] [--json FILE]

DIR holds clones or bare mirrors (DIR/*, or DIR/*/repo). Of each package at HEAD: does a token scan that
shares nothing with the grammar count the same public declarations, and does the package equal itself with a
comment line more in each file? Of each two releases in a row (tags, by version): is there an answer, how
soon, and what are the findings?
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
import platform
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import __version__
from semverdiff.api import Surface, describe
from semverdiff.ballerina import assess
from semverdiff.config import Settings
from semverdiff.errors import SemverdiffError
from semverdiff.packages import find_revision, read_revision, tags_of
from semverdiff.packages.git_commands import Question
from semverdiff.packages.git_repository import open_directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.packages import GitRepository, Module, Package, SourceFile

_PROCESSES = 2
_FEW_PACKAGES = 5  # some repositories renamed theirs
_LEVELS = ("major", "minor", "patch")
_TAG = re.compile(r"(?:(?P<package>.*?)-)?v?\.?(?P<version>[0-9]+\.[0-9]+\.[0-9]+(?:-.*)?)")
_TREE = Question(("ls-tree", "-r", "-t", "-z", "--full-tree"), "all files", "", "")
_BLOB = Question(("cat-file", "blob"), "a manifest", "", "")
_NO_PACKAGE = re.compile(r"test|example|sample|build-config|template|performance", re.IGNORECASE)

# What is text, and how deep a word stands.
_TOKEN = re.compile(rb'//[^\n]*|#[^\n]*|"(?:\\.|[^"\\\n])*"|`[^`]*`|[{}()\[\]]|\'?[A-Za-z_]\w*')
_KINDS = frozenset({"annotation", "class", "configurable", "enum", "function", "listener", "type"})
_QUALIFIERS = frozenset({"isolated", "transactional", "distinct", "client", "readonly", "service", "final"})


@dataclass(frozen=True, slots=True)
class Release:
    """A package directory at a commit. `tree` is its id in git: equal trees are equal packages."""

    repository: Path
    commit: str
    folder: str
    tree: str
    package: str
    version: str


@dataclass(frozen=True, slots=True)
class Head:
    """What was seen of a package at HEAD; `differences` are kinds with our count and that of the scan."""

    package: str
    public: int = 0
    differences: dict[str, tuple[int, int]] = field(default_factory=dict)
    self_findings: list[str] = field(default_factory=list)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What comparing two releases gave; `error` says why there is no answer."""

    package: str
    old: str
    new: str
    seconds: float = 0.0
    same_sources: bool = False
    levels: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    error: str | None = None
    crashed: bool = False


def main() -> None:
    """Look at every repository, print a summary, write JSON if asked for."""
    arguments = _arguments()
    places = _repositories(arguments.corpora, arguments.only)
    started = time.time()
    with multiprocessing.Pool(_PROCESSES) as pool:
        heads = pool.map(_look_at, list(chain.from_iterable(pool.map(_heads, places))), chunksize=1)
        found = (_sampled(pairs, arguments.sample) for pairs in pool.map(_release_pairs, places, chunksize=1))
        pairs = pool.map(_compare, list(chain.from_iterable(found)), chunksize=1)
    run = {"sample_of_many_packages": arguments.sample or "all", "seconds": round(time.time() - started)}
    text = _json_text(run | _about_code(places) | _about_heads(heads) | _about_pairs(pairs))
    print(text[: text.index('  "findings_by_rule_and_level"')], end="")
    if arguments.json is not None:
        arguments.json.write_text(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpora", type=Path, help="the folder of repositories")
    parser.add_argument("--only", nargs="*", help="repositories whose name ends so")
    parser.add_argument(
        "--sample", type=int, default=0, help="at most so many pairs of a repository of many packages"
    )
    parser.add_argument("--json", type=Path, help="where to write the figures")
    return parser.parse_args()


def _repositories(folder: Path, endings: list[str] | None) -> list[Path]:
    """Return the repositories of a folder: each a child of it, or the `repo` in one."""
    children = sorted(child for child in folder.iterdir() if child.is_dir())
    places = [child / "repo" if (child / "repo").is_dir() else child for child in children]
    return [place for place in places if endings is None or _label(place).endswith(tuple(endings))]


def _label(place: Path) -> str:
    name = place.parent.name if place.name == "repo" else place.name
    return name.rpartition("+")[2]


def _opened(place: Path) -> GitRepository:
    """Return a clone, or a bare repository: nobody but this program says which directories these are."""
    inside = place / ".git"
    return open_directory(inside if inside.exists() else place)


def _place(repository: GitRepository) -> Path:
    return repository.directory.parent if repository.directory.name == ".git" else repository.directory


def _heads(place: Path) -> list[Release]:
    repository = _opened(place)
    return list(_packages(repository, find_revision(repository, "HEAD").commit))


def _packages(repository: GitRepository, commit: str) -> Iterator[Release]:
    """Find the package directories of a commit, with the name and version that their Ballerina.toml says."""
    listing = repository.ask(_TREE, commit).output or b""
    facts = [line.partition("\t") for line in listing.decode(errors="surrogateescape").split("\0")[:-1]]
    oids = {path: fact.split()[2] for fact, _, path in facts}
    oids[""] = commit  # as good as a tree: another commit may be another package
    folders = [path.rpartition("/")[0] for path in oids if path.rpartition("/")[2] == "Ballerina.toml"]
    # In the repository of one module everything else with a manifest is a fixture.
    main = [folder for folder in folders if folder == "ballerina" or folder.endswith("-ballerina")]
    for folder in main or [folder for folder in folders if not _NO_PACKAGE.search(folder)]:
        file = f"{folder}/Ballerina.toml".removeprefix("/")
        manifest = repository.ask(_BLOB, oids[file]).output or b""
        name, version = _said(b"name", manifest), _said(b"version", manifest)
        yield Release(_place(repository), commit, folder, oids[folder], name or folder, version or "0.0.0")


def _said(key: bytes, manifest: bytes) -> str | None:
    found = re.search(rb'^\s*%s\s*=\s*"(.*?)"' % key, manifest, re.MULTILINE)
    return found[1].decode() if found else None


def releases(place: Path) -> list[Release]:
    """Return the packages of every tag of a repository."""
    return list(_releases(_opened(place)))


def _releases(repository: GitRepository) -> Iterator[Release]:
    for tag in tags_of(repository):
        named = _TAG.fullmatch(tag)
        if named is None:
            continue
        packages = list(_packages(repository, find_revision(repository, tag).commit))
        if named["package"] is not None:
            packages = _meant(named["package"], packages)
        if len(packages) == 1:
            packages = [dataclasses.replace(packages[0], version=named["version"])]
        # Otherwise one tag is for many packages, and each says its own version.
        yield from packages


def _meant(name: str, packages: list[Release]) -> list[Release]:
    """Find the package that a tag names by the last part of its directory, or by the start of that."""
    exact = [one for one in packages if one.folder.rpartition("/")[2] == name]
    near = [one for one in packages if any(part.startswith(name) for part in one.folder.split("/"))]
    return (exact or near)[:1]


def _release_pairs(place: Path) -> list[tuple[Release, Release]]:
    series: dict[str, dict[str, Release]] = defaultdict(dict)
    for release in releases(place):
        series[release.package].setdefault(release.version, release)
    pairs = []
    for found in series.values():
        ordered = sorted(found.values(), key=lambda one: _order(one.version))
        pairs += [(old, new) for old, new in pairwise(ordered) if old.tree != new.tree]
    return pairs


def _order(version: str) -> tuple[list[int], bool, list[tuple[int, str]]]:
    """Order versions as people meant them: `alpha10` comes after `alpha9`."""
    release, _, pre_release = version.partition("-")
    words = re.findall(r"[0-9]+|[a-z]+", pre_release.lower())
    numbers = [int(number) for number in re.findall(r"[0-9]+", release)]
    return numbers, not pre_release, [(int(word), "") if word.isdigit() else (0, word) for word in words]


def _sampled(pairs: list[tuple[Release, Release]], limit: int) -> list[tuple[Release, Release]]:
    """Choose some pairs of a repository of many packages; those of one package stay complete."""
    many = len({old.package for old, _ in pairs}) > _FEW_PACKAGES
    if not limit or not many or len(pairs) <= limit:
        return pairs
    return random.Random(limit).sample(pairs, limit)  # noqa: S311 (the same pairs in every run)


def read(release: Release) -> Package:
    """Return the package of a release."""
    repository = _opened(release.repository)
    return read_revision(repository, find_revision(repository, release.commit), release.folder)


def _look_at(release: Release) -> Head:
    try:
        package = read(release)
        modules = describe(Surface(package))
        commented = assess(package, _commented(package), Settings(Path(), strict=True))
    except Exception as error:  # noqa: BLE001 (a fault is a result of this program)
        return Head(release.package, error=f"{type(error).__name__}: {error}")
    ours = Counter(symbol.kind for module in modules for symbol in module.symbols)
    scanned = _scanned(package.modules)
    return Head(
        package.name,
        public=ours.total(),
        differences={
            kind: (ours[kind], scanned[kind]) for kind in ours | scanned if ours[kind] != scanned[kind]
        },
        self_findings=[f"{one.rule} {one.symbol}" for one in commented.findings],
    )


def _commented(package: Package) -> Package:
    def commented(file: SourceFile) -> SourceFile:
        return replace(file, content=b"// A remark.\n" + file.content)

    modules = [replace(one, files=tuple(map(commented, one.files))) for one in package.modules]
    return replace(package, modules=tuple(modules))


def _scanned(modules: Iterable[Module]) -> Counter[str]:
    """Count `public` outside of all brackets by the word that says what is declared."""
    found: Counter[str] = Counter()
    for module in modules:
        for file in module.files if module.exported else ():
            found.update(_declared_kinds(_outer_words(file.content)))
    return found


def _outer_words(content: bytes) -> list[str]:
    words, depth = [], 0
    for match in _TOKEN.finditer(content):
        text = match[0].decode()
        if text in "{([":
            depth += 1
        elif text in "})]":
            depth -= 1
        elif depth == 0 and text[0] not in '/#"`':
            words.append(text)
    return words


def _declared_kinds(words: list[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        if word != "public":
            continue
        first, second, *_ = [*(word for word in words[at + 1 : at + 7] if word not in _QUALIFIERS), "", ""]
        if first == "const" and second != "annotation":
            yield "constant"
        else:
            yield next((kind for kind in (first, second) if kind in _KINDS), "variable")


def _compare(pair: tuple[Release, Release]) -> Pair:
    old, new = pair
    label = (f"{_label(old.repository)}:{old.package}", old.version, new.version)
    try:
        packages = read(old), read(new)
        started = time.perf_counter()
        assessment = assess(*packages, Settings(Path()))
    except Exception as error:  # noqa: BLE001 (a fault is a result of this program)
        crashed = not isinstance(error, SemverdiffError)
        return Pair(*label, error=f"{type(error).__name__}: {error}"[:300], crashed=crashed)
    return Pair(
        *label,
        seconds=round(time.perf_counter() - started, 3),
        same_sources=assessment.same_sources,
        levels=Counter(one.level.word for one in assessment.findings),
        rules=Counter(f"{one.rule} {one.level.word}" for one in assessment.findings),
        skipped=len(assessment.skipped),
    )


def _about_code(places: list[Path]) -> dict[str, object]:
    def commit_of(place: Path) -> str:
        return find_revision(_opened(place), "HEAD").commit

    return {
        "semverdiff": __version__,
        "commit": commit_of(Path(__file__).parent),
        "python": platform.python_version(),
        "repositories": {_label(place): commit_of(place) for place in places},
    }


def _about_heads(heads: list[Head]) -> dict[str, object]:
    figures = {
        "packages": len(heads),
        "public_declarations": sum(head.public for head in heads),
        "errors": [[head.package, head.error] for head in heads if head.error],
        "count_differs": [[head.package, head.differences] for head in heads if head.differences],
        "not_equal_to_itself": [[head.package, head.self_findings] for head in heads if head.self_findings],
    }
    return {"packages_at_head": figures}


def _about_pairs(pairs: list[Pair]) -> dict[str, object]:
    rules = sum((pair.rules for pair in pairs), Counter[str]())
    answered = [pair for pair in pairs if pair.error is None]
    seconds = sorted(pair.seconds for pair in answered if not pair.same_sources) or [0.0]
    return {
        "release_pairs": {
            "with_changed_directory": len(pairs),
            "with_equal_sources": sum(pair.same_sources for pair in answered),
            "refused": Counter(one.error.partition(":")[0] for one in pairs if one.error and not one.crashed),
            "crashed": [[pair.package, pair.old, pair.new, pair.error] for pair in pairs if pair.crashed],
            "with_skipped_declarations": sum(pair.skipped > 0 for pair in answered),
            "seconds_where_sources_differ": {"median": seconds[len(seconds) // 2], "most": seconds[-1]},
            "findings": {word: sum(pair.levels[word] for pair in pairs) for word in _LEVELS},
        },
        "findings_by_rule_and_level": dict(rules.most_common()),
        "pairs_package_old_new_major_minor_patch_seconds": [
            [pair.package, pair.old, pair.new, *(pair.levels[word] for word in _LEVELS), pair.seconds]
            for pair in answered
            if pair.levels
        ],
    }


def _json_text(document: dict[str, object]) -> str:
    """Write JSON with a line for each entry of the second level: short, and good to compare."""
    lines = []
    for key, value in document.items():
        text = json.dumps(value)
        if isinstance(value, dict):
            inner = [f"    {json.dumps(name)}: {json.dumps(one)}" for name, one in value.items()]
            text = "{\n" + ",\n".join(inner) + "\n  }"
        elif isinstance(value, list):
            text = "[\n" + ",\n".join(f"    {json.dumps(one)}" for one in value) + "\n  ]"
        lines.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    main()
