"""The page of a rule: what `semver rules explain` prints and docs/rules/ holds, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from semverdiff.compare import Change, Difference, Subject
from semverdiff.config.policies import Policies, choices
from semverdiff.rules.advice import advice
from semverdiff.rules.examples import CODE, example
from semverdiff.rules.examples.comparing import example_differences
from semverdiff.rules.judging import judge
from semverdiff.rules.policies import policies_of
from semverdiff.rules.wording import client_code, sentence, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.compare import Fact
    from semverdiff.rules.entries import Case, Rule
    from semverdiff.rules.examples import Example
    from semverdiff.versions import Level

__all__ = ["by_subject", "entry_of", "index_page", "levels", "page", "subject_page"]

_POLICY = "policy "
_NOTHING = "// nothing of that name"
_WORDS = {
    "in": "clients pass it in (position `in`)",
    "out": "clients receive it (position `out`)",
    "both": "clients pass it in and receive it (position `both`)",
    "in or both": "clients pass it in (position `in` or `both`)",
    "out or both": "clients receive it (position `out` or `both`)",
    "sealed": "clients cannot implement the type: a member is not public",
    "open class": "all members of the class are public",
    "open object type": "all members of the object type are public",
}

# Of each subject: the chapter of the language specification, and the section of the compatibility contract.
_REFERENCES = {
    "annotation": ("Annotations", "2.10"),
    "callback": ("Function type descriptors", "2.2"),
    "class": ("Class definitions", "2.4"),
    "configurable": ("Module variable declarations", "2.9"),
    "constant": ("Constant declarations", "2.8"),
    "contract": ("Annotations", "2.10"),
    "documentation": ("Metadata", "2.11"),
    "enum": ("Enumerations", "2.8"),
    "enum-member": ("Enumerations", "2.8"),
    "error": ("Error type descriptors", "2.7"),
    "function": ("Function definitions", "2.1"),
    "init": ("Class definitions, init method", "2.1"),
    "listener": ("Listener declarations", "2.10"),
    "map": ("Mapping type descriptors", "2.6"),
    "method": ("Method definitions", "2.1"),
    "module": ("Modules", "2.11"),
    "object": ("Object type descriptors", "2.4"),
    "package": ("Packages", "2.11"),
    "record": ("Record type descriptors", "2.5"),
    "record-field": ("Record type descriptors", "2.5"),
    "remote-method": ("Method definitions, remote methods", "2.1"),
    "resource": ("Method definitions, resource methods", "2.1 and 2.3"),
    "service": ("Service declarations", "2.10"),
    "symbol": ("Definitions", "2.11"),
    "type": ("Type descriptors", "2.6"),
    "variable": ("Module variable declarations", "2.9"),
}


def page(rule: Rule) -> str:
    """Return everything that there is to say about a rule."""
    shown = example(rule)
    difference = _difference(rule, shown)
    known = words(difference)
    parts = [f"## {rule.id}", f"{rule.title} Reported as: {sentence(rule.message, known)}."]
    parts.append(_table(rule, known))
    parts += ["Before:", *_files(shown.before), "After:", *_files(shown.after)]
    if shown.around:
        parts += ["Both versions have:", _code(shown.around)]
    client = _client(rule, difference, known)
    if client is not None:
        parts += ["A client that breaks:", _code(client)]
    advised = advice(rule)
    if advised is not None:
        parts.append(f"To avoid it: {advised}")
    parts.append(_configuration(rule))
    chapter, section = _REFERENCES[rule.subject]
    parts.append(
        f'Reference: language specification, "{chapter}"; compatibility contract, {section}. '
        f"Since semverdiff {rule.since}."
    )
    return "\n\n".join(parts) + "\n"


def entry_of(rule: Rule) -> dict[str, object]:
    """Return a rule as JSON has it: the words of its page, without the example."""
    shown = example(rule)
    difference = _difference(rule, shown)
    known = words(difference)
    chapter, section = _REFERENCES[rule.subject]
    return {
        "id": rule.id,
        "subject": rule.subject,
        "title": rule.title,
        "levels": [
            {
                "when": case.condition or None,
                "level": case.effect.level.word,
                "strict": case.effect.strict.word,
                "reason": sentence(case.effect.reason, known),
            }
            for case in rule.cases
        ],
        "certainty": rule.certainty.value,
        "message": sentence(rule.message, known),
        "client": _client(rule, difference, known),
        "reference": {"chapter": chapter, "section": section},
        "since": rule.since,
    }


def subject_page(subject: str, rules: Iterable[Rule]) -> str:
    """Return the page of all rules of a subject."""
    pages = [page(one) for one in rules]
    count = f"{len(pages)} rule" if len(pages) == 1 else f"{len(pages)} rules"
    return f"# Rules: {subject}\n\n{count}. [All subjects](README.md)\n\n" + "\n".join(pages)


def index_page(rules: Iterable[Rule]) -> str:
    """Return the page that leads to the others: what the words mean, the policies, every rule."""
    groups = by_subject(rules)
    count = sum(map(len, groups.values()))
    policies = "\n".join(
        f"| [{name}](policies.md#{name}) | {', '.join(f'`{value}`' for value in values)} |"
        for name, values in choices().items()
    )
    listed = "\n\n".join(
        f"## [{subject}]({subject}.md)\n\n" + "\n".join(map(_line, group))
        for subject, group in groups.items()
    )
    return f"{_INTRODUCTION.format(count=count, subjects=len(groups), policies=policies)}\n{listed}\n"


_INTRODUCTION = """\
# Rules

{count} rules for {subjects} subjects. Each says which version step a change of a package's API asks for, and
which client decides that. `semver rules list` and `semver rules explain ID` show the same in a terminal.

Levels: **major** (an ordinary use breaks), **minor** (the API grew, or only an unusual use breaks), **patch**
(neither). Where a page says "with `--strict`", unusual uses count: own types that repeat those of the
package, inferred types, redundant handling.

Positions: a type is `in` where clients pass its values to the package, `out` where they receive them, `both`
where they do both or use the type for data of their own.

A project decides otherwise in its Semver.toml:

```toml
[rules]
record-field-optional-added = "major"    # off, patch, minor or major

[policy]
zero-minor = "as-stable"

[[suppress]]
rule = "record-field-removed"            # and/or: symbol, module, fingerprint
symbol = "Order.id"
reason = "was never filled"
until = 2027-01-31                       # or a version: "2.0.0"
```

| policy | values, the default first |
| --- | --- |
{policies}
"""


def by_subject(rules: Iterable[Rule]) -> Mapping[str, list[Rule]]:
    """Return the rules of each subject, in the order in which they come."""
    groups: dict[str, list[Rule]] = {}
    for one in rules:
        groups.setdefault(one.subject, []).append(one)
    return groups


def levels(rule: Rule) -> list[Level]:
    """Return the levels that a rule can have without `--strict`, the highest first."""
    return sorted({case.effect.level for case in rule.cases}, reverse=True)


def _line(rule: Rule) -> str:
    words_of_levels = "/".join(level.word for level in levels(rule))
    return f"- [{rule.id}]({rule.subject}.md#{rule.id}) ({words_of_levels}): {rule.title}"


def _table(rule: Rule, known: Mapping[str, str]) -> str:
    if len(rule.cases) == 1:
        return f"Level: {_row(rule.cases[0], known)}"
    rows = "\n".join(
        f"{number}. {_row(case, known, otherwise=' otherwise')}" for number, case in enumerate(rule.cases, 1)
    )
    return f"Level, by the first line that holds:\n\n{rows}"


def _row(case: Case, known: Mapping[str, str], otherwise: str = "") -> str:
    effect = case.effect
    strictly = f" (**{effect.strict.word}** with `--strict`)" if effect.strict is not effect.level else ""
    condition = f" if {' and '.join(map(_condition, case.when))}" if case.when else otherwise
    return f"**{effect.level.word}**{strictly}{condition}. {sentence(effect.reason, known)}"


def _condition(word: str) -> str:
    if word.startswith(_POLICY):
        name, _, value = word.removeprefix(_POLICY).partition(" = ")
        return f"the policy `{name}` is `{value}`"
    return _WORDS.get(word, word)


def _client(rule: Rule, difference: Difference, known: Mapping[str, str]) -> str | None:
    """Return the client that the example breaks; if none, that of the row with the highest level."""
    broken = judge(difference, Policies(), strict=True).client
    if broken is not None:
        return broken
    breaking = [case.effect for case in rule.cases if case.effect.client is not None]
    if not breaking:
        return None
    effect = max(breaking, key=lambda one: (one.level, one.strict))
    return client_code(effect.client or "", known)


def _configuration(rule: Rule) -> str:
    policies = "".join(
        f", `{name}` ({' or '.join(choices()[name])}) under `[policy]`" for name in policies_of(rule)
    )
    return (
        f"To configure it in Semver.toml: `{rule.id}` (off, patch, minor or major) under `[rules]`"
        f"{policies}, or `[[suppress]]` for a single finding."
    )


def _files(files: Mapping[str, str]) -> Iterator[str]:
    """Draw one version of an example; the names of files matter where it is more than code."""
    if set(files) <= {CODE}:
        yield _code(files.get(CODE, _NOTHING))
        return
    for path, text in files.items():
        yield f"`{path}`"
        yield _code(text, "toml" if path.endswith(".toml") else "ballerina")


def _code(text: str, language: str = "ballerina") -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def _difference(rule: Rule, shown: Example) -> Difference:
    """Return what comparing an example tells; no more than its name where it finds the rule's parts only."""
    bare = Difference(
        subject=Subject(rule.subject),
        # A rule that is being written may have a fact that nothing states yet.
        fact=cast("Fact", rule.id.removeprefix(f"{rule.subject}-")),
        symbol=shown.symbol,
        module="shop",
        trail=(),
        change=Change.MODIFIED,
    )
    return next((one for one in example_differences(shown) if one.rule == rule.id), bare)
