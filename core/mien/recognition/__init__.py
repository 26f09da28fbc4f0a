"""From a frame to its predictions."""
