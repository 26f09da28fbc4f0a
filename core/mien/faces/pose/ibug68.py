"""The 68 points of a face that iBUG's 300-W annotates (Sagonas et al. 2013) and OpenFace and Py-Feat have, found among
the 468 of MediaPipe's mesh.

Left and right are those of the picture. No vertex of the mesh was made for this scheme: those were taken that lie where
it wants a point, in pairs that mirror each other; along the jaw, those nearest to equal distances from point to point.
"""

_JAW = (127, 234, 132, 58, 172, 136, 150, 176, 152, 400, 379, 365, 397, 288, 361, 454, 356)  # ear, chin (8), ear
_BROWS = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300)  # 17 to 26: from the left end to the right end
_BRIDGE = (168, 197, 195, 4)  # 27 to 30: from between the eyes to the tip of the nose
_UNDER_NOSE = (98, 97, 2, 326, 327)  # 31 to 35: from wing to wing
_LEFT_EYE = (33, 160, 158, 133, 153, 144)  # 36 to 41: outer corner, upper lid, inner corner, lower lid
_RIGHT_EYE = (362, 385, 387, 263, 373, 380)  # 42 to 47: inner corner, upper lid, outer corner, lower lid
# 48 to 59: the outer edge, clockwise from the left corner
_LIPS = (61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181)
_MOUTH = (78, 82, 13, 312, 308, 317, 14, 87)  # 60 to 67: the inner edge, likewise

MESH_POINTS = (*_JAW, *_BROWS, *_BRIDGE, *_UNDER_NOSE, *_LEFT_EYE, *_RIGHT_EYE, *_LIPS, *_MOUTH)
"""68 places among the mesh's 468, in the scheme's order."""
