"""Labelled faces: readers for FERPlus, RAF-DB and plain folders, augmentation, sampling."""
