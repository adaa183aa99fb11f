"""`python -m semverdiff`: the same as the console scripts."""

from semverdiff.cli import main

main()
