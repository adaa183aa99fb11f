"""What examples mention without being about it: the same on both sides, by the name that it declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["surroundings"]

_HUB = """\
public class {} {{{}
    public function attach(service object {{}} s, string? name = ()) returns error? = external;
    public function detach(service object {{}} s) returns error? = external;
    public function 'start() returns error? = external;
    public function gracefulStop() returns error? = external;
    public function immediateStop() returns error? = external;
}}"""

_DECLARATIONS: Mapping[str, str] = {
    "Options": "public type Options record {| int page = 1; int size = 10; |};",
    "OtherOptions": "public type OtherOptions record {| int page = 1; int size; |};",
    "Priced": "public type Priced object { public int price; };",
    "Tagged": "public type Tagged distinct object { public int price; };",
    "TimeoutError": "public type TimeoutError distinct error;",
    "LoginError": "public type LoginError distinct error;",
    "Hub": _HUB.format("Hub", ""),
    "AuditedHub": _HUB.format("AuditedHub", "\n    public string[] audited = [];"),
    "MailHub": _HUB.format("MailHub", '\n    public string server = "";'),
}


def surroundings(*texts: str) -> str:
    """Return the declarations of names that occur in the texts, which do not declare them."""
    named = {name for text in texts for name in re.findall(r"\w+", text)}
    declared = {name for text in texts for name in re.findall(r"(?:class|type) (\w+)", text)}
    return "\n".join(_DECLARATIONS[name] for name in _DECLARATIONS if name in named - declared)
