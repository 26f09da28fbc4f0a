"""Model files: cards, weights, and the store of a person's own models."""
