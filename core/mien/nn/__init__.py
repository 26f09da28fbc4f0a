"""The network from crop to logits: super-resolution, learned resizer, backbone, head, balancing."""
