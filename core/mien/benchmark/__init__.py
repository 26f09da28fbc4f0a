"""This machine's speed and memory."""
