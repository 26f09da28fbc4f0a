"""What pages share and do not draw: background work, preferences."""
