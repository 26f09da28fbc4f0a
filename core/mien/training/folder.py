"""The files of a training's folder that more than one module names."""

CHECKPOINT = "last.pt"
EVENTS = "events.jsonl"
RESULT = "result.json"
"""The comparison with the model that the training started from."""
