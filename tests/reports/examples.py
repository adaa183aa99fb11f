"""Reports as the composer gives them, one for every outcome, and one that means harm."""

from __future__ import annotations

from msgspec.structs import replace

from semverdiff import rules
from semverdiff.artifact import ManifestPlace
from semverdiff.ballerina import FRONT_END
from semverdiff.changes import Change, Excerpt, Position, Step
from semverdiff.errors import Mistake
from semverdiff.publish import PublishFinding, Readiness, Severity, Unchecked
from semverdiff.reports import (
    ChangeSet,
    Counts,
    DecidedSettings,
    Declared,
    ErrorEntry,
    Gate,
    Outcome,
    Report,
    ReportedPackage,
    Skipped,
    StaleSuppression,
    Tone,
)
from semverdiff.rules import Certainty, Finding, Suppression
from semverdiff.versions import Level

__all__ = ["EXAMPLES"]

_DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

_LOCAL = ReportedPackage("acme", "shop", "1.4.0", "directory", "any", None, None, digest_verified=False)
_PUBLISHED = ReportedPackage(
    "acme", "shop", "1.3.2", "central", "any", "central", _DIGEST, digest_verified=True
)


def _finding(  # noqa: PLR0913 (a finding has that many sides)
    rule: str,
    level: Level,
    trail: tuple[Step, ...],
    message: str,
    *,
    symbol: str = "",
    module: str = "shop",
    change: Change = Change.MODIFIED,
    certainty: Certainty = Certainty.PROVED,
    position: Position | None = None,
    explanation: str | None = None,
    client: str | None = None,
    client_program: str | None = None,
    old: Excerpt | None = None,
    new: Excerpt | None = None,
    suppressed: Suppression | None = None,
    fingerprint: str = "",
) -> Finding:
    known = rules.rule(rule)
    return Finding(
        title="" if known is None else known.title,
        rule=rule,
        level=level,
        certainty=certainty,
        symbol=symbol or ".".join(step.name for step in trail),
        module=module,
        position=position,
        message=message,
        explanation=explanation,
        client=client,
        client_program=client_program,
        old=old,
        new=new,
        fingerprint=fingerprint or _fingerprint(rule, module, symbol, message),
        trail=trail,
        change=change,
        suppressed=suppressed,
    )


def _fingerprint(*parts: str) -> str:
    """Return 16 hex digits that differ where the findings do; nothing depends on how they are made."""
    number = 0
    for character in "\0".join(parts):
        number = (number * 1_000_003 + ord(character)) % 2**64
    return f"{number:016x}"


_ORDER = Step("record", "Order")
_CREATE = Step("function", "createOrder")
_CLIENT = Step("client class", "Client")

_FIELD_REMOVED = _finding(
    "record-field-removed",
    Level.MAJOR,
    (_ORDER, Step("field", "id")),
    "field 'id' is removed",
    change=Change.REMOVED,
    position=Position.BOTH,
    explanation="Clients that read or set the field `id` no longer compile.",
    client="string id = order.id;",
    old=Excerpt("string id;", "types.bal", 12, 5),
)
_FIELD_OPTIONAL = _finding(
    "record-field-optional-added",
    Level.MINOR,
    (_ORDER, Step("field", "note")),
    "optional field 'note' of type 'string' is added",
    change=Change.ADDED,
    position=Position.BOTH,
    explanation="Old values still belong to the record. This use is tolerated; with --strict it is major.",
    new=Excerpt("string note?;", "types.bal", 13, 5),
)
_PARAMETER_NARROWED = _finding(
    "function-parameter-type-narrowed",
    Level.MAJOR,
    (_CREATE, Step("parameter", "quantity")),
    "type of parameter 'quantity' is narrowed from 'int' to 'int:Signed32'",
    symbol="createOrder(quantity)",
    position=Position.IN,
    explanation="Callers that pass an `int` no longer compile.",
    client="function pass(int quantity) {\n    shop:createOrder(item, quantity);\n}",
    old=Excerpt("int quantity", "orders.bal", 40, 42),
    new=Excerpt("int:Signed32 quantity", "orders.bal", 44, 42),
)
_RETURN_ERROR = _finding(
    "function-return-error-added",
    Level.MAJOR,
    (_CREATE,),
    "return type may be an error: changed from 'Order' to 'Order|error'",
    explanation="Callers that use the result without `check` no longer compile.",
    client="shop:Order order = shop:createOrder(item, 1);",
    old=Excerpt("function createOrder(string item, int quantity) returns Order", "orders.bal", 40, 1),
    new=Excerpt(
        "function createOrder(string item, int:Signed32 quantity) returns Order|error", "orders.bal", 44, 1
    ),
)
_FUNCTION_ADDED = _finding(
    "function-added",
    Level.MINOR,
    (Step("function", "cancelOrder"),),
    "function 'cancelOrder' is added",
    change=Change.ADDED,
    explanation="Nothing breaks: foreign symbols are always written with a prefix.",
    new=Excerpt("function cancelOrder(string id) returns error?", "orders.bal", 61, 1),
)
_ISOLATED_REMOVED = _finding(
    "remote-method-isolated-removed",
    Level.MAJOR,
    (_CLIENT, Step("remote method", "get")),
    "'isolated' qualifier is removed",
    symbol="Client.get",
    module="shop.http",
    explanation="Isolated functions of clients can no longer call it.",
    client="isolated function use(http:Client c) {\n    json result = check c->get();\n}",
    old=Excerpt("isolated remote function get() returns json|error", "modules/http/client.bal", 9, 5),
    new=Excerpt("remote function get() returns json|error", "modules/http/client.bal", 9, 5),
)
_ENUM_ASSUMED = _finding(
    "enum-member-added",
    Level.MAJOR,
    (Step("enum", "Color"), Step("enum member", "TEAL")),
    "enum member 'TEAL' is added",
    symbol="Color.TEAL",
    module="shop.http",
    change=Change.ADDED,
    certainty=Certainty.ASSUMED,
    explanation="Matches over all members miss one. Assumed the safe reading: the position is not known.",
    new=Excerpt("TEAL", "modules/http/colors.bal", 6, 5),
)
_UNDECIDED = _finding(
    "variable-type-changed",
    Level.MAJOR,
    (Step("variable", "settings"),),
    "type of variable 'settings' is changed from 'log:Config' to 'log:Settings'",
    certainty=Certainty.UNDECIDED,
    explanation="Not decided: `ballerina/log` could not be read. The policy `undecided` gives the level.",
    old=Excerpt("final log:Config settings", "settings.bal", 3, 1),
    new=Excerpt("final log:Settings settings", "settings.bal", 3, 1),
)
_SUPPRESSED = _finding(
    "constant-value-changed",
    Level.MINOR,
    (Step("constant", "LIMIT"),),
    "value of constant 'LIMIT' is changed from '10' to '20'",
    explanation="Clients that were compiled with the old value keep it.",
    old=Excerpt("const int LIMIT = 10", "limits.bal", 1, 1),
    new=Excerpt("const int LIMIT = 20", "limits.bal", 1, 1),
    suppressed=Suppression("documented as a tunable value", "2.0.0"),
)
_DEPENDENCY = _finding(
    "package-dependency-minimum-raised",
    Level.PATCH,
    (Step("package", "acme/shop"), Step("dependency", "ballerina/http")),
    "minimum version of dependency 'ballerina/http' is raised from '2.10.1' to '2.10.4'",
    symbol="(package)",
    module="",
    explanation="Clients get a newer patch release.",
    old=Excerpt("2.10.1", "Dependencies.toml", 14, 1),
    new=Excerpt("2.10.4", "Dependencies.toml", 14, 1),
)


def _body(name: str, line: int, module: str = "shop") -> Finding:
    return _finding(
        "function-body-changed",
        Level.PATCH,
        (Step("function", name),),
        f"body of function '{name}' is changed",
        module=module,
        explanation="Behaviour only.",
        old=Excerpt(f"function {name}()", "orders.bal", line, 1),
        new=Excerpt(f"function {name}()", "orders.bal", line + 4, 1),
    )


_DOCUMENTATION = _finding(
    "documentation-changed",
    Level.PATCH,
    (_ORDER,),
    "documentation of record 'Order' is changed",
    old=Excerpt("record Order", "types.bal", 10, 1),
    new=Excerpt("record Order", "types.bal", 10, 1),
)
_PATCHES = (
    *(
        _body(name, 70 + 9 * place)
        for place, name in enumerate(("createOrder", "find", "list", "pay", "ship"))
    ),
    _DOCUMENTATION,
    replace(
        _DOCUMENTATION,
        symbol="Color",
        trail=(Step("enum", "Color"),),
        message="documentation of enum 'Color' is changed",
        fingerprint="00000000000000c1",
    ),
)


def _sorted(*findings: Finding) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.module, finding.symbol, finding.rule)))


_UNDER_BUMPED_FINDINGS = _sorted(
    _FIELD_REMOVED,
    _FIELD_OPTIONAL,
    _PARAMETER_NARROWED,
    _RETURN_ERROR,
    _FUNCTION_ADDED,
    _ISOLATED_REMOVED,
    _ENUM_ASSUMED,
    _UNDECIDED,
    _SUPPRESSED,
    _DEPENDENCY,
    *_PATCHES,
)

_UNDER_BUMPED = Report(
    outcome=Outcome.UNDER_BUMPED,
    tone=Tone.BAD,
    candidate=_LOCAL,
    baseline=_PUBLISHED,
    baseline_reason="highest published version not above 1.4.0",
    gates=(
        Gate(
            "version",
            passed=False,
            why="1.4.0 is a minor step from 1.3.2, the changes need a major one",
            bars_bump=False,
        ),
        Gate("publish", passed=True, why="nothing stands in the way of publishing", bars_bump=False),
    ),
    declared_bump=Declared.MINOR,
    required_bump=Level.MAJOR,
    required_version="2.0.0",
    suggested_version="2.0.0",
    failing_level=Level.MAJOR,
    counts=Counts(major=5, minor=2, patch=8, suppressed=1, undecided=1),
    findings=_UNDER_BUMPED_FINDINGS,
    skipped=(Skipped("module 'shop.internal'", "it is not exported, clients cannot import it"),),
    notes=("The manifest key `package.keyword` is not known and was ignored; did you mean `keywords`?",),
    summary="Under-bumped: acme/shop 1.4.0 must be 2.0.0, because 5 changes break clients.",
)

_PATCH_ONLY = Report(
    outcome=Outcome.PASSED,
    tone=Tone.GOOD,
    candidate=replace(_LOCAL, version="1.3.3"),
    baseline=_PUBLISHED,
    baseline_reason="highest published version not above 1.3.3",
    gates=(
        Gate("version", passed=True, why="1.3.3 is a patch step from 1.3.2, which suffices", bars_bump=False),
    ),
    declared_bump=Declared.PATCH,
    required_bump=Level.PATCH,
    required_version="1.3.3",
    suggested_version="1.3.3",
    counts=Counts(patch=2),
    findings=_sorted(_body("find", 70), _DOCUMENTATION),
    summary="Passed: acme/shop 1.3.3 may be published, no client notices a change.",
)

_UNCHANGED = replace(
    _PATCH_ONLY,
    required_bump=Level.NONE,
    required_version="1.3.2",
    suggested_version="1.3.2",
    counts=Counts(),
    findings=(),
    summary="Passed: nothing changed since acme/shop 1.3.2, nothing need be released.",
)

_UNDECIDED_ONLY = replace(
    _PATCH_ONLY,
    outcome=Outcome.UNDECIDED,
    tone=Tone.OPEN,
    gates=(
        Gate(
            "version",
            passed=False,
            why="1.3.3 suffices for what is decided, 1 change is not",
            bars_bump=False,
        ),
    ),
    required_bump=Level.MAJOR,
    required_version="2.0.0",
    suggested_version="2.0.0",
    failing_level=Level.MAJOR,
    counts=Counts(patch=1, undecided=1),
    findings=_sorted(_UNDECIDED, _body("find", 70)),
    skipped=(
        Skipped("package 'ballerina/log'", "it is neither in the cache nor on disk, and --offline is set"),
    ),
    summary="Undecided: 1.3.3 fits what could be decided, 1 change needs a look.",
)

_MODULES = replace(
    _UNDER_BUMPED,
    outcome=Outcome.PASSED,
    tone=Tone.GOOD,
    candidate=replace(_LOCAL, version="2.0.0", source="bala", platform="java21"),
    baseline=replace(_PUBLISHED, source="repository", repository="local", digest=None, digest_verified=False),
    gates=(),
    declared_bump=Declared.MAJOR,
    failing_level=None,
    counts=Counts(major=2, minor=1),
    findings=_sorted(
        _finding(
            "module-removed", Level.MAJOR, (Step("module", "shop.old"),), "module 'shop.old' is removed",
            symbol="(module)", module="shop.old", change=Change.REMOVED,
            explanation="Clients can no longer import it.", client="import acme/shop.old;",
        ),
        _finding(
            "module-added", Level.MINOR, (Step("module", "shop.new"),), "module 'shop.new' is added",
            symbol="(module)", module="shop.new", change=Change.ADDED,
        ),
        _finding(
            "class-remote-method-removed", Level.MAJOR, (_CLIENT, Step("remote method", "post")),
            "remote function 'post' is removed", symbol="Client.post", change=Change.REMOVED,
            old=Excerpt("remote function post(json body) returns json|error", "client.bal", 30, 5),
        ),
    ),
    skipped=(),
    notes=("2.0.0 is higher than needed in no way: the step is exactly the required one.",),
    summary="Passed: acme/shop 2.0.0 is high enough.",
)  # fmt: skip

_ALREADY_PUBLISHED = replace(
    _UNCHANGED,
    outcome=Outcome.ALREADY_PUBLISHED,
    tone=Tone.BAD,
    candidate=replace(_LOCAL, version="1.3.2"),
    baseline_reason="the same version is published",
    gates=(
        Gate(
            "version",
            passed=False,
            why="1.3.2 is published already, versions cannot be replaced",
            bars_bump=False,
        ),
    ),
    declared_bump=Declared.NONE,
    required_version="1.3.3",
    suggested_version="1.3.3",
    summary="Already published: acme/shop 1.3.2 exists, the next version that suffices is 1.3.3.",
)

_FIRST_RELEASE = Report(
    outcome=Outcome.FIRST_RELEASE,
    tone=Tone.GOOD,
    candidate=replace(_LOCAL, version="0.1.0"),
    baseline_reason="no published version visible",
    notes=("A private package is visible to its organisation only.",),
    summary="First release: acme/shop was never published, every version is high enough.",
)

_NOTHING_CHECKED = Report(
    outcome=Outcome.NOTHING_CHECKED,
    tone=Tone.OPEN,
    candidate=_LOCAL,
    skipped=(Skipped("module 'shop.internal'", "it is not exported, clients cannot import it"),),
    summary="Nothing checked: acme/shop exports no module.",
)

# The check broke off after both sides were found: nothing must look as if nothing had changed.
_BROKEN_OFF = replace(
    _UNCHANGED,
    outcome=Outcome.ERROR,
    tone=Tone.BAD,
    gates=(),
    required_bump=None,
    required_version=None,
    errors=(ErrorEntry("unreadable-archive", Mistake("expected a zip archive, found a truncated one")),),
    summary="Could not complete: the archive of acme/shop 1.3.2 cannot be read.",
)

_ERROR = Report(
    outcome=Outcome.ERROR,
    tone=Tone.BAD,
    candidate=None,
    errors=(
        ErrorEntry(
            "broken-manifest",
            Mistake(
                "expected a version such as 1.2.3, found '1.x': write all three numbers",
                "Ballerina.toml", 4, 11, 'version = "1.x"',
            ),
        ),
        ErrorEntry("broken-manifest", Mistake("expected `[package]` to have a `name`", "Ballerina.toml", 1)),
        ErrorEntry("broken-manifest", Mistake("one of the mistakes has no place")),
    ),
    summary="Could not complete: the manifest has 3 mistakes.",
)  # fmt: skip

# Everything that a package can write into a report to deceive its reader.
_PAYLOAD = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}"
_TERMINAL = "\x1b[2J\x1b]0;pwned\x07\rerror: \u202etxet neddih\u202c\ud800\x9b31m\ufeff"

_HOSTILE = replace(
    _UNDER_BUMPED,
    candidate=replace(_LOCAL, name=_PAYLOAD, version="1.0.0\n[++] forged line"),
    baseline_reason=_TERMINAL,
    counts=Counts(major=2),
    findings=(
        _finding(
            "record-field-removed", Level.MAJOR, (Step("record", _PAYLOAD), Step("field", _TERMINAL)),
            f"field '{_TERMINAL}' is removed", symbol=f"{_PAYLOAD}.{_TERMINAL}", explanation=_PAYLOAD,
            client=f"{_PAYLOAD}\n\t{_TERMINAL}\n", old=Excerpt(_TERMINAL, f"{_PAYLOAD}.bal", 1, 1),
            new=Excerpt("x" * 100_000, "long.bal", 1, 1), fingerprint="0123456789abcdef",
        ),
        _finding(
            "function-removed", Level.MAJOR, (Step("function", "twin"),), "function 'twin' is removed",
            change=Change.REMOVED, fingerprint="0123456789abcdef",
        ),
    ),
    skipped=(Skipped(_PAYLOAD, _TERMINAL),),
    notes=(_TERMINAL, "a note\nof two lines"),
    errors=(
        ErrorEntry("unreadable-source", Mistake(_TERMINAL, _PAYLOAD, 1, 8, f"\ufeff\x1b[2\tbad {_PAYLOAD}")),
    ),
    summary=f"Under-bumped: {_TERMINAL}",
)  # fmt: skip

_DECIDED = replace(
    _UNCHANGED,
    outcome=Outcome.GATE_FAILED,
    tone=Tone.BAD,
    gates=(
        Gate("version", passed=True, why="1.4.0 is high enough", bars_bump=False),
        Gate("suppressions", passed=False, why="1 suppression without a finding"),
    ),
    unused_suppressions=(
        StaleSuppression(
            about="rule 'enum-member-removed', symbol 'Color.RED' (line 4)",
            rule="enum-member-removed", symbol="Color.RED", module=None, fingerprint=None,
            reason="nobody used it", until="2027-01-31", line=4,
        ),
    ),
    relaxed_settings=("rule 'function-removed': minor, before major",),
    settings=DecidedSettings(
        base=f"the merge base with origin/main (commit {'a' * 10})",
        refused=("rule 'function-removed': minor, before major",),
    ),
    summary="1.4.0 does not pass the gate 'suppressions': 1 suppression without a finding",
)  # fmt: skip

_CHANGE_SET = replace(
    _PATCH_ONLY,
    change_set=ChangeSet(
        baseline=ReportedPackage(
            "acme", "shop", "1.4.0", "git", "any", "a" * 40, None, digest_verified=False
        ),
        reason=f"the merge base with origin/main (commit {'a' * 10})",
        required_bump=Level.PATCH,
        findings=_PATCH_ONLY.findings[:1],
        skipped=(Skipped("function parse", "lib.bal:3:1: published, but does not parse: expected ')'"),),
    ),
)

_ACCEPTED = replace(
    _UNDER_BUMPED,
    outcome=Outcome.PASSED,
    tone=Tone.WARNING,
    counts=Counts(suppressed=1),
    gates=(Gate("version", passed=True, why="1.4.0 is high enough", bars_bump=False),),
    required_bump=Level.NONE,
    required_version="1.3.3",
    suggested_version="1.3.3",
    findings=(replace(_FIELD_REMOVED, suppressed=Suppression("agreed with all clients", is_new=True)),),
    skipped=(),
    notes=(),
    relaxed_settings=("suppression of fingerprint '0123456789abcdef' (line 1): new",),
    settings=DecidedSettings(
        base=f"the merge base with origin/main (commit {'a' * 10})",
        accepted_suppressions=("suppression of fingerprint '0123456789abcdef' (line 1): new",),
    ),
    summary="1.4.0 is high enough: no difference to 1.3.2 that counts",
)
_WEAKENED = replace(
    _FIRST_RELEASE,
    settings=DecidedSettings(weaker=("option 'baseline': none, default auto",)),
)

_README = PublishFinding(
    rule="readme-missing",
    severity=Severity.ERROR,
    message="the package has no README.md",
    prints="README.md is missing in bala file:...",
    remedy="Write a README.md beside Ballerina.toml: what the package is for, and a first example.",
    place=ManifestPlace("Ballerina.toml", 1, 2),
)
_LICENSE = PublishFinding(
    rule="license-missing",
    severity=Severity.WARNING,
    message="no license is named",
    prints=None,
    remedy='Write `license = ["Apache-2.0"]` under `[package]`, with the SPDX identifier of yours.',
)
_UNPUBLISHABLE = replace(
    _UNCHANGED,
    outcome=Outcome.GATE_FAILED,
    gates=(
        *_UNCHANGED.gates,
        Gate(
            "publish",
            passed=False,
            why="1 error and 1 warning; the package has no README.md",
            bars_bump=False,
        ),
    ),
    summary="1.3.3 does not pass the gate 'publish': 1 error and 1 warning; the package has no README.md",
    tone=Tone.BAD,
    publish=Readiness(
        findings=(_README, _LICENSE),
        unchecked=(
            Unchecked("version-published", Severity.ERROR, "offline: central.ballerina.io was not asked"),
        ),
    ),
)
_PACKAGES = {
    "accepted": _ACCEPTED,
    "already-published": _ALREADY_PUBLISHED,
    "broken-off": _BROKEN_OFF,
    "change-set": _CHANGE_SET,
    "decided": _DECIDED,
    "error": _ERROR,
    "first-release": _FIRST_RELEASE,
    "hostile": _HOSTILE,
    "modules": _MODULES,
    "nothing-checked": _NOTHING_CHECKED,
    "patch-only": _PATCH_ONLY,
    "unchanged": _UNCHANGED,
    "undecided": _UNDECIDED_ONLY,
    "under-bumped": _UNDER_BUMPED,
    "unpublishable": _UNPUBLISHABLE,
    "weakened": _WEAKENED,
}


def _below(report: Report, folder: str) -> Report:
    """Return the report of a package below the root of its repository: services show paths from there."""
    errors = tuple(replace(entry, folder=folder) for entry in report.errors)
    return replace(report, folder=folder, errors=errors, ecosystem=FRONT_END.ecosystem)


EXAMPLES = {name: _below(report, "shop") for name, report in _PACKAGES.items()}
