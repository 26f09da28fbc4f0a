"""Labelled folders: checked, split, filled."""
