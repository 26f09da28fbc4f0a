"""One module for each layout of a dataset, a registry of them, and what they share."""
