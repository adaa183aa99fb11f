"""Hostile answers: whatever a registry sends, the process stays below 200 MB."""

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

from semverdiff.registry import Limits

_MOST = 200 * 10**6
_LIMITS = Limits()

# The high-water mark of a process that was started by a larger one begins above it, except for this one.
_PROGRAM = """
import json, sys
from pathlib import Path
from semverdiff.baselines import Auto, resolve
from semverdiff.registry import environment_from
from msgspec.structs import replace
from semverdiff.errors import SemverdiffError
from semverdiff.packages import Package, Provenance
environment = {"SEMVERDIFF_CENTRAL_URL": sys.argv[1], "SEMVERDIFF_CACHE_DIR": sys.argv[2]}
candidate = Package("acme", "shop", "1.4.0", (), Provenance("directory"))
environment = replace(environment_from(environment, Path(sys.argv[2])), agent="semverdiff/1.2.3")
try:
    outcome = resolve(Auto(), candidate.identity, environment).package.version
except SemverdiffError as error:
    outcome = error.code
status = Path("/proc/self/status").read_text()
print(outcome, next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def _padded() -> bytes:
    """Build an archive as large as is accepted: most of it is no source, as a driver's would be."""
    stream = io.BytesIO(bala("1.3.0"))
    with zipfile.ZipFile(stream, "a") as archive:
        left = _LIMITS.archive - len(stream.getvalue()) - 2**16
        archive.writestr("platform/java21/driver.jar", bytes(left))
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
    "many lists": (Fault("versions", with_body(_filled(b"[]"))), "network"),
    "many objects": (Fault("versions", with_body(_filled(b'{"":0}'))), "network"),
    "many keys": (Fault("metadata", with_body(_filled(b'"a":{}', b"{", b"}"))), "network"),
    "a long list": (Fault("versions", with_body(bytes(2 * _LIMITS.answer))), "network"),
    "too large an archive": (Fault("file", with_body(bytes(_LIMITS.archive + 1))), "network"),
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the peak")
@pytest.mark.parametrize("name", [*ANSWERS, "unannounced", "the largest archive", "a bomb"])
def test_no_answer_takes_more_than_200_megabytes(tmp_path: Path, repository: Path, name: str) -> None:
    content, fault, expected = bala("1.3.0"), None, "1.3.0"
    match name:
        case "unannounced":
            fault = Fault(
                "file", lambda reply: delivered("chunked")(with_body(bytes(2 * _LIMITS.archive))(reply))
            )
            expected = "network"
        case "the largest archive":
            content = _padded()
        case "a bomb":
            content, expected = _bomb(), "unreadable-archive"
        case _:
            fault, expected = ANSWERS[name]
    versions = [
        Published(ORGANIZATION, NAME, one, content if one == "1.3.0" else bala("1.0.0"))
        for one in ("1.3.0", "1.0.0")
    ]
    with serve_central(versions, [fault] if fault is not None else []) as central:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, central.address, str(tmp_path)],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": str(repository)},
        )
    outcome, peak = done.stdout.split()
    assert outcome == expected
    assert int(peak) * 1024 < _MOST
    kept = sum(file.stat().st_size for file in tmp_path.rglob("*.bala"))
    assert kept in {0, len(content)}
