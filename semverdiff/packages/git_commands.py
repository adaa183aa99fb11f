"""What git is asked, and how it is kept from doing anything else.

Somebody else may have made the repository: its files, its history, and where it was unpacked from an archive
also what lies in its `.git`. So every question stands in the table below with its defence, and what holds for
all of them in the two tables after it. `docs/explanation/git.md` shows the first one to users.
"""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from semverdiff import limits

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BRANCHES",
    "COMMIT",
    "COMMITS",
    "CONTENTS",
    "FOLDERS",
    "HOOKS",
    "IN_HEAD",
    "MERGE_BASE",
    "OPEN",
    "PATHS",
    "QUESTIONS",
    "RELEASES",
    "TAGS",
    "Answer",
    "Question",
    "ask",
    "git_program",
]


class Question(msgspec.Struct, frozen=True):
    """A command that reads. `purpose`, `danger` and `defence` are sentences for users.

    Where `is_about_user` the user's own configuration belongs to the answer.
    """

    words: tuple[str, ...]
    purpose: str
    danger: str
    defence: str
    is_about_user: bool = False

    @property
    def command(self) -> str:
        """Return the command as documentation writes it."""
        return f"git {' '.join(self.words)}"


OPEN = Question(
    ("rev-parse", "--is-shallow-repository", "--git-common-dir"),
    "Is there a repository, is its history complete, where does it keep its objects?",
    "A bare repository among the files of the package is taken for the real one.",
    "It is not asked for a repository: the nearest directory with a `.git` is named to it, and none other.",
)
COMMIT = Question(
    ("rev-parse", "--verify", "--end-of-options"),
    "Which commit does a revision name?",
    "A name is an option, or stands for a branch and for a tag, one of which somebody else has made.",
    "A name that begins with `-` is refused, and so is one with two meanings.",
)
MERGE_BASE = Question(
    ("merge-base", "HEAD"),
    "Where did the history part from a commit?",
    "Grafts, replacement objects or a commit graph tell of other parents than the commits themselves.",
    "None of the three is read.",
)
TAGS = Question(
    ("for-each-ref", "--format=%(refname)", "refs/tags"),
    "Which tags are there?",
    "A name holds what a terminal obeys.",
    "Names that cannot be printed are left out.",
)
RELEASES = Question(
    (
        "for-each-ref",
        "--format=%(objectname) %(*objectname) %(creatordate:unix) %(refname)",
        "refs/tags",
    ),
    "Which tags are there, of which commits, and since when?",
    "A name holds what a terminal obeys; a date is what somebody wrote.",
    "Names that cannot be printed are left out; a date decides in which order releases are shown, no more.",
)
BRANCHES = Question(
    ("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes"),
    "Which branches may a shell complete?",
    "A name is a command for the shell that it is written to.",
    "Names with other signs than letters, digits and `./@+-_` are left out.",
)
FOLDERS = Question(
    ("ls-tree", "-l", "-z", "--full-tree"),
    "Which files lie in the folders of a package? What lies at a path?",
    "Folders that hold each other have more files than there are atoms; links and submodules lead elsewhere; "
    "a path is an option or a pattern.",
    "Only the folders of the layout are listed, never what is below them; links are followed "
    "inside the repository, submodules are refused; paths stand behind `--`, and are taken literally.",
)
PATHS = Question(
    ("ls-tree", "-r", "-z", "--name-only", "--full-tree"),
    "Where did a package lie that is in another directory now?",
    "Folders that hold each other have more files than there are atoms.",
    "The answer is bounded, and only the base of a change set, or the revision that the user names, is "
    "asked, which the change does not control.",
)
BELOW = Question(
    ("ls-tree", "-r", "-z", "--full-tree"),
    "What lies in a folder of which every file may belong to a package?",
    "Folders that hold each other have more files than there are atoms; links and submodules lead elsewhere.",
    "The answer is bounded; a submodule, and a link behind which sources could be, are refused.",
)
COMMITS = Question(
    ("rev-list", "--max-count=200"),
    "Which commits changed the manifest of a package of which no registry has a version?",
    "Grafts or replacement objects tell of another history; there are too many commits.",
    "Neither is read; only the newest 200 are asked for, and no answer counts as a doubt.",
)
REMOVED = Question(
    (
        "diff-tree",
        "--stdin",
        "-r",
        "-m",
        "-z",
        "--no-commit-id",
        "--name-only",
        "--no-renames",
        "--diff-filter=D",
    ),
    "Which manifests did a folder have before, where each may have a name of its own?",
    "There are too many; a program that the repository names compares files.",
    "The answer is bounded, and none counts as a doubt; names are compared, and nothing of a file is read.",
)
IN_HEAD = Question(
    ("ls-tree", "-z", "--full-tree", "HEAD", "--"),
    "Does a directory of downloads come with the repository?",
    "A change brings a cache in which the published version is another.",
    "A directory that the commit checked out has files in is refused.",
)
CONTENTS = Question(
    ("cat-file", "--batch"),
    "What is in these files?",
    "A filter or `textconv` is a program; a file that is not there is fetched; a file has no end.",
    "Neither is asked for; no protocol is allowed; sizes are known and bounded before.",
)

HOOKS = Question(
    ("rev-parse", "--git-common-dir", "--git-path", "hooks"),
    "Where does `semver init --hook` write the hook?",
    "`core.hooksPath` leads to a directory that other repositories or programs use.",
    "Only one in the working tree or in the repository's own directory is taken.",
    is_about_user=True,
)

QUESTIONS = (
    *(OPEN, COMMIT, MERGE_BASE, TAGS, RELEASES, BRANCHES, FOLDERS, PATHS, BELOW, COMMITS, REMOVED),
    *(IN_HEAD, CONTENTS, HOOKS),
)
"""Everything that git is asked."""

_NOTHING = "/dev/null"  # git takes this name on Windows too

# Of the caller's environment git gets nothing: `GIT_DIR` and many more would change what it reads or starts.
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": _NOTHING,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": _NOTHING,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # In a partial clone reading an object would fetch it, by a program that the repository names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}

# What goes before the repository's own configuration: whatever names a program there is started by none of
# the questions, and by no later git either that might see a reason to.
_CONFIGURATION = {
    # In a container the files often belong to another user. Git refuses such repositories because their
    # configuration could start programs; who owns what is looked at before (`git_repository.py`).
    "safe.directory": "*",
    "safe.bareRepository": "explicit",
    "core.commitGraph": "false",
    "core.warnAmbiguousRefs": "true",
    "core.useReplaceRefs": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": _NOTHING,
    "core.attributesFile": _NOTHING,
    "core.pager": "cat",
    "core.editor": "false",
    "core.askPass": "false",
    "core.sshCommand": "false",
    "core.gitProxy": "false",
    "credential.helper": "",  # an empty one empties the list
    "diff.external": "false",
    "gpg.program": "false",
    "protocol.allow": "never",
    "submodule.recurse": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
}

# Where the user's own configuration lies, for what is about the user.
_OF_THE_USER = frozenset({"GIT_CONFIG_GLOBAL", "HOME", "USERPROFILE", "XDG_CONFIG_HOME"})
_NOT_OF_THE_USER = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"})
# Without it Windows finds none of its libraries.
_OF_THE_SYSTEM = frozenset({"SYSTEMROOT"})
_COMPLAINT_BYTES = 4096


class Answer(msgspec.Struct, frozen=True):
    """What git prints (None where it fails), and what it complains about."""

    output: bytes | None
    complaint: str

    @property
    def text(self) -> str:
        """Return the output as a text; empty where git failed."""
        return (self.output or b"").decode(errors="replace")


def git_program() -> str | None:
    """Return the program `git` in the directories of the PATH, if there is one.

    A directory that is relative lies in whatever directory the package is in, and Windows looks there first:
    a repository could bring its own `git`.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for directory in os.get_exec_path():
        program = Path(directory, name)
        if program.is_absolute() and program.is_file() and os.access(program, os.X_OK):
            return str(program)
    return None


def ask(
    git: str,
    directory: Path,
    question: Question,
    *words: str,
    given: bytes = b"",
    most: int = limits.GIT_LISTING_BYTES,
) -> Answer:
    """Return what the program `git` answers about the repository with that directory (`shop/.git`).

    `words` complete the question, `given` goes to its standard input. An answer of more than `most` bytes, or
    that takes too long, is none.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 (no shell, and only the questions of this file)
            [git, "--no-pager", *question.words, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=directory.parent,
            env=_environment(directory, question),
        )
    except (OSError, ValueError) as error:  # a directory that was removed, a NUL in a revision
        return Answer(None, str(error))
    with process:
        return _answer(process, given, most)


def _environment(directory: Path, question: Question) -> Mapping[str, str]:
    passed, ours, overruled = _OF_THE_SYSTEM, _ENVIRONMENT, _CONFIGURATION
    if question.is_about_user:
        passed = passed | _OF_THE_USER
        ours = {name: value for name, value in ours.items() if name not in _NOT_OF_THE_USER}
        overruled = {key: value for key, value in overruled.items() if key != "core.hooksPath"}
    configuration: dict[str, str] = {"GIT_CONFIG_COUNT": str(len(overruled))}
    for number, (key, value) in enumerate(overruled.items()):
        configuration |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    theirs = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 (the system's own, whoever calls)
        if name in passed
    }
    place = {"GIT_DIR": str(directory), "GIT_WORK_TREE": str(directory.parent)}
    return {**theirs, **ours, **configuration, **place}


def _answer(process: subprocess.Popen[bytes], given: bytes, most: int) -> Answer:
    """Return what a process prints; it is ended where it prints too much or takes too long."""
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise TypeError("the process has no pipes")
    complaints: list[bytes] = []
    overdue = threading.Event()

    def end() -> None:
        overdue.set()
        process.kill()

    clock = threading.Timer(limits.GIT_SECONDS, end)
    # Whoever waits for one pipe alone waits for ever when another is full.
    helpers = (
        threading.Thread(target=_feed, args=(process.stdin, given), daemon=True),
        threading.Thread(target=_drain, args=(process.stderr, complaints), daemon=True),
    )
    for helper in (clock, *helpers):
        helper.start()
    try:
        output = process.stdout.read(most + 1)
        if len(output) > most:
            process.kill()
        for helper in helpers:
            helper.join()
        status = process.wait()
    finally:
        clock.cancel()
    if len(output) > most:
        return Answer(None, f"its answer has more than {most:,} bytes")
    if overdue.is_set():
        return Answer(None, f"it did not answer within {limits.GIT_SECONDS} seconds")
    complaint = b"".join(complaints).decode(errors="replace").strip()
    return Answer(output if status == 0 else None, complaint)


def _feed(stream: IO[bytes], content: bytes) -> None:
    try:
        with stream:
            stream.write(content)
    except OSError:  # it ended before it read everything, and says why itself
        return


def _drain(stream: IO[bytes], complaints: list[bytes]) -> None:
    """Keep the beginning of what a process says, and let it say the rest."""
    complaints.append(stream.read(_COMPLAINT_BYTES))
    while stream.read(_COMPLAINT_BYTES):
        continue
