"""What is done with one face, on every page that shows faces."""
