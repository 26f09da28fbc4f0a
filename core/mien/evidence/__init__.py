"""Which parts of a face speak for an expression."""
