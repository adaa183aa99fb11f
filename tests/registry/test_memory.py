"""Hostile answers and large archives: whatever a registry sends, little of it is in memory at a time."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.archives import build_bala
from support.central import Fault, Published, delivered, serve_central, with_body
from support.registries import NAME, ORGANIZATION, bala

from semverdiff import limits
from semverdiff.registry import Limits

_MOST = 200 * 10**6
_LIMITS = Limits(archive=64 * 2**20)

# The high-water mark of a process that was started by a larger one begins above it, except for this one.
_PROGRAM = """
import json, sys
from pathlib import Path
from semverdiff.baselines import Auto, resolve
from semverdiff.registry import Limits, environment_from
from msgspec.structs import replace
from semverdiff.errors import SemverdiffError
from semverdiff.artifact import Provenance
from semverdiff.packages import Package
environment = {"SEMVERDIFF_CENTRAL_URL": sys.argv[1], "SEMVERDIFF_CACHE_DIR": sys.argv[2]}
candidate = Package("acme", "shop", "1.4.0", (), Provenance("directory"))
environment = replace(environment_from(environment, Path(sys.argv[2])), agent="semverdiff/1.2.3")
if len(sys.argv) > 3:
    environment = replace(environment, limits=Limits(archive=int(sys.argv[3])))
try:
    outcome = resolve(Auto(), candidate.identity, environment).package.version
except SemverdiffError as error:
    outcome = error.code
status = Path("/proc/self/status").read_text()
print(outcome, next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def _with_library(size: int) -> bytes:
    """Build an archive most of which is no source: a native library, packed as it is."""
    stream = io.BytesIO(bala("1.3.0"))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("platform/java21/driver.jar", bytes(size))
    return stream.getvalue()


def _bomb() -> bytes:
    """Build a small archive whose sources unpack to more than what is accepted."""
    files = {f"modules/{NAME}/part{number}.bal": "//" + "x" * 10**6 for number in range(120)}
    return build_bala(ORGANIZATION, NAME, "1.3.0", files)


def _filled(piece: bytes, opening: bytes = b"[", closing: bytes = b"]") -> bytes:
    """Repeat a piece of JSON as often as an answer may be long."""
    count = (_LIMITS.answer - 2) // (len(piece) + 1)
    return opening + b",".join([piece] * count) + closing


ANSWERS = {
    "many versions": (Fault("versions", with_body(_filled(b'"1.0.0"'))), "1.0.0"),
    "many lists": (Fault("versions", with_body(_filled(b"[]"))), "no-baseline"),
    "many objects": (Fault("versions", with_body(_filled(b'{"":0}'))), "no-baseline"),
    "many keys": (Fault("metadata", with_body(_filled(b'"a":{}', b"{", b"}"))), "network"),
    "a long list": (Fault("versions", with_body(bytes(2 * _LIMITS.answer))), "network"),
    "too large an archive": (Fault("file", with_body(bytes(_LIMITS.archive + 1))), "network"),
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the peak")
@pytest.mark.parametrize("name", [*ANSWERS, "unannounced", "a bomb"])
def test_no_answer_takes_more_than_200_megabytes(tmp_path: Path, repository: Path, name: str) -> None:
    content, fault, expected = bala("1.3.0"), None, "1.3.0"
    match name:
        case "unannounced":
            fault = Fault(
                "file", lambda reply: delivered("chunked")(with_body(bytes(2 * _LIMITS.archive))(reply))
            )
            expected = "network"
        case "a bomb":
            content, expected = _bomb(), "unreadable-archive"
        case _:
            fault, expected = ANSWERS[name]
    versions = [
        Published(ORGANIZATION, NAME, one, content if one == "1.3.0" else bala("1.0.0"))
        for one in ("1.3.0", "1.0.0")
    ]
    with serve_central(versions, [fault] if fault is not None else []) as central:
        outcome, peak = _run(central.address, tmp_path, repository, str(_LIMITS.archive))
    assert outcome == expected
    assert peak < _MOST
    kept = sum(file.stat().st_size for file in tmp_path.rglob("*.bala"))
    assert kept in {0, len(content)}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the peak")
def test_a_native_library_of_200_megabytes_takes_no_more_memory_than_a_small_one(
    tmp_path: Path, repository: Path
) -> None:
    peaks = []
    for size in (1, 200 * 10**6):
        folder = tmp_path / str(size)
        content = _with_library(size)
        with serve_central([Published(ORGANIZATION, NAME, "1.3.0", content)]) as central:
            outcome, downloaded = _run(central.address, folder, repository)
            again, stored = _run(central.address, folder, repository)
        assert (outcome, again) == ("1.3.0", "1.3.0")
        assert central.endpoints == ("versions", "metadata", "file")
        assert [file.stat().st_size for file in folder.rglob("*.bala")] == [len(content)]
        peaks.append(max(downloaded, stored))
    assert peaks[1] < peaks[0] + 2 * limits.DOWNLOAD_MEMORY_BYTES


def _run(address: str, folder: Path, repository: Path, *limit: str) -> tuple[str, int]:
    """Return the version that a process finds, or its error, and the most bytes of memory that it had."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, address, str(folder), *limit],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(repository)},
    )
    outcome, kibibytes = done.stdout.split()
    return outcome, int(kibibytes) * 1024
