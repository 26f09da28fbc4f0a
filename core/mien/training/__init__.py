"""Training: its configuration, the loop, checkpoints and the events it reports."""
