"""Texts of Ballerina.toml in the layouts that people write: aligned, commented, nested, spread."""

from __future__ import annotations

__all__ = ["LAYOUTS", "spelled"]

LAYOUTS = {
    "the least": '[package]\norg = "acme"\nname = "shop"\nversion = "1.4.0"\n',
    "aligned and commented": (
        "# Built by CI.\n[package]\n"
        'distribution = "2201.12.0"\norg          = "acme"   # Central knows us so\nname         = "shop"\n'
        'version      = "1.4.0"  # see "version = " in the release notes\n'
        'license      = ["Apache-2.0"]\n\n# What clients may import.\n[[package.modules]]\n'
        'name = "shop.payments"\nexport = true\n'
    ),
    "without blanks, indented": (
        '[package]\n\torg="acme"\n\tname="shop"\n\tversion="1.4.0"\n[build-options]\n\tobservabilityIncluded=true\n'
    ),
    "literal strings": "[package]\norg = 'acme'\nname = 'shop'\nversion = '1.4.0'\n",
    "an inline table": 'package = { org = "acme", name = "shop",version = "1.4.0" } # short\n',
    "dotted keys": 'package.org = "acme"\npackage.name = "shop"\npackage.version = "1.4.0"\n',
    "the table not first": (
        '[build-options]\ncloud = "k8s"\n\n[package]\nversion = "1.4.0"\nname = "shop"\norg = "acme"\n'
    ),
    "quoted keys": '["package"]\n"org" = "acme"\n\'name\' = "shop"\n"version" = "1.4.0"\n',
    "the same text elsewhere": (
        '[package]\norg = "acme"\nname = "shop"\ndescription = """\nversion = "1.4.0"\n[package]\n"""\n'
        'version = "1.4.0"\n\n[[dependency]]\norg = "acme"\nname = "tax"\nversion = "1.4.0"\n'
    ),
    "native libraries between dependencies": (
        '[package]\norg = "acme"\nname = "shop"\nversion = "1.4.0"\nexport = [\n    "shop",\n    # not yet\n'
        '    "shop.payments",\n]\n\n[[dependency]]\norg = "acme"\nname = "tax"\nversion = "0.9.1"\n\n'
        "[platform.java17]\ngraalvmCompatible = true\n\n"
        '[[platform.java17.dependency]]\ngroupId = "com.acme"\n'
        'artifactId = "shop-native"\nversion = "1.4.0"\npath = "./libs/shop-native-1.4.0.jar"\n\n'
        '[[dependency]]\norg = "acme"\nname = "mail"\nversion = "2.0.0"\nrepository = "local"\n'
    ),
    "an array of dependencies": (
        'dependency = [\n  { org = "acme", name = "tax", version = "0.9.1" },\n'
        '  {org="acme",name="mail",version="2.0.0"}, # last\n]\n\n'
        '[package]\norg = "acme"\nname = "shop"\nversion = "1.4.0"\n'
    ),
}
"""Manifests of acme/shop 1.4.0."""


def spelled(text: str, *, crlf: bool = False, mark: bool = False, final_newline: bool = True) -> bytes:
    """Return the bytes of a text as editors save it: their line ends, a byte order mark or none."""
    shown = text if final_newline else text.rstrip("\n")
    shown = shown.replace("\n", "\r\n") if crlf else shown
    return (("\ufeff" if mark else "") + shown).encode()
