"""Runs a target under atheris, which looks for inputs that reach new code.

    make fuzz TARGET=toml RUNS=1000000

In the folder are the corpus, which grows and is the start of the next run, and the input of a failure, which
ends the run. The last line says how many inputs were tried, the most memory, and the longest input.
"""

from __future__ import annotations

import argparse
import importlib
import mmap
import os
import pkgutil
import resource
import struct
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import atheris

import semverdiff

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
    arguments = parser.parse_args()
    tried = mmap.mmap(-1, 16)  # how many inputs, and the longest: shared with the child
    child = os.fork()
    if child == 0:
        _fuzz(arguments.target, arguments.runs, arguments.folder / arguments.target, tried)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count, longest = struct.unpack("QQ", tried)
    mebibytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    outcome = "no failure" if status == 0 else f"FAILED ({status})"
    print(f"{arguments.target}: {outcome}, {count:,} inputs, {mebibytes:,} MiB, longest {longest:,} bytes")
    return 0 if status == 0 else 1


def _fuzz(name: str, runs: int, folder: Path, tried: mmap.mmap) -> None:
    with atheris.instrument_imports(include=["semverdiff", "tomllib"]):
        for module in pkgutil.walk_packages(semverdiff.__path__, "semverdiff."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    targets = importlib.import_module("fuzz.targets")
    target = targets.TARGETS[name]
    seeds = target.seeds()
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / sha256(seed).hexdigest()).write_bytes(seed)
    count = longest = 0

    def check(data: bytes) -> None:
        nonlocal count, longest
        count += 1
        longest = max(longest, len(data))
        tried[:] = struct.pack("QQ", count, longest)
        target.check(data)

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
    atheris.Setup([sys.argv[0], *options, str(corpus)], check, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
