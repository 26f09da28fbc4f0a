"""The network: super-resolution, learned resizer, spatial transformer, backbone and head."""
