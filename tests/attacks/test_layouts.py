"""Whoever sends a package lays something beside its sources, so that a break passes or nothing is checked.

The victim is a check of a directory against a published version. The change removes a field, and its version
is too low. The attacker puts one more thing into the directory: of any name that means something to somebody,
and of any kind that a disk knows.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Semver

NAMES = (
    # What `bal` reads.
    *("Ballerina.toml", "Dependencies.toml", "Cloud.toml", "Config.toml", "Bala.toml", "bala.json"),
    *(
        "package.json",
        "Package.md",
        "Module.md",
        "README.md",
        "orders.bal",
        "more.bal",
        "modules",
        "generated",
    ),
    *("tests", "resources", "target", "libs", "modules/m", "modules/m/m.bal", "modules/m/Module.md"),
    *(
        "modules/m.n/x.bal",
        "modules/M/x.bal",
        "modules/-m/x.bal",
        "modules/m/modules/k/x.bal",
        "generated/g.bal",
    ),
    *("generated/m/g.bal", "tests/t.bal", "core/Ballerina.toml", "core/core.bal"),
    # What this program reads.
    *("Semver.toml", "shop.api", "API.txt", ".git"),
    # What is spelt oddly.
    *(" .bal", ".bal", "..bal", "-x.bal", "x\n.bal", "::error::x.bal", "con.bal", "ORDERS.BAL", "\u00e9.bal"),
    "x" * 251 + ".bal",
)
TEXTS = {
    "the old sources": OLD.encode(),
    "the new sources": NEW.encode(),
    "another manifest": manifest("1.3.9", "other").encode(),
    "a workspace": b'[workspace]\npackages = ["core", "."]\n',
    "a workspace that holds itself": b'[workspace]\npackages = ["../new", "core/../core"]\n',
    "settings": b'[check]\nbaseline = "none"\n',
    "a way to another repository": b"gitdir: ../old/.git\n",
    "a way to itself": b"gitdir: .git\n",
    "an object": b"{}",
    "brackets": b'{"a":' * 2_000,
    "a list without an end": b"a = " + b"[" * 3_000,
    "zeros": bytes(100),
    "no text": bytes(range(256)),
    "nothing": b"",
}
LINKS = {
    "a link to itself": "{name}",
    "a link to the directory around it": "..",
    "a link to the old version": "../old",
    "a link to nothing": "nowhere",
    "a link to a device without an end": "/dev/zero",
    "a link to a file of the machine": "/etc/passwd",
    "a link to the input": "/dev/stdin",
}


def _text(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _link(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target.format(name=path.name))


KINDS: dict[str, Callable[[Path], object]] = {
    **{kind: _text(content) for kind, content in TEXTS.items()},
    **{kind: _link(target) for kind, target in LINKS.items()},
    "a directory": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_lies_beside_the_sources_a_break_does_not_pass(
    semver: Semver, tmp_path: Path, kind: str
) -> None:
    old = write_package(tmp_path / "old", {"orders.bal": OLD}, version="1.3.0")
    for number, name in enumerate(NAMES):
        root = write_package(tmp_path / str(number) / "new", {"orders.bal": NEW}, version="1.3.1")
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_dir():
            place.unlink(missing_ok=True)
        elif kind != "a directory":
            place.rmdir()
        if not place.is_dir():
            KINDS[kind](place)
        ended = semver("check", root, "--baseline", old, "--offline")
        # Only a source that holds the whole old version takes nothing from clients.
        takes_nothing = name == "orders.bal" and kind == "the old sources"
        assert ended.code == 0 if takes_nothing else ended.code in {1, 2, 3, 4}, name
        assert "has a fault" not in ended.err, name
        assert "root:" not in ended.out + ended.err, name
