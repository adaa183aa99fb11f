"""Runs a target under atheris, which looks for inputs that reach new code, or by chance alone.

    make fuzz TARGET=toml RUNS=1000000
    make fuzz TARGET=toml RUNS=1000000 GUIDED=no

In the folder are the corpus, which grows and is the start of the next run, and the input of a failure, which
ends the run. The last line says how many inputs were tried, the most memory, and the longest input.

To watch which code an input reaches takes three quarters of the time. Without that as many inputs are tried
in a quarter of it, made of the corpus that the other runs have left.
"""

from __future__ import annotations

import argparse
import importlib
import mmap
import os
import pkgutil
import resource
import signal
import struct
import sys
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import semverdiff

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fuzz.targets import Target

_SECONDS = 25
"""For one input: thousands of times what the slowest takes."""
_MEBIBYTES = 2_048
_STRUCTURED = 0.7
"""How often an input is mutated by its structure, and not by bytes as libFuzzer does it."""


def main() -> int:
    """Run a target in a process of its own, which libFuzzer ends as it likes, and say what was tried."""
    parser = argparse.ArgumentParser(prog="fuzz", description="Try inputs of a target, led by coverage.")
    parser.add_argument("target")
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--guided", choices=("yes", "no"), default="yes")
    parser.add_argument("--seed", type=int, default=1, help="of the chance that is not guided")
    arguments = parser.parse_args()
    tried = mmap.mmap(-1, 16)  # how many inputs, and the longest: shared with the child
    child = os.fork()
    if child == 0:
        folder = arguments.folder / arguments.target
        if arguments.guided == "yes":
            _guided(arguments.target, arguments.runs, folder, tried)
        else:
            _by_chance(arguments.target, arguments.runs, folder, tried, Random(arguments.seed))  # noqa: S311 (no secret)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count, longest = struct.unpack("QQ", tried)
    mebibytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    outcome = "no failure" if status == 0 else f"FAILED ({status})"
    print(f"{arguments.target}: {outcome}, {count:,} inputs, {mebibytes:,} MiB, longest {longest:,} bytes")
    return 0 if status == 0 else 1


def _by_chance(name: str, runs: int, folder: Path, tried: mmap.mmap, random: Random) -> None:
    """Try mutations of the corpus, and write down the first one that fails."""
    target, seeds, corpus = _prepared(name, folder)
    check = _counted(target, tried)
    known = [file.read_bytes() for file in sorted(corpus.iterdir())]
    for _ in range(runs):
        data = random.choice(known)
        for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
            data = target.mutate(data, random, seeds)
        data = data[: target.longest]
        signal.alarm(_SECONDS)
        try:
            check(data)
        except BaseException:
            (folder / f"crash-{sha256(data).hexdigest()}").write_bytes(data)
            raise


def _prepared(name: str, folder: Path) -> tuple[Target, Sequence[bytes], Path]:
    """Return a target, its seeds, and the folder of its corpus, which has the seeds in it."""
    target: Target = importlib.import_module("fuzz.targets").TARGETS[name]
    seeds, corpus = target.seeds(), folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / sha256(seed).hexdigest()).write_bytes(seed)
    return target, seeds, corpus


def _counted(target: Target, tried: mmap.mmap) -> Callable[[bytes], None]:
    """Return the check of a target that counts inputs, and notes the longest."""
    count = longest = 0

    def check(data: bytes) -> None:
        nonlocal count, longest
        count += 1
        longest = max(longest, len(data))
        tried[:] = struct.pack("QQ", count, longest)
        target.check(data)

    return check


def _guided(name: str, runs: int, folder: Path, tried: mmap.mmap) -> None:
    import atheris  # noqa: PLC0415 (not every system has it)

    with atheris.instrument_imports(include=["semverdiff", "tomllib"]):
        for module in pkgutil.walk_packages(semverdiff.__path__, "semverdiff."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    target, seeds, corpus = _prepared(name, folder)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311 (no secret)
        if random.random() < _STRUCTURED:
            return bytes(target.mutate(data, random, seeds)[:most])
        return bytes(atheris.Mutate(data, most))

    options = (
        f"-runs={runs}",
        f"-max_len={target.longest}",
        f"-timeout={_SECONDS}",
        f"-rss_limit_mb={_MEBIBYTES}",
        f"-artifact_prefix={folder}/",
    )
    atheris.Setup([sys.argv[0], *options, str(corpus)], _counted(target, tried), custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
