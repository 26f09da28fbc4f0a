import json
import shutil
import zipfile
from pathlib import Path

import pytest

from mien.cli.main import main
from mien.errors import MienError
from mien.models import cards, store, weights
from mien.utils import paths


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "own"
    monkeypatch.setattr(paths, "user_weights", lambda: folder)
    return folder


@pytest.mark.parametrize("by_path", [False, True])
def test_kept_exported_removed_and_taken_again(
    model_path: str, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_path: bool
) -> None:
    store.keep(model_path, "mine")
    assert "mine" in cards.available()
    assert cards.read_card("mine").name == "mine"
    file = store.export("mine", tmp_path / "for you")
    assert file.name == "for you.mien"
    with pytest.raises(MienError, match="There already is a model"):
        store.take(file)
    (own / "mine.graph").write_bytes(b"what OpenVINO computes")
    translations = [tmp_path / "cache" / f"{name}-0123456789abcdef.bin" for name in ("mine", "not-mine", "mine-2")]
    translations[0].parent.mkdir()
    for path in translations:
        path.write_bytes(b"weights")
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "cache")
    store.remove(str(own / "mine.json") if by_path else "mine")
    assert list(own.iterdir()) == []
    assert [path.exists() for path in translations] == [False, True, True]
    store.take(file)
    _, card = weights.load("mine")
    assert card.sha256 == cards.read_card(model_path).sha256
    assert len(card.network.classes) == 8
    store.take(file, "another")
    assert {"mine", "another"} <= set(cards.available())


def test_a_file_that_is_not_there_is_said_to_be_so(own: Path, tmp_path: Path) -> None:
    for name in ("gone.mien", "gone.json"):
        with pytest.raises(MienError, match=f"{name} does not exist"):
            store.take(tmp_path / name) if name.endswith(".mien") else store.keep(str(tmp_path / name), "mine")
    for name in ("model.pt", "model.PT"):
        with pytest.raises(MienError, match=f"{name} is a pickle"):
            store.keep(name, "mine")


def test_the_end_of_a_files_name_may_be_in_capitals(model_path: str, tmp_path: Path) -> None:
    card = Path(shutil.copy(model_path, tmp_path / "MINE.JSON"))
    shutil.copy(Path(model_path).with_suffix(".safetensors"), tmp_path / "MINE.safetensors")
    assert cards.locate(str(card)) == card
    assert weights.load(str(card))[1] == cards.read_card(model_path)
    with pytest.raises(MienError, match=r"gone\.JSON does not exist"):
        cards.locate("gone.JSON")


@pytest.mark.parametrize(
    "name", ["", "../up", "a/b", ".hidden", "light", "LIGHT", "ends.", "x" * 80, "a.json", "b.Safetensors"]
)
def test_names_that_cannot_be(name: str, model_path: str, own: Path) -> None:
    with pytest.raises(MienError):
        store.keep(model_path, name)
    assert not own.exists()


@pytest.mark.usefixtures("own")
def test_how_long_a_name_may_be_is_told() -> None:
    assert store.check_name("x" * 63) == "x" * 63
    with pytest.raises(MienError, match="at most 63 letters"):
        store.check_name("x" * 64)


def test_a_copy_names_no_graph_that_it_does_not_have() -> None:
    assert cards.read_card("light").graph
    store.keep("light", "mine")
    assert cards.read_card("mine").graph == ""


def test_a_zip_that_breaks_off_within_its_packing_is_refused(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.mien"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("card.json", bytes(range(256)) * 8)
        archive.writestr("model.safetensors", b"weights")
    data = bytearray(file.read_bytes())
    data[60:90] = bytes(range(30))
    file.write_bytes(data)
    with pytest.raises(MienError, match="is not a model that Mien exported"):
        store.take(file)
    assert not own.exists()


def test_what_came_with_mien_stays(own: Path) -> None:
    with pytest.raises(MienError, match="came with Mien"):
        store.remove("light")


def rewritten(file: Path, out: Path, card: bytes | None = None, data: bytes | None = None) -> Path:
    with zipfile.ZipFile(file) as archive:
        text, weights_ = archive.read("card.json"), archive.read("model.safetensors")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("card.json", text if card is None else card)
        archive.writestr("model.safetensors", weights_ if data is None else data)
    return out


def test_files_that_are_refused(model_path: str, own: Path, tmp_path: Path) -> None:
    good = store.export(model_path, tmp_path / "good.mien")
    card = json.loads(zipfile.ZipFile(good).read("card.json"))
    wide = json.dumps({**card, "network": {**card["network"], "head_width": 17}}).encode()
    away = json.dumps({**card, "name": "../../away"}).encode()
    bad = {
        "not a model": tmp_path / "text.mien",
        "SHA-256 differs": rewritten(good, tmp_path / "hash.mien", data=b"\0" * 64),
        "pickle": rewritten(good, tmp_path / "pickle.mien", data=b"\x80\x04\x95"),
        "does not fit": rewritten(good, tmp_path / "shape.mien", card=wide),
        "cannot be a model's name": rewritten(good, tmp_path / "away.mien", card=away),
        "cannot be read: it has more than 32 levels": rewritten(good, tmp_path / "card.mien", card=b"[" * 100_000),
        "not a card of format": rewritten(good, tmp_path / "format.mien", card=b'{"format": 99}'),
    }
    bad["not a model"].write_text("no zip")
    for reason, file in bad.items():
        with pytest.raises(MienError, match=reason):
            store.take(file)
    with zipfile.ZipFile(tmp_path / "more.mien", "w") as archive:
        archive.writestr("../evil.py", "")
    with pytest.raises(MienError, match="not a model that Mien exported"):
        store.take(tmp_path / "more.mien")
    assert not own.exists()


def test_a_half_written_model_is_not_listed(own: Path) -> None:
    own.mkdir()
    (own / "half.safetensors").write_bytes(b"")
    (own / "other.json").write_text("{}")
    assert not {"half", "other"} & set(cards.available())


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("faces", "faces"),
        ("faces (1)", "faces 1"),
        ("Light", "Light 2"),
        ("Gru\u0308n", "Gr\u00fcn"),
        ("nul", "nul 2"),
        ("..?!", "model"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),  # Hindi
        ("\u0e14\u0e35\u0e43\u0e08", "\u0e14\u0e35\u0e43\u0e08"),  # Thai
        ("\u0301_a", "_a"),
        (90 * "x", 58 * "x"),
    ],
)
def test_the_name_that_is_suggested_can_be_had(folder: str, name: str) -> None:
    assert store.suggest_name(folder) == store.check_name(name) == name


@pytest.mark.usefixtures("own")
def test_accents_are_stored_in_one_way(model_path: str) -> None:
    assert store.keep(model_path, "Gru\u0308n").stem == "Gr\u00fcn"


def test_a_model_goes_to_others_under_the_name_it_was_given(model_path: str, own: Path, tmp_path: Path) -> None:
    file = store.export(model_path, tmp_path / "a", " angst ")
    assert store.take(file).stem == cards.read_card("angst").name == "angst"
    with pytest.raises(MienError, match="cannot be a model's name"):
        store.export(model_path, tmp_path / "b", "a/b")
    assert not (tmp_path / "b.mien").exists()


def test_an_imported_model_gets_a_free_name_only_where_another_one_has_its_own(
    model_path: str, own: Path, tmp_path: Path
) -> None:
    file = store.export(model_path, tmp_path / "a", "Light")
    assert store.take(file, renamed=True).stem == "Light 2"
    again = store.export("Light 2", tmp_path / "b")
    with pytest.raises(MienError, match="already is a model 'Light 2'"):  # it is that one
        store.take(again, renamed=True)
    (own / "Light 2.json").write_text("{}")
    assert store.take(again, renamed=True).stem == "Light 2 2"


def test_the_command(model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "mine", "--keep", model_path]) == 0
    assert main(["models", "mine", "--export", str(tmp_path / "m")]) == 0
    assert main(["models", "yours", "--import", str(tmp_path / "m.mien")]) == 0
    assert main(["models"]) == 0
    assert "yours" in capsys.readouterr().out
    assert main(["models", "mine", "--remove"]) == 0
    assert main(["models", "mine"]) == 2
    assert main(["models", "--remove"]) == 2
    with pytest.raises(SystemExit):  # only one of them would be done
        main(["models", "mine", "--export", str(tmp_path / "m"), "--remove"])
