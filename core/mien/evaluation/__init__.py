"""How good a model is, on faces and in whole frames."""
