"""What a console block means: `support.console`, which tries documents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.console import Command, File, Session, agrees, steps_of, with_outputs

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
# A page

Write `shop/main.bal`:

```ballerina
// nothing
```

Another language is text:

```sh
rm -rf .
```

1. In a list:

   ```console
   $ cat <<END
   > one
   > END
   one
   $ false
   $ echo $?
   1
   ```
"""


def test_the_steps_of_a_page() -> None:
    assert list(steps_of(PAGE)) == [
        File("shop/main.bal", "// nothing\n"),
        Command("cat <<END\none\nEND", ("one",), 18),
        Command("false", (), 22),
        Command("echo $?", ("1",), 23),
    ]


def test_an_output_without_a_command_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="line 2: expected '\\$ ' and a command, found: one"):
        list(steps_of("```console\none\n```\n"))


@pytest.mark.parametrize("output", ["", "...\n", "1\n...\n", "one\n"])
def test_an_exit_code_is_shown_as_its_number(output: str) -> None:
    with pytest.raises(ValueError, match="line 3: expected an exit code, found: "):
        list(steps_of(f"```console\n$ false\n$ echo $?\n{output}```\n"))


@pytest.mark.parametrize("language", ["Console", "console title", "console-session"])
def test_a_block_that_nobody_would_run_is_a_mistake(language: str) -> None:
    with pytest.raises(ValueError, match=f"line 1: expected 'console' alone, found: {language}"):
        list(steps_of(f"```{language}\n$ false\n```\n"))


@pytest.mark.parametrize(
    ("shown", "written", "expected"),
    [
        ((), [], True),
        ((), ["a"], False),
        (("a",), ["a"], True),
        (("a",), [], False),
        (("a",), ["a", "b"], False),
        (("a.",), ["ab"], False),
        (("...",), [], True),
        (("...",), ["a", "b"], True),
        (("a", "..."), ["a", "b", "c"], True),
        (("a", "..."), ["b", "a"], False),
        (("...", "c"), ["a", "b", "c"], True),
        (("...", "b", "..."), ["a", "b", "c"], True),
        (("...", "b", "..."), ["a", "c"], False),
        (("a...",), ["a", "b"], False),
    ],
)
def test_what_is_shown_is_what_is_written(
    shown: tuple[str, ...], written: list[str], *, expected: bool
) -> None:
    assert agrees(shown, written) is expected


def test_commands_share_a_directory_and_the_last_exit_code(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    session = Session(tmp_path / "work", {"PATH": os.defpath})
    session.write(File("shop/main.bal", "// nothing\n"))

    def run(text: str) -> list[str]:
        return session.run(Command(text, (), 1))

    assert run("cd shop") == []
    assert run("cat main.bal; echo problem >&2") == ["// nothing", "problem"]
    assert run("(exit 3)") == []
    assert session.status == 3
    assert run("echo $?") == ["3"]
    assert session.status == 0


def test_outputs_are_put_in_the_place_of_those_that_are_shown() -> None:
    page = "```console\n$ one\n1\n$ cat <<E\n> E\n$ three\n...\n```\nend\n"
    assert (
        with_outputs(page, {2: ["uno"], 4: ["dos", "y"], 6: []})
        == "```console\n$ one\nuno\n$ cat <<E\n> E\ndos\ny\n$ three\n```\nend\n"
    )
