from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from tests.core.video.test_video import listed

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.errors import MienError
from mien.session.edits import TimeSpan
from mien.session.export.anonymise import Blurring
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.session import Session
from mien.video import VideoFile


def test_the_annotated_video_has_the_frames_times_and_sound(shared: Path, model_path: str, tmp_path: Path) -> None:
    source = shared / "clips" / "WolfgangLanger_Pexels.mp4"
    options = AnalysisOptions(model=model_path, end_s=1.2)
    with recognizer_for(options) as recognizer:
        analyse(source, tmp_path / "s", recognizer, options)
    session = Session(tmp_path / "s")
    told: list[float] = []
    assert VIDEO.export(session, tmp_path / "a.mp4", ExportOptions(progress=told.append)) == len(session.frame_times)
    half = TimeSpan(0.5, 1.0)
    VIDEO.export(session, tmp_path / "b.mp4", ExportOptions(half, boxes=False, blur="all"))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    assert listed(tmp_path / "a.mp4") == pytest.approx(session.frame_times, abs=1e-3)
    assert listed(tmp_path / "b.mp4")[-1] < 0.51
    for name in ("a.mp4", "b.mp4"):
        with av.open(str(tmp_path / name)) as container:
            assert container.streams.audio[0].codec_context.name == "aac"
            assert sum(frame.samples for frame in container.decode(audio=0)) > 0
    with VideoFile(source) as plain, VideoFile(tmp_path / "a.mp4") as drawn, VideoFile(tmp_path / "b.mp4") as covered:
        plain.go_to(0.5)
        before, with_box, blurred = plain.read(), drawn.read(), covered.read()
    assert before is not None
    assert with_box is not None
    assert blurred is not None
    left, top, width, height = (round(v) for v in session.predictions(session.place_at(0.5))[0].face.box)
    face = slice(top, top + height), slice(left, left + width)

    def detail(image: np.ndarray) -> float:  # type: ignore[type-arg]
        return float(cv2.Laplacian(image[face], cv2.CV_64F).std())

    assert detail(blurred.image) < 0.35 * detail(before.image)
    corner = slice(0, 60), slice(0, 60)
    assert np.abs(blurred.image[corner].astype(int) - before.image[corner]).mean() < 4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4", "b.mp4", "s"]


def test_all_but_one_are_covered_also_between_the_frames_in_which_they_were_found(copy: Session) -> None:
    kept = copy.people()[0]
    rows = copy.persons != kept
    assert rows.any()
    covering = Blurring(copy, f"others:{kept}")
    noise = np.random.default_rng(0).integers(0, 255, (240, 320, 3), np.uint8)
    for track in np.unique(copy.rows.track[rows]):
        frames = copy.rows.frame[rows & (copy.rows.track == track)]
        for place in range(frames[0], frames[-1] + 1):  # those without a row of this track too
            image = noise.copy()
            covering.cover(image, copy.frame_times[place])
            assert (image != noise).any()
    own = copy.rows.frame[copy.persons == kept]
    alone = np.setdiff1d(own, np.concatenate([np.arange(f - 40, f + 40) for f in np.unique(copy.rows.frame[rows])]))
    for place in alone:
        image = noise.copy()
        covering.cover(image, copy.frame_times[place])
        assert (image == noise).all()
    with pytest.raises(MienError, match="no person 99"):
        Blurring(copy, "others:99")
    with pytest.raises(MienError, match="whom to blur"):
        Blurring(copy, "me")


def test_nobody_is_blurred_where_others_would_stay_visible(copy: Session, tmp_path: Path) -> None:
    counts = {**copy.manifest.counts, "left_out": 9, "most_faces": 25}
    copy.manifest = replace(copy.manifest, counts=counts)
    for who in ("all", f"others:{copy.people()[0]}"):
        with pytest.raises(MienError, match="25 faces at most") as told:
            VIDEO.export(copy, tmp_path / "new.mp4", ExportOptions(TimeSpan(1.0, 1.2), boxes=False, blur=who))
        assert "--max-faces 25" in told.value.on_command_line
    assert not (tmp_path / "new.mp4").exists()
    assert VIDEO.export(copy, tmp_path / "new.mp4", ExportOptions(TimeSpan(1.0, 1.2))) > 0


def test_nobody_is_blurred_in_a_recording_that_left_out_faces_for_their_score(copy: Session) -> None:
    copy.manifest = replace(copy.manifest, counts={**copy.manifest.counts, "low_score": 3})
    Blurring(copy, "")
    with pytest.raises(MienError, match="3 faces were found with a lower score"):
        Blurring(copy, "all")


def test_nobody_is_blurred_where_an_older_session_may_hide_that_faces_were_left_out(copy: Session) -> None:
    """Its frames have as many faces as it would classify, and it does not say whether there were more."""
    counts = {name: n for name, n in copy.manifest.counts.items() if name not in ("left_out", "most_faces")}
    most = int(np.unique(copy.rows.frame, return_counts=True)[1].max())
    for limit, may_hide in ((most + 1, False), (most, True)):
        options = {**copy.manifest.options, "max_faces": limit}
        copy.manifest = replace(copy.manifest, counts=counts, options=options)
        Blurring(copy, "")
        with pytest.raises(MienError, match="older version") if may_hide else nullcontext():
            Blurring(copy, "all")


def test_nobody_is_blurred_where_the_video_is_another_now(copy: Session, tmp_path: Path) -> None:
    copy.manifest = replace(copy.manifest, input=replace(copy.manifest.input, sha256="0" * 64))
    with pytest.raises(MienError, match="was changed after it was analysed") as told:
        VIDEO.export(copy, tmp_path / "new.mp4", ExportOptions(TimeSpan(1.0, 1.2), boxes=False, blur="all"))
    assert "analyze --replace" in told.value.on_command_line
    assert list(tmp_path.glob("new*")) == []
