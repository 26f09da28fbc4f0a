"""Faces in a picture: detected, aligned, tracked."""
