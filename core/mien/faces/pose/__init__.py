"""Where a face points, how far eyes and mouth are open: from 468 landmarks, where a person asks for it."""
