"""Measures this machine's speed and memory."""
