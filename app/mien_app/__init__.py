"""Mien's window: it draws what `mien` thinks."""
