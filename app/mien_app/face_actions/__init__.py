"""What can be done with one face, on every page that shows faces: label it, look at the evidence, save a picture."""
