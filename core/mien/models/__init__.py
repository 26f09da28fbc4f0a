"""Model files: cards, weights, and a person's own store of them."""
