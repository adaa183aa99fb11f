"""Types as sets of values: union, intersection, difference and emptiness decide every subtype question."""
