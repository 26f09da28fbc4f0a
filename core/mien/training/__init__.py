"""From a config and labelled faces to a model with its card."""
