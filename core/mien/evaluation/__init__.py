"""How good a model is, on labelled faces and in whole frames."""
