"""What is made of a network's probabilities: calibration, sets, smoothing, reasons to doubt."""
