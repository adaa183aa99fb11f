"""The composer: the only place that knows the whole line from a directory to a report.

Nothing that the answer does not need is imported: equal packages are answered without a parser, and a
file as baseline without a network client.
"""

from semverdiff.checking.comparison import Comparison, compare_packages
from semverdiff.checking.one_package import check
from semverdiff.checking.settings import settings_of
from semverdiff.checking.several_packages import check_all
from semverdiff.checking.two_packages import diff

__all__ = ["Comparison", "check", "check_all", "compare_packages", "diff", "settings_of"]
