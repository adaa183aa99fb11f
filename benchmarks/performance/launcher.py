"""Runs a command and writes what the processes of it took, as JSON, to the file that is named first.

A process of its own, because the peak of a process counts the memory of the one that it was forked from:
this one is smaller than anything that is measured. It imports only what Python has loaded already.
"""

import os
import sys
import time


def main() -> None:
    """Run the command with nothing on its standard input and outputs, and write its use."""
    file, *command = sys.argv[1:]
    nothing = os.open(os.devnull, os.O_RDWR)
    outputs = [(os.POSIX_SPAWN_DUP2, nothing, descriptor) for descriptor in (0, 1, 2)]
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=outputs)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - began
    # Linux counts memory in KiB, macOS in bytes.
    peak = usage.ru_maxrss // 1024 if sys.platform == "darwin" else usage.ru_maxrss
    code = os.waitstatus_to_exitcode(status)
    with open(file, "w") as output:  # noqa: PTH123 (pathlib would be most of what this process holds)
        output.write(
            f'{{"seconds": {usage.ru_utime + usage.ru_stime}, "wall_seconds": {wall}, '
            f'"peak_kib": {peak}, "exit_code": {code}}}'
        )


if __name__ == "__main__":
    main()
