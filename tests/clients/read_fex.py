"""Py-Feat's own reader, and what its Fex makes of the columns."""

import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import matplotlib
import numpy as np

matplotlib.use("Agg")
try:
    import torchcodec  # noqa: F401
except (ImportError, OSError, RuntimeError):  # its build is not PyTorch's; nothing here opens a video
    for name in [name for name in sys.modules if name.split(".")[0] == "torchcodec"]:
        del sys.modules[name]
    for name in ("torchcodec", "torchcodec.decoders"):
        sys.modules[name] = ModuleType(name)
    sys.modules["torchcodec.decoders"].VideoDecoder = None  # type: ignore[attr-defined]
with suppress(ImportError):
    import mien.nn.torchvision_repair  # noqa: F401  # where torchvision's build is not PyTorch's
from feat.utils.io import read_feat

fex = read_feat(Path(sys.argv[1]))
assert fex.emotions.shape == (3, 7)
assert np.allclose(fex.emotions["happiness"], [0.1, 0.1, 0.8])
assert fex.faceboxes.notna().all().all()
assert fex.poses.shape == (3, 6)
assert fex.landmarks.shape == (3, 136)
assert fex.identities.tolist() == ["Person_0"] * 3
assert fex["approx_time"].tolist() == ["00:00"] * 3
assert len(fex.extract_mean(ignore_sessions=True)) == 1
figures = fex.plot_detections(au_barplot=False, plot_original_image=False)
assert len(figures) == 3
fex.sampling_freq = 4
numbers = fex.select_dtypes("number").drop(columns=fex.landmark_columns)
numbers.sampling_freq = 4
assert len(numbers.downsample(2, target_type="hz")) in (1, 2)

measured = read_feat(Path(sys.argv[2]))
assert measured.poses.notna().all().all()
assert measured.landmarks.notna().all().all()
x, y = map(np.ravel, measured.landmarks_dlib68_xy())
assert x[36] < x[30] < x[45]  # the tip of the nose between the eyes' outer corners
assert y[30] < y[8]  # and above the chin
assert len(measured.plot_detections(au_barplot=False, plot_original_image=False)) == 1
print("Py-Feat reads it")
