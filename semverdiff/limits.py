"""The limits of everything that a package, an archive or a registry can make large.

Each name ends in its unit; each comment gives the reason, or the largest thing that was seen. A limit on what
is read or listed is at least ten times above the largest of 571 published pairs of releases, if not its
comment says why. What is above a limit is refused in a sentence, or left undecided with its place; nothing
above one counts as compatible.

How much of a text a message shows is no limit: it stands with the text. Widths of protocols and of numbers
are no limits either.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "AMBIGUITY_COST",
    "AMBIGUITY_MEMBER_STEPS",
    "AMBIGUITY_SHARED_STEPS",
    "AMBIGUITY_STEPS",
    "ANSWER_BYTES",
    "ANY_RATIO_BYTES",
    "ARCHIVE_BYTES",
    "ARCHIVE_ENTRIES",
    "ASKED_DEPENDENCIES",
    "ASKED_PACKAGES",
    "BASES",
    "BROKEN_BODIES",
    "CLIENT_COST",
    "COMPARISON_COST",
    "CONSTANT_LEVELS",
    "CONSTANT_STRING_CHARACTERS",
    "CONSTANT_VALUES",
    "DAMAGES",
    "DEFAULT_COST",
    "DEFAULT_SHARED_STEPS",
    "DEFAULT_STEPS",
    "DEPENDENT_FOLDERS",
    "DEPRECATED_RELEASES",
    "DIAGRAM_NODES_A_CHARGE",
    "DIAGRAM_STEPS_A_CHARGE",
    "DOWNLOAD_MEMORY_BYTES",
    "EMPTINESS_COST",
    "EMPTINESS_SHARED_STEPS",
    "EMPTINESS_STEPS",
    "EQUALITY_CLASS_STEPS",
    "EQUALITY_MEMBER_STEPS",
    "EQUALITY_STEPS",
    "EXAMPLE_CLAUSES",
    "EXAMPLE_LEVELS",
    "EXAMPLE_MEMBERS",
    "EXPANDED_ROW_MEMBERS",
    "EXPLANATION_LEVELS",
    "EXPLANATION_MEMBERS",
    "EXPLANATION_SHARED_STEPS",
    "EXPLANATION_STEPS",
    "GALLERY_PAGES",
    "GIT_LINKS",
    "GIT_LISTING_BYTES",
    "GIT_MANIFESTS",
    "GIT_PACKAGE_LINKS",
    "GIT_SECONDS",
    "GIT_TAGS",
    "HELD_PLACES",
    "HELD_VALUES",
    "HIDDEN_WORDS",
    "INCLUDE_ALTERNATIVES",
    "INCLUDE_CHARACTERS",
    "INCLUDE_COST",
    "INCLUDE_PATTERNS",
    "INCLUSION_LEVELS",
    "LIBRARY_FILES",
    "LISTED_DEPENDENTS",
    "LISTED_FINDINGS",
    "LISTED_PACKAGES",
    "LISTED_PLACES",
    "LISTED_SOURCES",
    "LISTED_SYMBOLS",
    "LISTED_VERSIONS",
    "LIST_ESCAPES",
    "LIST_ROW_MEMBERS",
    "MAPPING_ESCAPES",
    "MISTAKES",
    "MODELS_BYTES",
    "MODEL_BYTES",
    "MODEL_SOURCE_BYTES",
    "MODULE_BYTES",
    "MODULE_SOURCE_CHARACTERS",
    "MUTABILITY_COST",
    "MUTABILITY_SHARED_STEPS",
    "MUTABILITY_STEPS",
    "NAME_CHARACTERS",
    "NUMBER_CHARACTERS",
    "OWN_COST",
    "PASSED_VERSIONS",
    "PATH_CHARACTERS",
    "PATH_SEGMENTS",
    "PIECE_WORDS",
    "PUBLISHED_PATHS",
    "REDIRECTS",
    "REORDERED_PARAMETERS",
    "RETRIES",
    "SETTINGS_BYTES",
    "SOURCES_WORDS",
    "SOURCE_LEVELS",
    "SOURCE_WORDS",
    "SUGGESTION_CHARACTERS",
    "SUPPRESSION_PATTERNS",
    "TEXTS_BYTES",
    "TEXT_BYTES",
    "TOML_BYTES",
    "TOML_KEY_PARTS",
    "UNPACKED_BYTES",
    "UNPACKED_RATIO",
    "USED_ALTERNATIVES",
    "USED_TYPE_BYTES",
    "VERSION_CHARACTERS",
    "YAML_ALIASES",
    "YAML_BYTES",
    "YAML_LEVELS",
]

# What is read: packages, archives, answers.
TEXT_BYTES: Final = 32 * 2**20
"""One source or manifest: the largest has 2.0 MB."""
TEXTS_BYTES: Final = 96 * 2**20
"""All sources and manifests of a package, which may be held in memory: the most are 8.0 MB."""
SOURCE_WORDS: Final = 2_000_000
"""Words and signs of one source: the largest has 709,000. Parsing takes 250 bytes and 1 us for each, so that
ten times as many would be more than a build machine has."""
PIECE_WORDS: Final = 750_000
"""Those that are parsed at once: one that is wrong takes 360 bytes and 4 us. A larger source is read
declaration by declaration, up to its first mistake. None is as large; the largest declaration has 157,000."""
SOURCES_WORDS: Final = 6_000_000
"""Those of all sources of a package: the most are 1,491,000."""
ARCHIVE_BYTES: Final = 512 * 2**20
"""A `.bala`, on disk or downloaded: connectors carry native libraries of 100 to 200 MB."""
ARCHIVE_ENTRIES: Final = 65_535
"""Files of an archive, or in one folder of a package: a plain zip counts no further."""
UNPACKED_BYTES: Final = 2 * 2**30
"""What an archive would take on somebody's disk."""
UNPACKED_RATIO: Final = 200
"""Bytes of a file for a byte in the archive: sources have 10, repetitive ones 50, deflate ends at 1,032."""
ANY_RATIO_BYTES: Final = 2**20
"""A file that is no larger may be as repetitive as it likes."""
PATH_CHARACTERS: Final = 1_024
"""A path in an archive: file systems take no longer one, or not much; the longest has 134."""
DOWNLOAD_MEMORY_BYTES: Final = 8 * 2**20
"""A `.bala` that is downloaded is held in memory up to here, and goes to disk from here: most have 1 MB."""
NAME_CHARACTERS: Final = 256
"""The name of an organization, package, module or platform: what `bal` accepts."""
VERSION_CHARACTERS: Final = 256
"""A version: registries take no longer one, and numbers without an end would be slow to read."""
ANSWER_BYTES: Final = 4 * 2**20
"""An answer of a registry that is no archive: a byte of JSON may take 25 in memory."""
MODEL_BYTES: Final = 64 * 2**20
"""The model of a package in our cache: it is about as large as the sources, of which FHIR has 8 MB."""
MODELS_BYTES: Final = 512 * 2**20
"""All models in our cache: those written longest ago go first."""
MODEL_SOURCE_BYTES: Final = 32 * 2**10
"""Sources that have a model: smaller ones are parsed as soon as one is found."""
MODULE_BYTES: Final = 4 * 2**20
"""A compiled module of Vein: the largest has 39 KB, and ten bytes of a table may take 200 in memory."""
MODULE_SOURCE_CHARACTERS: Final = 4 * 2**20
"""A source of Vein: the largest has 20,000, and a second reads two million."""
SETTINGS_BYTES: Final = 2**20
"""The user's Settings.toml."""
TOML_BYTES: Final = 2**20
"""A TOML file: the parser takes seconds for one of long headers; a lock of 500 packages has 100 KB."""
SOURCE_LEVELS: Final = 64
"""Folders in folders that hold sources of Vein: std has two. A link may lead to a folder around it."""
YAML_BYTES: Final = 256 * 2**10
"""A project file of Vein: the largest of 43 has 1 KB, and each byte may become a value."""
YAML_LEVELS: Final = 32
YAML_ALIASES: Final = 100
"""Values that are mentioned a second time: no project file has one."""
SUPPRESSION_PATTERNS: Final = 100
"""Suppressions with `*` in them: each looks at every finding, and who has ten has given up on rules."""
TOML_KEY_PARTS: Final = 64
"""Parts of a dotted key: the parser's time grows with their square, and nobody writes a tenth of them."""

# What is looked at to say whether a package can be published.
PUBLISHED_PATHS: Final = 65_535
"""Files and folders of a package's directory, which `include` patterns are compared with."""
LIBRARY_FILES: Final = 200_000
"""Files in the native libraries of a package with some for its tests: each costs 20 microseconds."""
INCLUDE_PATTERNS: Final = 200
"""Patterns of `include`: nobody has ten."""
INCLUDE_CHARACTERS: Final = 512
INCLUDE_ALTERNATIVES: Final = 64
"""Patterns without braces that one with braces stands for: each is compared with every path."""
INCLUDE_COST: Final = 1_000_000
"""Names of paths times names of patterns: half a second to two. A package of 1,000 files needs 10,000."""
ASKED_DEPENDENCIES: Final = 200
"""Direct dependencies that Central is asked about: each costs two requests, and the most are 14."""
ASKED_PACKAGES: Final = 100
"""Packages that may have the same modules: each costs a request, and a download if it exists."""

HIDDEN_WORDS: Final = 100_000
"""Words of broken text that are kept as names which it may hide: in more of them, any name may be."""
DAMAGES: Final = 1_000
"""Mistakes of a source that are told apart. What follows them is one more: each takes 500 bytes and 5 us."""
BROKEN_BODIES: Final = 1_000
"""Syntax errors in bodies of a package, which hide nothing of its API: no release of 571 has one."""
PATH_SEGMENTS: Final = 1_000
"""Of a resource that changed: each difference names the whole path. The longest of the corpora has 10."""
LISTED_SYMBOLS: Final = 250_000
"""Symbols of an API: each type lists what it includes, in a chain all before it. The most are 18,413."""

# What git is asked.
GIT_LINKS: Final = 8
"""Links that lead to links in a revision: nobody needs three."""
GIT_PACKAGE_LINKS: Final = 64
"""Links of a package in a revision: each is followed by questions of its own."""
GIT_TAGS: Final = 50
"""The highest tags that are looked at for an earlier release."""
GIT_MANIFESTS: Final = 1_000
"""A repository with more packages is not searched for one that was moved."""
GIT_LISTING_BYTES: Final = 64 * 2**20
"""The files of some folders, or all tags: about 100 bytes a line."""
GIT_SECONDS: Final = 120
"""One question: what the repository's configuration includes may be a pipe that nobody writes to."""

# How often a registry is asked.
REDIRECTS: Final = 5
RETRIES: Final = 10
DEPRECATED_RELEASES: Final = 20
"""Releases that are looked at for one that is not deprecated: each costs a request."""
GALLERY_PAGES: Final = 100
"""Pages of 20 shards whose names hold the one that is searched for: the whole gallery has a few."""
LISTED_VERSIONS: Final = 5_000
"""Versions in one answer of Vein's gallery, which lists 500: to sort so many takes a second."""
LISTED_PACKAGES: Final = 100_000
"""Packages on all pages of a registry: one that never ends would keep an audit for ever."""
LISTED_SOURCES: Final = 100_000
"""Lines of a list of sources, each of which is read."""
PASSED_VERSIONS: Final = 50
"""Versions of a shard that are looked at for one that is listed and there: each costs two requests."""

INCLUSION_LEVELS: Final = 256
"""Inclusions of inclusions: a dozen is the most. What lies deeper is as unknown as a foreign type."""

BASES: Final = 64
"""Bases of a type of Vein, and of these: std has four. What lies further up is unknown, as a foreign type."""

# Constants: those made of constants grow exponentially. What is larger is compared as it is written.
NUMBER_CHARACTERS: Final = 1_000
CONSTANT_STRING_CHARACTERS: Final = 100_000
CONSTANT_VALUES: Final = 10_000
"""Values in a structure, its own and those of its members."""
CONSTANT_LEVELS: Final = 64

# Questions about types. A question that takes more steps has no answer: its finding is undecided. What is
# shared is for all questions of a comparison together, so that many hard ones take no longer than one or two.
OWN_COST: Final = 40
"""Of each question, before it takes from what is shared, in steps of equality: an easy one needs no more."""
COMPARISON_COST: Final = 800_000
"""Of all questions of a comparison, in steps of equality, which take 2 to 5 us: some three seconds. One pair
of releases of http needs half of it, the largest of FHIR a seventh, others next to nothing."""
CLIENT_COST: Final = 150_000
"""Of all questions whose answer is only shown in a client: half a second to a second."""
EMPTINESS_COST: Final = 7
AMBIGUITY_COST: Final = 4
DEFAULT_COST: Final = 2
MUTABILITY_COST: Final = 2
"""What a step of each kind costs, in steps of equality. Explanations are beside it: they decide nothing."""
EQUALITY_STEPS: Final = 20_000
"""Of one pair, before all that it leads to is divided into classes: pairs of releases need some hundreds."""
EQUALITY_MEMBER_STEPS: Final = 5
"""What a member of a union costs beside a step of the partition."""
EQUALITY_CLASS_STEPS: Final = 500_000
"""Of all pairs that need classes: a second or two."""
EMPTINESS_STEPS: Final = 95_000
"""A second or two; those of the pair of releases that needs most take two thirds of them together."""
DIAGRAM_NODES_A_CHARGE: Final = 1_000
DIAGRAM_STEPS_A_CHARGE: Final = 200
"""What so many new nodes of diagrams or operations on them cost: 200 bytes a node, 3 us an operation."""
EMPTINESS_SHARED_STEPS: Final = 95_000
DEFAULT_STEPS: Final = 100_000
"""Pairs of types whose constructors are compared; a pair of releases needs some hundreds."""
DEFAULT_SHARED_STEPS: Final = 100_000
MUTABILITY_STEPS: Final = 10_000
"""Each may take as long as a question to the engine."""
MUTABILITY_SHARED_STEPS: Final = 10_000
LIST_ESCAPES: Final = 10_000
MAPPING_ESCAPES: Final = 10_000
"""Ways in which a value can belong to one type and to none of others."""
LIST_ROW_MEMBERS: Final = 10_000
"""Members of a list that are told apart: no written tuple is as long."""
EXPANDED_ROW_MEMBERS: Final = 64
"""Members up to which an array of fixed length is compared with tuples member by member."""
REORDERED_PARAMETERS: Final = 64
"""Parameters of a callback that moved: each is looked for among the others. More are compared in place."""
AMBIGUITY_STEPS: Final = 60_000
"""Pairs of members of a union that may take one constructor; 300 members that all changed have as many."""
AMBIGUITY_SHARED_STEPS: Final = 60_000
AMBIGUITY_MEMBER_STEPS: Final = 4
"""What it costs to look for a member of a union in another one: equality counts its steps for itself."""

# Explanations of an answer that is known: beyond these they end, or show a type as it is written.
EXPLANATION_STEPS: Final = 32_000
EXPLANATION_SHARED_STEPS: Final = 32_000
EXPLANATION_LEVELS: Final = 12
EXPLANATION_MEMBERS: Final = 64
EXAMPLE_LEVELS: Final = 16
EXAMPLE_MEMBERS: Final = 32
EXAMPLE_CLAUSES: Final = 64
"""Each is a place to look for a value; one of the first has one."""

MISTAKES: Final = 50
"""Mistakes that are reported of one run, and searched for what may have been meant."""
SUGGESTION_CHARACTERS: Final = 80
"""A word that may be misspelt: comparing takes the product of the lengths, and no known word is longer."""

# What dependents are asked: how they use a package.
LISTED_DEPENDENTS: Final = 20
"""Dependents that the text lists below a change, and places below a dependent; JSON has all."""
LISTED_PLACES: Final = 5
LISTED_FINDINGS: Final = 100
DEPENDENT_FOLDERS: Final = 200_000
"""Directories in which dependents are looked for: a central cache with all 1,500 packages has 20,000."""
USED_TYPE_BYTES: Final = 4_096
"""A type that is written in a dependent: the longest in the clones has fewer than a thousand. To read one
inside of the other, each as deep as it is, would be a square of their depth."""
HELD_PLACES: Final = 100
"""Places where values are handed on that hold one of a type, and of which it could not be told whether they
still fit: so many are listed of a change and a dependent."""
HELD_VALUES: Final = 100_000
"""Such values that are judged in a dependent. Beyond that, a change that has so many places is not followed
further: it could not be told."""
USED_ALTERNATIVES: Final = 256
"""Types that a value may have: members of unions, and the names that lead there."""
