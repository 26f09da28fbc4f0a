"""Pictures of faces, of evidence, and of an evaluation."""
