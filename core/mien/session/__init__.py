"""Session folders: what was measured, row by row, and the edits that a person makes afterwards."""
