"""Declarations that examples mention without being about them: the same in both versions."""

from __future__ import annotations

__all__ = [
    "AUDITED_HUB",
    "HUB",
    "LOGIN_ERROR",
    "MAIL_HUB",
    "OPTIONS",
    "OTHER_OPTIONS",
    "PRICED",
    "TAGGED",
    "TIMEOUT_ERROR",
]

OPTIONS = "public type Options record {| int page = 1; int size = 10; |};"
OTHER_OPTIONS = "public type OtherOptions record {| int page = 1; int size; |};"
PRICED = "public type Priced object { public int price; };"
TAGGED = "public type Tagged distinct object { public int price; };"
TIMEOUT_ERROR = "public type TimeoutError distinct error;"
LOGIN_ERROR = "public type LoginError distinct error;"

_HUB = """\
public class {} {{{}
    public function attach(service object {{}} s, string? name = ()) returns error? = external;
    public function detach(service object {{}} s) returns error? = external;
    public function 'start() returns error? = external;
    public function gracefulStop() returns error? = external;
    public function immediateStop() returns error? = external;
}}"""
HUB = _HUB.format("Hub", "")
AUDITED_HUB = _HUB.format("AuditedHub", "\n    public string[] audited = [];")
MAIL_HUB = _HUB.format("MailHub", '\n    public string server = "";')
