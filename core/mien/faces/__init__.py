"""Faces in a picture: found, aligned, tracked."""
