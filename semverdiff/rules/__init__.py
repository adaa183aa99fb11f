"""What does a difference mean for clients? Differences in, findings out; the catalogue is data.

Templates (titles, messages, reasons, client code) hold placeholders: `$name`. In a message a part in
square brackets is left out where one of its placeholders is unknown; client code with an unknown one
is not shown at all. A placeholder is a key of `Difference.details`, or derived from the difference:

    key          what a template expects                                  unless given
    name         the changed parameter, field, member or declaration,     name of the trail's last step,
                 by its old name if it was renamed; the dependency of     or last part of the symbol;
                 a package fact as `org/name`                             none for the package
    owner        the declaration that has it, as a client reads it:       first part of the symbol
                 `createOrder`, `Client.get`, `Order`, `Color`
    old, new     the two forms, by the fact that the rule id ends in:     the part is left out
                 `-type-`, `return-`, `-readonly-`, `supertype-`: the
                 type descriptors; `type-id-`: the included type;
                 `-renamed`, `-moved-`: the names;
                 `-value-changed`, `default-`: the expressions;
                 `-reordered`: the parameter names; `kind-changed`,
                 `-to-`: the kinds; `attach-point-`: the points;
                 package facts: versions, platforms, distributions,
                 identities
    type         the type of a parameter, field or variable that is       the part is left out
                 added or removed
    kind         `required`, `defaultable`, `rest` or `included record`   the part is left out
                 of a removed parameter; the kind of symbol of
                 `symbol-` and `documentation-` facts (`function`)
    annotation   the annotation of `contract-` and `metadata-` facts      the part is left out
    arguments    what a call passed to the old version, by the names of   none, or the name of the
                 the parameters: `item, quantity`                         parameter in question
    constructor  the constructor of an `-ambiguous` fact: `[]`, `{}`,     no client is shown
                 `new`
    verb         `added`, `removed` or `modified`                         by the forms that are there
    optional     `?` if the old field was optional                        nothing
    example      a value of the old type only                             no client is shown
    data         `json` if the old record was                             no client is shown
    why          what decides about a type, in a sentence or two: added    nothing is added
                 to the explanation
    cause        of a `-lost` fact, the type whose change caused it       the fact stands alone
    signature    the old method as an implementer writes it, without      no implementer is shown
                 body: `public function area() returns int`

No template reads a key `qualifier`: the rule id says which one (`isolated-removed`). Derived as well, and
not meant to be given: `symbol`, `prefix` (of the module's import), `declaring` (the type or function at the
head of the symbol), `member`, `call` (what stands before the argument list), `use` (what stands before the
call in a statement), `passed` (the arguments of a call that passes the parameter in question), `old_type`,
`new_type`, `old_operand` and `new_operand`, `old_list` and `new_list` (the forms as
client code writes them, by themselves, before `?`, and lists of those), `old_optional` and `old_read` (with
`?`; with `?` if the field was optional), `declared_type` (of a field that was), `leading` (arguments
with a comma), `record_passed` (those, and an included record as a whole), `taking` (the object that a call
needs, as a parameter `c`), `thing` and `a` (words for the subject: `remote function`; `a remote method`),
`implementing` (the kind of class).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.model import Certainty, Finding, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.compare import Difference
    from semverdiff.config.policies import Policies
    from semverdiff.rules.entries import Rule

__all__ = ["Certainty", "Finding", "Suppression", "all_rules", "judge", "judge_all", "rule"]


def judge(difference: Difference, policies: Policies, *, strict: bool) -> Finding:
    """Return the finding that a difference leads to. What cannot be decided is read the safe way."""
    from semverdiff.rules import judging  # noqa: PLC0415 (slow: only when there is something to judge)

    return judging.judge(difference, policies, strict=strict)


def judge_all(differences: Iterable[Difference], policies: Policies, *, strict: bool) -> tuple[Finding, ...]:
    """Return the findings of a whole comparison, without what only goes along with another one."""
    from semverdiff.rules import accompanying  # noqa: PLC0415 (as above)

    return accompanying.judge_all(differences, policies, strict=strict)


def rule(rule_id: str) -> Rule | None:
    """Return the rule of that id, or `None` if the catalogue has none."""
    from semverdiff.rules import catalogue  # noqa: PLC0415 (as above)

    return catalogue.rule(rule_id)


def all_rules() -> Iterable[Rule]:
    """Return every rule of the catalogue, sorted by id."""
    from semverdiff.rules import catalogue  # noqa: PLC0415 (as above)

    return catalogue.all_rules()
