"""The Train page: a model learns from a person's own labelled pictures."""
