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

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.rules.catalogue import all_rules, rule
    from semverdiff.rules.evaluation import evaluate, finding_of
    from semverdiff.rules.model import Certainty, Finding, Suppression
    from semverdiff.rules.overrides import apply_overrides
    from semverdiff.rules.schema import Rule

__all__ = [
    "Certainty",
    "Finding",
    "Rule",
    "Suppression",
    "all_rules",
    "apply_overrides",
    "evaluate",
    "finding_of",
    "rule",
]

# Loaded when asked for: rules are slow, and reports without findings need none.
_HOMES = {
    "Certainty": "model",
    "Finding": "model",
    "Rule": "schema",
    "Suppression": "model",
    "all_rules": "catalogue",
    "apply_overrides": "overrides",
    "evaluate": "evaluation",
    "finding_of": "evaluation",
    "rule": "catalogue",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
