"""The live pipeline: capture and recognition on threads of their own."""
