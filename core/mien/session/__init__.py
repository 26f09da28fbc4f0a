"""Session folders: what was measured of a video or picture, row by row, and what a person made of it afterwards."""
