"""The attentive extractor of ARBEx and its two streams."""
