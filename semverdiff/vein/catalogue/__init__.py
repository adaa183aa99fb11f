"""What does a change of a shard mean for clients? Rules by their ids, as `ecosystem.Catalogue` has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.rules.model import Certainty
from semverdiff.rules.page_model import LevelRow, RulePage
from semverdiff.vein.catalogue.members import MEMBER_RULES
from semverdiff.vein.catalogue.types import TYPE_RULES
from semverdiff.vein.difference import Condition, Fact, Subject
from semverdiff.vein.rule import EXAMPLE_FILE, VeinRow, VeinRule
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["all_rules", "client_program", "rule", "rule_entry", "rule_page"]


def _id(one: VeinRule) -> str:
    return one.id


_PACKAGE: Final = VeinRule(
    about=Subject.PACKAGE,
    fact=Fact.DEPENDENCY_CHANGED,
    title="The shard is built with another version of a shard.",
    message="the shard is built with {after}, no longer with {before}",
    rows=(
        VeinRow(
            Level.MAJOR,
            "All users of a module must agree on one version of it: the machine stops at a second one.",
            Condition.BREAKS_WHAT_IS_MET,
        ),
        VeinRow(Level.PATCH, "Clients do not meet its types, or its version is compatible."),
    ),
    old="",
    new="",
    advice="Stay with the major version of a shard whose types stand in the API.",
    certainty=Certainty.PROVED,
    is_compiled=True,
)
_RULES: Final = {one.id: one for one in sorted((*TYPE_RULES, *MEMBER_RULES, _PACKAGE), key=_id)}
_WHEN: Final = {
    Condition.ADDS_DEPRECATION: "the aspect is `Deprecated`",
    Condition.BREAKS_WHAT_IS_MET: "its major version changed and its types stand in the API",
    Condition.IN_SIGNATURE: "the type parameter stands in a visible signature",
    Condition.ON_INTERFACE: "the member is one of an interface",
    Condition.TO_DIRECT_BASE: "the base is the direct one",
}


def rule(rule_id: str) -> VeinRule | None:
    """Return the rule of that id, or `None` if the catalogue has none."""
    return _RULES.get(rule_id)


def all_rules() -> Iterator[VeinRule]:
    """Yield every rule, sorted by id."""
    return iter(_RULES.values())


def rule_page(rule_id: str) -> RulePage | None:
    """Return what the page of a rule says, or `None` if the catalogue has none of that id."""
    known = rule(rule_id)
    if known is None:
        return None
    names = {
        "symbol": "shape",
        "type": "Shape",
        "name": "member",
        "before": "the old one",
        "after": "the new one",
    }
    example = known.example
    return RulePage(
        id=known.id,
        title=known.title,
        message=f"{known.message.format(**names)}.",
        levels=tuple(
            LevelRow(row.level.word, "", "" if row.condition is None else _WHEN[row.condition], row.reason)
            for row in known.rows
        ),
        before=example.before,
        after=example.after,
        around="",
        client=None if known.client is None else client_program(known.client.format(**names), "demo"),
        remediation=known.remediation,
        configuration=f'`{known.id} = "off"` in `[rules]`, or another level.',
        reference="documents and compiler of Vein at v0.30.11. Since semverdiff 0.1.0.",
        language="vein",
        lone_file=EXAMPLE_FILE,
    )


def client_program(line: str, space: str) -> str:
    """Return the source of a client around the line that breaks."""
    use = f'#use "{space}"\n#space "client"\n\n'
    if line.startswith(("class ", "[")):
        return f"{use}{line}\n"
    return f"{use}class Client {{\n    public run(): void {{\n        {line}\n    }}\n}}\n"


def rule_entry(rule_id: str) -> dict[str, object] | None:
    """Return a rule as JSON has it, or `None` as above."""
    known, page = rule(rule_id), rule_page(rule_id)
    if known is None or page is None:
        return None
    return {
        "id": known.id,
        "subject": known.subject,
        "title": known.title,
        "levels": [
            {"when": row.condition or None, "level": row.level, "strict": row.level, "reason": row.reason}
            for row in page.levels
        ],
        "certainty": known.certainty.value,
        "message": page.message.rstrip("."),
        "client": page.client,
        "reference": {"chapter": page.reference, "section": ""},
        "since": "0.1.0",
    }
