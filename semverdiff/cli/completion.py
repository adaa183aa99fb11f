"""What a shell may complete: rule ids, subjects, modules, revisions, baselines, the sides of a comparison.

A shell asks while somebody types: what cannot be known at once is not offered, and nothing is an error.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from semverdiff import packages, rules
from semverdiff.errors import SemverdiffError
from semverdiff.front_ends import front_ends

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click

__all__ = ["baselines", "explained_rule_ids", "modules", "revisions", "rule_ids", "sides", "subjects"]

# What a shell would take for more than a word is nothing that a repository may write to a command line.
_WORD = re.compile(r"[\w./@+-]+")
_BASELINES = ("auto", "none", "central", "local", "git:latest-tag")
_SIDES = ("central", "local", "git:latest-tag")


def rule_ids(_context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Return the ids of rules that begin like that, each with its title."""
    return [CompletionItem(one.id, help=one.title) for one in rules.all_rules() if one.id.startswith(start)]


def explained_rule_ids(
    _context: click.Context, _parameter: click.Parameter, start: str
) -> list[CompletionItem]:
    """Return the ids of all rules that begin like that, also of those about publishing."""
    titles: dict[str, str] = {}
    for front_end in front_ends():
        titles |= {one.id: one.title for one in front_end.ecosystem.catalogue.all_rules()}
        titles |= {one.id: one.title for one in front_end.publish_rules()}
    return [CompletionItem(one, help=title) for one, title in titles.items() if one.startswith(start)]


def subjects(_context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Return what rules are about."""
    return _items(dict.fromkeys(one.subject for one in rules.all_rules()), start)


def modules(context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Return the modules of the package that the command line names."""
    # Behind an option that has no value yet, click leaves arguments where they are.
    path = context.args[0] if context.args else context.params.get("path", "")
    try:
        package = packages.read_package(Path(path))
    except (SemverdiffError, OSError):
        return []
    return _items([module.name for module in package.modules], start)


def revisions(_context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Return the branches and tags of the repository around the working directory."""
    return _items(_revisions(), start)


def baselines(_context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Return what a package can be compared with: words, revisions, and files."""
    return _operands(_BASELINES, start)


def sides(_context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Return what a side of a comparison can be: words, revisions, and files."""
    return _operands(_SIDES, start)


def _operands(words: Iterable[str], start: str) -> list[CompletionItem]:
    # Git is asked only by who has begun to name a revision.
    names = [f"git:{name}" for name in _revisions()] if start.startswith("git:") else []
    found = _items((*words, *names), start)
    # The shell knows files better than anybody; it takes this for a request.
    return found or [CompletionItem(start, type="file")]


def _revisions() -> list[str]:
    try:
        repository = packages.open_repository(Path())
        return [*packages.branches_of(repository), *packages.tags_of(repository)]
    except (SemverdiffError, OSError):
        return []


def _items(words: Iterable[str], start: str) -> list[CompletionItem]:
    return [
        CompletionItem(word)
        for word in words
        if word.startswith(start) and _WORD.fullmatch(word.removeprefix("git:"))
    ]
