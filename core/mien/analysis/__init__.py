"""Recorded video and pictures, analysed frame by frame into session folders."""
