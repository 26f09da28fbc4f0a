"""The live pipeline: capture and recognition, each on a thread of its own."""
