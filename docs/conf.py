"""The documentation as a site: `make docs` builds it into out/docs, and every warning is an error."""

from __future__ import annotations

import sys
from pathlib import Path

import semverdiff

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "semverdiff"
author = "the contributors of semverdiff"
version = release = semverdiff.__version__

# No network is asked: a link that leads elsewhere is an address, and no inventory is fetched.
extensions = ["myst_parser", "sphinx.ext.autodoc", "ballerina_lexer", "vein_lexer"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["example/*"]

# Headings have the anchors that hosting services give them, so that a link works in both places.
myst_heading_anchors = 4
# Services draw no other syntax: what is written here reads well in the repository, too.
myst_enable_extensions: list[str] = []

# Docstrings put code between single back quotes.
default_role = "literal"
autodoc_class_signature = "separated"  # the fields of a struct are in its docstring
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
# Types in signatures are names; those of other packages, and of rooms behind the door, have no page here.
nitpick_ignore_regex = [("py:class", ".*")]

html_theme = "furo"
html_title = "semverdiff"
html_copy_source = False
html_show_sphinx = False
html_theme_options: dict[str, object] = {"top_of_page_buttons": []}
