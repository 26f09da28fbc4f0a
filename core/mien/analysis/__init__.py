"""Videos and pictures become session folders, frame by frame."""
