"""Pictures that explain: of faces, of evidence, of an evaluation."""
