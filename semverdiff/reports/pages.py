"""Pages that need no network: templates, and the policy that lets their own style and script through."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minijinja import Environment, safe

from semverdiff.reports.tokens import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["TEMPLATES", "page_environment", "rendered"]

# Not by `importlib.resources`, whose import takes as long as the page.
TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
"""The folder of the templates that pages share."""

_COMMENT = re.compile(r"(?m)^\s*(?:(?://.*|/\*.*\*/)\n\s*)*")
_ESCAPED_SLASH = "&#x2f;"


def page_environment(
    folders: tuple[Path, ...], *, style: Iterable[str], script: Iterable[str] = ()
) -> Environment:
    """Return an environment whose templates are the files of folders, the first that has one of the name.

    Templates have the texts of some files as `style` and `script`, and their digests for the policy of the
    page as `style_digest` and `script_digest`.
    """

    def template(name: str) -> str | None:
        # The library's own loader reads in the encoding of the system.
        found = next((folder / name for folder in folders if (folder / name).is_file()), None)
        return None if found is None else found.read_text("utf-8")

    environment = Environment(
        loader=template,
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A mistake in the template is told without the report, whose texts are not escaped there.
        debug=False,
    )
    for name, files in (("style", style), ("script", script)):
        content = "".join(_compact(template(file) or "") for file in files)
        environment.add_global(name, safe(content))  # trusted: files of this program
        environment.add_global(f"{name}_digest", _digest(content))
    environment.add_global("code_spans", code_spans)
    environment.add_filter("thousands", "{:,}".format)
    return environment


def rendered(environment: Environment, template: str, **values: object) -> str:
    """Return the page that a template makes of values."""
    page = environment.render_template(template, **values)
    # Slashes are escaped for attributes without quotes, of which no template has any: as they are, whoever
    # searches the file finds its paths, and a long page is a tenth smaller.
    return page.replace(_ESCAPED_SLASH, "/")


def _compact(content: str) -> str:
    """Return a style or script without indentation and comments: whoever reads those opens the file."""
    return _COMMENT.sub("", content)


def _digest(content: str) -> str:
    """Return the digest by which the page's policy lets its own style and script through."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
