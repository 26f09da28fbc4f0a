"""Labelled folders: examining, splitting and filling them."""
