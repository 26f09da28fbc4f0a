import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pandas
import pytest
import torch
from PIL import Image
from tests.conftest import write_demo

import mien
from mien.faces.alignment import crop
from mien.sources import DemoSource
from mien.utils import paths

PHOTO = paths.assets() / "astronaut.png"


def test_a_picture_is_read_whatever_it_is(model_path: str) -> None:
    image = mien.read_picture(PHOTO)
    named = mien.read(PHOTO, model=model_path)
    assert (named.source, named.model, len(named.faces)) == ("astronaut.png", "untrained", 1)
    others = [
        mien.read(str(PHOTO), model=model_path),
        mien.read(Image.open(PHOTO), model=model_path),
        mien.read(image, model=model_path),
        mien.read(image[..., ::-1], rgb=True, model=model_path),
        mien.read(image.astype(np.float32) / 255, model=model_path),
    ]
    for other in others:
        assert other.faces[0].face.box == named.faces[0].face.box
        assert np.allclose(other.faces[0].probabilities, named.faces[0].probabilities, atol=1e-5)


def test_the_shipped_model_says_what_it_sees() -> None:
    result = mien.read(PHOTO)
    assert result.faces[0].label == "happiness"
    assert result.model == "light"


def test_what_cannot_be_read(model_path: str, tmp_path: Path) -> None:
    with pytest.raises(mien.MienError, match="cannot be read"):
        mien.read(tmp_path / "nothing.jpg", model=model_path)
    write_demo(tmp_path / "film.mp4", 2)
    for name in ("film.mp4", "."):
        with pytest.raises(mien.MienError, match=r"cannot be read.* mien\.stream"):
            mien.read(tmp_path / name, model=model_path)
    with pytest.raises(TypeError, match="NoneType is no picture"):
        mien.read(None, model=model_path)
    with pytest.raises(mien.MienError, match="nothing"):
        mien.read(PHOTO, model="nothing")
    assert mien.read(PHOTO, model=model_path).faces  # a failure leaves it usable


def test_a_result_as_plain_values(model_path: str) -> None:
    result = mien.read(DemoSource(6).draw(0), model=model_path)
    values = json.loads(json.dumps(result.to_dict()))
    assert (values["width"], values["height"], len(values["faces"])) == (640, 480, 6)
    face = values["faces"][0]
    assert sum(face["probabilities"].values()) == pytest.approx(1, abs=1e-4)
    assert face["label"] == max(face["probabilities"], key=face["probabilities"].get)
    table = result.to_pandas()
    assert len(table) == 6
    assert repr(result).startswith("<Result '', 0.00 s: 6 faces, ")
    assert len(repr(result)) < 400
    assert table["left"].tolist() == [face["box"][0] for face in values["faces"]]
    assert table["p_neutral"][0] == pytest.approx(face["probabilities"]["neutral"], abs=1e-5)


def test_who_is_left_out_is_said(model_path: str) -> None:
    picture = DemoSource(6).draw(0)
    *_, streamed = mien.stream([picture] * 4, model=model_path, max_faces=2)  # a frame has two new ones at most
    for result in (mien.read(picture, model=model_path, max_faces=2), streamed):
        assert (len(result.faces), result.left_out, result.to_dict()["left_out"]) == (2, 4, 4)
        assert "2 faces of 6" in repr(result)
    assert mien.read(picture, model=model_path).left_out == 0
    with pytest.raises(mien.MienError, match="max_faces"):
        mien.read(picture, model=model_path, max_faces=0)


def test_a_figure_says_whom_it_leaves_out(model_path: str) -> None:
    for people, said in ((6, ""), (8, "probabilities of the 6 largest of 8 faces")):
        result = mien.read(DemoSource(people).draw(0), model=model_path)
        assert len(result.faces) == people
        assert [axes.get_title() for axes in result.plot().axes] == [said, *(f"Face {i + 1}" for i in range(6))]


def test_a_result_without_a_face(model_path: str) -> None:
    result = mien.read(np.zeros((80, 80, 3), np.uint8), model=model_path)
    assert result.to_dict()["faces"] == []
    assert len(result.to_pandas()) == 0
    assert "p_neutral" in result.to_pandas()
    assert "No face was found." in result._repr_html_()
    assert len(result.plot().axes) == 1


def test_a_notebook_shows_a_picture_with_a_table(model_path: str, tmp_path: Path) -> None:
    path = tmp_path / "<b>&.png"
    path.write_bytes(PHOTO.read_bytes())
    result = mien.read(path, model=model_path)
    html = result._repr_html_()
    assert "&lt;b&gt;&amp;.png" in html
    assert "<b>" not in html
    assert html.count("<tr>") == 2
    assert all(name in html for name in result.classes)
    shown = cv2.imdecode(np.frombuffer(result._repr_png_(), np.uint8), 1)
    assert shown.shape == (512, 512, 3)
    assert not np.array_equal(shown, mien.read_picture(path))  # a box is in it
    assert np.array_equal(result.frame.image, mien.read_picture(path))  # not in the picture itself
    assert len(result.plot().axes) == 2
    assert result.plot()._repr_png_().startswith(b"\x89PNG")


def test_crops_are_classified_as_they_are(model_path: str) -> None:
    image = mien.read_picture(PHOTO)
    with mien.Recognizer(model_path) as recognizer:
        seen = recognizer.recognize_picture(mien.Frame(0, 0.0, image)).predictions[0]
    cut = crop(image, seen.face, 200)
    grey = cv2.cvtColor(cut, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(cut, (48, 48), interpolation=cv2.INTER_AREA)
    wide = np.hstack([cut[:, :1].repeat(20, 1), cut, cut[:, -1:].repeat(20, 1)])
    results = mien.read_crops([cut, Image.fromarray(cut[..., ::-1]), cut / 255, small, grey, wide], model=model_path)
    probabilities = [result.faces[0].probabilities for result in results]
    assert [result.frame.index for result in results] == list(range(6))
    assert np.abs(probabilities[0] - seen.probabilities).max() < 0.02  # cut out twice
    for other in probabilities[1:3]:
        assert np.allclose(other, probabilities[0], atol=1e-5)
    assert len(results.to_pandas()) == len(results.to_dict()) == 6
    assert len(results[2:4].to_pandas()) == 2
    assert results.index(results[5]) == 5
    assert len(set(results)) == 6
    assert mien.read_crops([], model=model_path) == []


def test_crops_in_one_array(model_path: str) -> None:
    grey = np.stack([cv2.cvtColor(DemoSource(1).draw(0)[:90, :90], cv2.COLOR_BGR2GRAY)] * 5)
    assert len(mien.read_crops(grey, model=model_path)) == 5
    assert len(mien.read_crops(np.repeat(grey[:2, ..., None], 3, 3), model=model_path)) == 2
    assert len(mien.read_crops(np.array([str(PHOTO)] * 2, object), model=model_path)) == 2  # as of a column of paths


@pytest.mark.parametrize("shape", [(9, 9), (9, 9, 3), (3, 9, 9), (9, 9, 4)], ids=str)
def test_one_picture_is_not_taken_row_by_row(shape: tuple[int, ...]) -> None:
    one = np.zeros(shape, np.uint8)
    for given in (one, torch.from_numpy(one)):
        with pytest.raises(TypeError, match="list of crops"):
            mien.read_crops(given)
        with pytest.raises(TypeError, match="is no source"):
            next(mien.stream(given))
    with pytest.raises(TypeError, match="list of crops"):
        mien.read_crops(Image.open(PHOTO))


def test_frames_in_one_array(model_path: str) -> None:
    frames = np.stack([DemoSource(2).draw(0)] * 2)
    assert [len(result.faces) for result in mien.stream(frames, model=model_path)] == [2, 2]


def test_tables_have_the_same_types_with_and_without_a_face(model_path: str) -> None:
    """Else a data frame made of many results computes no means."""
    empty = np.zeros((80, 80, 3), np.uint8)
    some, none = (mien.read(given, model=model_path, pose=True).to_pandas() for given in (PHOTO, empty))
    numbers = some.select_dtypes("number").dtypes
    assert {"frame", "track", "size_px", "p_neutral", "pose_yaw", "blink"} <= set(numbers.index)
    assert none[numbers.index].dtypes.equals(numbers)
    both = pandas.concat([none, some], ignore_index=True)
    assert both["p_neutral"].dtype == np.float64
    assert both.mean(numeric_only=True)["p_neutral"] == some["p_neutral"][0]


@pytest.mark.parametrize("bad", [[None], [np.zeros((0, 5, 3), np.uint8)], "a.png", [np.full((4, 4), -1)]], ids=repr)
def test_bad_crops(bad: object, model_path: str) -> None:
    with pytest.raises((mien.MienError, TypeError), match=r"[Pp]ass "):
        mien.read_crops(bad, model=model_path)


def test_a_stream_keeps_its_faces(model_path: str, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    times = write_demo(path, 8)
    for source in (str(path), path):
        results = list(mien.stream(source, model=model_path))
        assert [result.frame.time_s for result in results] == pytest.approx(times, abs=1e-3)
        assert {face.track_id for result in results for face in result.faces} == {1, 2}
        assert results[0].source == "film.mp4"
    pictures = [DemoSource(2).draw(0)] * 3
    given = list(mien.stream(pictures, model=model_path))
    assert [result.frame.time_s for result in given] == [0, 0.04, 0.08]
    assert [{face.track_id for face in result.faces} for result in given] == [{1, 2}] * 3
    frames = [mien.Frame(7, 1.5, pictures[0])]
    assert [result.frame.index for result in mien.stream(frames, model=model_path)] == [7]


def test_a_stream_that_is_left_closes_its_source(model_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source, closed = DemoSource(1), []
    monkeypatch.setattr(source, "close", lambda: closed.append(True))
    monkeypatch.setattr("mien.api.functions.open_source", lambda _: source)
    for _ in mien.stream("demo", model=model_path):
        assert not closed
        break
    assert closed


@pytest.mark.parametrize("source", [None, 2.5, np.zeros((8, 8, 3), np.uint8)], ids=["None", "2.5", "array"])
def test_what_is_no_source(source: object, model_path: str) -> None:
    with pytest.raises(TypeError, match="is no source"):
        next(mien.stream(source, model=model_path))


def test_files_become_sessions(model_path: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_demo(folder / "film.mp4", 6)
    (folder / "broken.mp4").write_text("no video")
    (session,) = mien.analyze(folder, str(tmp_path / "out"), model=model_path, every=np.int64(2))
    assert len(session.frame_times) == 3
    again = mien.Session(str(session.folder))
    assert again.people() == session.people()
    with pytest.raises(mien.MienError, match="broken") as told:
        mien.analyze([folder / "broken.mp4"], tmp_path / "out", model=model_path)
    assert str(told.value).count("broken.mp4") == 1
    with pytest.raises(mien.MienError, match="with other options") as told:
        mien.analyze(folder / "film.mp4", tmp_path / "out", model=model_path)
    assert "--" not in str(told.value)
    with pytest.raises(TypeError, match="unknown"):
        mien.analyze(folder, tmp_path / "out", unknown=1)
    with pytest.raises(TypeError, match="ndarray is no file"):
        mien.analyze(np.zeros((2, 2, 3), np.uint8), tmp_path / "out")


@pytest.mark.parametrize(
    ("library", "asked", "said"),
    [("pandas", "to_pandas", "pip install pandas"), ("matplotlib", "plot", "This needs matplotlib")],
)
def test_without_a_library_it_says_what_to_install(model_path: str, library: str, asked: str, said: str) -> None:
    code = (
        f"import sys; sys.modules[{library!r}] = None\nimport mien\n"
        f"try: mien.read({str(PHOTO)!r}, model={model_path!r}).{asked}()\n"
        "except mien.MienError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said in done.stdout
