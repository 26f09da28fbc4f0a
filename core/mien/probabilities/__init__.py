"""From logits to a prediction: calibration, prediction sets, smoothing, baseline, reasons to doubt, words."""
