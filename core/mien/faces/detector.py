"""Detects faces in a frame: in the whole picture, in tiles of it, and closely where one is expected or noticed."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from mien.faces.alignment import plausible, quarter_turns
from mien.faces.blazeface import SIDE, BlazeFace, Found, face_of
from mien.faces.close_up import FOUR, NINE, CloseUp, Layout, four_ways, sheets, window_around
from mien.faces.newcomers import SURE, SURER, Newcomers
from mien.faces.places import SAME, ExpectedFace, apart, distinct, is_among, near
from mien.faces.windows import Window, in_turns, tiles, whole
from mien.types import Face, Image
from mien.utils.closeable import Closeable

SMALLEST_PX, SMALLEST_IN_STREAM_PX = 24.0, 32.0
"""Sides of the boxes of the smallest faces that are looked for; smaller ones are found at times."""
_LEAST_PX = 8.0  # nothing is known of a face that is smaller
_ROUND = 12  # pictures of a stream in which each of its smallest tiles has its turn: half a second
_ROUNDS = 3  # in which each of the larger ones has it
_NOTICED = 0.25  # score of a candidate, which is then looked at closely
_MOST_CANDIDATES = 200  # in a single picture
_SEEN_PX = (
    12.0  # side of a box in the network's picture; most that are smaller are no faces, else a smaller tile shows it
)
_WHOLE_EVERY = 6  # pictures of a stream, where all faces are looked at closely
_MOST_NEW = 2  # candidates that are looked at closely in each picture of a stream, or half as many as windows
_ALONE = 4  # windows of a stream without a face, at least, where there are as many
_COARSE = 4  # tiles, the largest, that are also looked at in the other three ways up


class FaceDetector(Closeable):
    """Detects faces. One pass over the whole frame misses small ones, so there are passes over tiles of it too.

    Whatever looks a little like a face is looked at closely, in four ways up, and by a second network. Use it on one
    thread. Close it, or use it in a `with`.
    """

    def __init__(self, *, tiles: bool = True, min_score: float = 0.5) -> None:
        """Load the models.

        Args:
            tiles: also pass over tiles: one for every 230 px of a picture's sides, and larger ones.
            min_score: faces with a lower score are left out.
        """
        self._network = BlazeFace(min_score=_NOTICED, same=SAME)
        self._close_up = CloseUp(self._network)
        self._min_score = min_score
        self.tiles = tiles
        self._turn = self._pictures = 0
        self._ahead = False  # by one tile
        self._newcomers = Newcomers()
        self._unseen: list[ExpectedFace] = []  # in the whole picture

    def close(self) -> None:
        """Free the networks' memory."""
        del self._network, self._close_up

    def state_dict(self) -> list[Any]:
        """Which tile's turn it is in the stream, which candidates wait or were refused, as plain values for JSON."""
        unseen = [list(place) for place in self._unseen]
        return [self._turn, self._pictures, *self._newcomers.state(), unseen, self._ahead]

    def load_state_dict(self, state: list[Any]) -> None:
        """Go on with the stream whose `state_dict` this is."""
        state = [*state, *([], [], [], False)[len(state) - 2 :]]  # older ones are shorter
        self._turn, self._pictures, waiting, refused, unseen, self._ahead = state
        self._newcomers.load_state(waiting, refused)
        self._unseen = [ExpectedFace(*place) for place in unseen]

    def reset(self) -> None:
        """Begin a new stream."""
        self._turn = self._pictures = 0
        self._ahead = False
        self._newcomers, self._unseen = Newcomers(), []

    def detect(self, image: Image) -> list[Face]:
        """All faces of a single BGR picture (H, W, 3), the largest first, whichever way up they are."""
        coarse = [whole(image)]
        fine = tiles(image, SMALLEST_PX) if self.tiles else []
        coarse, fine = coarse + fine[:_COARSE], fine[_COARSE:]
        turned = [window.turned(turns) for turns in (1, 2, 3) for window in coarse]
        faces = self._among(image, coarse + fine + turned, [])
        # Small faces are noticed less well when they are turned: where others are, all tiles are turned too.
        ways = {quarter_turns(face) for face in faces} - {0}
        return self._among(image, [window.turned(turns) for turns in sorted(ways) for window in fine], faces)

    def _among(self, image: Image, windows: Sequence[Window], faces: list[Face]) -> list[Face]:
        """The faces so far, and those that are seen in more windows."""
        new = apart(self._look(image, windows), faces)[:_MOST_CANDIDATES]
        return self._sorted([*faces, *self._close_up.confirmed(image, new)])

    def detect_in_stream(self, image: Image, expected: Sequence[ExpectedFace] = ()) -> list[Face]:
        """All faces of a stream's next picture, the largest first, in a fraction of the time of `detect`.

        It passes over the whole picture, over a twelfth of the smallest tiles, which take turns, and a third of that of
        the larger ones, and over a quarter of a window (a ninth where there are more than four) for each expected face
        that is too small for that or was not seen. Where such windows show all expected faces, the whole picture has
        its turn in every sixth one of the stream. At most two new ones, or half as many as passes, are looked at
        closely, each in a pass of its own, those that are not sure in the next picture. While nobody is there, nothing
        waits, and the other three ways up take turns, too.

        Args:
            image: BGR (H, W, 3).
            expected: where faces should be.
        """
        if not self.tiles:
            return self.detect(image)
        everything = whole(image)
        close, far, layout = self._shared_out(expected, everything)
        late = self._newcomers.waiting[:_MOST_NEW]
        others = -(-len(close) // layout.count) + len(late)  # sheets
        windows = self._next_windows(image, everything, others, always=bool(far) or not expected, alone=not expected)
        around = [window_around(*place, layout) for place in close]
        own, ways = sheets(image, around, layout), sheets(image, four_ways(late))
        found = self._network.look(chain((window.cut(image, SIDE) for window in windows), own, ways))
        found, late_found = found[: len(found) - len(late)], found[len(found) - len(late) :]
        seen = dict(zip(close, self._close_up.faces(image, around, found[len(windows) :], layout), strict=True))
        if layout is NINE:  # small and blurred faces have better scores among four
            unsure = [place for place in close if (face := seen[place]) is None or face.score < self._min_score + SURER]
            seen |= zip(unsure, self._close_up.look(image, [window_around(*place) for place in unsure]), strict=True)
        lost = [place for place in close if seen[place] is None]
        if everything not in windows and any(place.size >= _px(_SEEN_PX, everything) for place in lost):
            windows.insert(0, everything)
            found = [*self._network.look([everything.cut(image, SIDE)]), *found]
        candidates = self._candidates(image, windows, found[: len(windows)])
        seen |= {place: self._same(candidates, place) for place in [*lost, *far]}
        lost = [place for place in far if seen[place] is None]
        seen |= zip(lost, self._close_up.look(image, [window_around(*place) for place in lost]), strict=True)
        shown = self._clear(image, everything, found[0]) if close and everything in windows else None
        self._unseen = [
            ExpectedFace(*face.centre, face.size)
            for place, face in seen.items()
            if face is not None and (place in lost or (place in close and self._is_unseen(place, shown)))
        ]
        known = [face for face in seen.values() if face is not None]
        looked = [one for one in zip(late, late_found, strict=True) if apart(one[:1], known)]
        most = max(_MOST_NEW, len(windows) // 2)
        known += self._new(image, looked, candidates, known, most, wait=bool(expected))
        return self._sorted(known)

    def _shared_out(
        self, expected: Sequence[ExpectedFace], everything: Window
    ) -> tuple[list[ExpectedFace], list[ExpectedFace], Layout]:
        """Those that are looked at closely, those that the whole picture shows as well, and how the former lie."""
        close: list[ExpectedFace] = []
        far: list[ExpectedFace] = []
        for place in expected:
            unseen = place.size < _px(_SEEN_PX, everything) or is_among(self._unseen, place)
            (close if unseen else far).append(place)
        layout = FOUR if len(expected) <= FOUR.count else NINE
        small = all(place.size < _px(layout.face_px, everything) for place in far)
        if small and len(far) <= -len(close) % layout.count:
            return [*close, *far], [], layout  # there is room for them on the last sheet
        return close, far, FOUR if len(close) <= FOUR.count else NINE

    def _clear(self, image: Image, window: Window, found: Sequence[Found]) -> list[ExpectedFace]:
        """Where surely faces are, of what the network found in a window."""
        sure = [one for one in found if one[1] >= self._min_score + SURER]
        faces = self._candidates(image, [window], [sure])
        return [ExpectedFace(*face.centre, face.size) for face in faces if plausible(face, quarter_turns(face))]

    def _is_unseen(self, place: ExpectedFace, shown: Sequence[ExpectedFace] | None) -> bool:
        """Whether the whole picture does not show a face clearly, or did not where it was not passed over (None)."""
        return is_among(self._unseen, place) if shown is None else not is_among(shown, place)

    def _new(
        self,
        image: Image,
        looked: Sequence[tuple[Face, Sequence[Found]]],
        candidates: Sequence[Face],
        known: Sequence[Face],
        most: int,
        *,
        wait: bool,
    ) -> list[Face]:
        """Those candidates that are faces, of as many as may be looked at; the others wait.

        So do those that are not sure, where somebody is there: their pass is made with those of the next picture.

        Args:
            image: BGR (H, W, 3).
            looked: candidates that waited, and what the network found in a sheet of theirs.
            candidates: those of this picture.
            known: faces of this picture.
            most: how many may be looked at.
            wait: somebody is there.
        """
        late, found = [face for face, _ in looked], [seen for _, seen in looked]
        others = self._newcomers.rested([*self._newcomers.waiting[_MOST_NEW:], *candidates], self._pictures)
        others = distinct([*late, *apart(others, known)])[len(late) :]
        now = [face for face in others if not wait or face.score >= SURE][: most - len(late)]
        found += self._network.look(sheets(image, four_ways(now)))
        confirmed = self._close_up.judged(image, [*late, *now], found)
        self._newcomers.refuse(apart([*late, *now], confirmed), self._pictures)
        self._newcomers.keep([face for face in others if all(face is not one for one in now)], confirmed)
        return confirmed

    def _next_windows(
        self, image: Image, everything: Window, others: int, *, always: bool, alone: bool
    ) -> list[Window]:
        """Those whose turn it is; the whole picture `always` has it, and tiles more often while nobody is there.

        Two are passed over at a time. So that their number is even, with the `others`, a tile comes one picture early.
        """
        parts = in_turns(image, SMALLEST_IN_STREAM_PX, _ROUNDS)
        step, cycle = self._pictures % (_ROUNDS * _ROUND), _ROUNDS * _ROUND
        chosen = [everything] if always or step % _WHOLE_EVERY == 0 else []
        self._pictures += 1
        count = len(parts) * (step + 1) // cycle - len(parts) * step // cycle
        if count and not alone and (len(chosen) + others + count) % 2:
            count += -1 if self._ahead else 1
            self._ahead = not self._ahead
        for _ in range(min(max(count, alone), len(parts))):
            self._turn = (self._turn + 1) % len(parts)
            chosen.append(parts[self._turn])
        if alone and (len(chosen) < _ALONE or len(chosen) % 2):
            chosen.append(everything.turned(1 + self._pictures % 3))
        return chosen

    def _look(self, image: Image, windows: Sequence[Window]) -> list[Face]:
        """Everything that looks a little like a face, the best first."""
        return self._candidates(image, windows, self._network.look(window.cut(image, SIDE) for window in windows))

    def _candidates(self, image: Image, windows: Sequence[Window], seen: Sequence[Sequence[Found]]) -> list[Face]:
        """The same, of what the network found in the windows."""
        height, width = image.shape[:2]
        found = [
            face_of(window.to_picture(points, SIDE), score, width, height)
            for window, own in zip(windows, seen, strict=True)
            for points, score in own
            if (points[1] - points[0]).max() >= _SEEN_PX
        ]
        # One whose keypoints lie as in a face is kept rather than a better one of the same place whose do not.
        good = {id(face) for face in found if plausible(face, quarter_turns(face))}
        return distinct(sorted(found, key=lambda face: (id(face) in good, face.score), reverse=True))

    def _same(self, candidates: Iterable[Face], place: ExpectedFace) -> Face | None:
        """The candidate that is surely the expected face."""
        for face in candidates:
            if (
                near(face, place.x, place.y, place.size)
                and face.score >= self._min_score
                and plausible(face, place.turns)
            ):
                return face
        return None

    def _sorted(self, faces: list[Face]) -> list[Face]:
        """Of faces that overlap only the one with the best score; the largest first."""
        good = [face for face in faces if face.score >= self._min_score and face.size >= _LEAST_PX]
        good.sort(key=lambda face: face.score, reverse=True)
        return sorted(distinct(good), key=lambda face: face.size, reverse=True)


def _px(seen: float, everything: Window) -> float:
    """The side in a picture of what has this side in the network's picture of all of it, px."""
    return seen * everything.side / SIDE
