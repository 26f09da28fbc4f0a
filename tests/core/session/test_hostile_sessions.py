import csv
import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.core.video.clips import counted, write_clip

from mien.analysis.inputs import jobs
from mien.errors import MienError
from mien.session.edits import Edits, read_edits
from mien.session.export.base import ExportOptions
from mien.session.export.registry import EXPORTERS
from mien.session.recovery import recover
from mien.session.session import Session

DATA = Path(__file__).parents[2] / "data" / "sessions"
posix = pytest.mark.skipif(os.name != "posix", reason="links and limits of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "analysed", tmp_path / "analysed"))


@pytest.fixture
def unfinished(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "unfinished-recording", tmp_path / "unfinished"))


def changed(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    values = json.loads(path.read_bytes())
    change(values)
    path.write_bytes(json.dumps(values).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "change",
    [
        lambda values: values.update(classes=["a"]),
        lambda values: values.update(classes=["a\n", "b"]),
        lambda values: values.update(classes=["a" * 1000, "b"]),
        lambda values: values["input"].update(width=2**62),
        lambda values: values["input"].update(fps=-1.0),
        lambda values: values["input"].update(path="x" * 100_000),
        lambda values: values["persons"][0].update(number=2**40),
        lambda values: values["persons"][0].update(tracks=[-1]),
        lambda values: values.update(options=json.loads("[" * 40 + "]" * 40)),
        lambda values: values.update(counts=[]),
    ],
)
def test_manifests_that_are_refused(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    changed(folder / "session.json", change)
    with pytest.raises(MienError):
        Session(folder)


def test_what_a_manifest_lacks_is_named(folder: Path) -> None:
    changed(folder / "session.json", lambda values: values["persons"].insert(1, {}))
    with pytest.raises(MienError, match=r"session\.json\.persons\[1\] lacks number, tracks, faces, first_s, last_s\."):
        Session(folder)


@pytest.mark.parametrize("path", ["../../x.mp4", "session.json", "x" * 5000, "\ud800", "C:\\Windows\\x", "a\x00b"])
def test_a_video_elsewhere_is_gone_rather_than_looked_for(folder: Path, path: str) -> None:
    changed(folder / "session.json", lambda values: values["input"].update(path=path))
    assert Session(folder).video is None


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" * 100, b"\0" * 1000, b"PAR1\xff\xff\xff\x7fPAR1"])
def test_damaged_tables_are_refused_in_a_line(folder: Path, data: bytes) -> None:
    (folder / "faces.parquet").write_bytes(data)
    with pytest.raises(MienError, match=r"faces\.parquet"):
        Session(folder)


@posix
def test_a_table_that_ends_its_reader_does_not_end_this_process(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A program of the same name that Arrow's reader is replaced by: what it does stands for any crash.
    (tmp_path / "pyarrow").mkdir()
    (tmp_path / "pyarrow" / "__init__.py").write_text(f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    with pytest.raises(MienError, match=r"faces\.parquet cannot be read: it is damaged"):
        Session(folder)


def test_a_system_that_holds_no_process_to_less_memory_still_reads(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As macOS answers, whose processes have mapped more from the beginning.
    (tmp_path / "resource.py").write_text(
        "RLIMIT_AS = RLIMIT_CORE = RLIM_INFINITY = 0\ngetrlimit = lambda limit: (0, 0)\n"
        "def setrlimit(limit, pair): raise ValueError('current limit exceeds maximum limit')\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    assert len(Session(folder).rows.frame)


def test_a_table_is_read_without_pandas_which_takes_longer_than_all_else(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pandas.py").write_text("import os; os._exit(4)")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    assert len(Session(folder).rows.frame)


def test_why_a_table_cannot_be_read_is_said_whatever_the_terminal_can_show(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    renamed = folder.rename(folder.with_name("séance"))
    (renamed / "faces.parquet").unlink()
    with pytest.raises(MienError, match="No such file"):
        Session(renamed)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("p_happiness", 5.0),
        ("p_happiness", float("nan")),
        ("reliability", -1.0),
        ("left", float("inf")),
        ("time_s", float("nan")),
        ("time_s", 1e300),
        ("person", 2**60),
        ("track", -5),
        ("frame", -1),
    ],
)
def test_numbers_that_no_session_has_are_refused(folder: Path, column: str, value: float) -> None:
    path = folder / "faces.parquet"
    table = pq.read_table(path)
    there = table.column("track").is_valid().to_pylist().index(True)
    cells = table.column(column).to_pylist()
    cells[there] = value
    place = table.column_names.index(column)
    pq.write_table(table.set_column(place, column, pa.array(cells, table.schema.field(column).type)), path)
    with pytest.raises(MienError, match="no table of a session"):
        Session(folder)


@pytest.mark.parametrize("kind", ["none", "text", "many"])
def test_tables_of_another_shape_are_refused(folder: Path, kind: str) -> None:
    path = folder / "faces.parquet"
    table = pq.read_table(path)
    if kind == "none":
        table = table.slice(0, 0)
    elif kind == "text":
        table = table.set_column(0, "frame", pa.array(["x"] * len(table)))
    else:
        table = pa.table({name: pa.nulls(300_000, table.schema.field(name).type) for name in table.column_names})
    pq.write_table(table, path)
    with pytest.raises(MienError, match=r"faces\.parquet"):
        Session(folder)


@pytest.mark.parametrize(
    "names", [("$\\foo$", "$\\frac{1", "\\undefined"), ("<b>x</b>", "%", "{}"), ("\ud800", "a" * 1000, "x")], ids=ascii
)
def test_names_reach_plots_and_tables_as_they_are(folder: Path, tmp_path: Path, names: tuple[str, ...]) -> None:
    session = Session(folder)
    named = dict(zip(session.people(), names, strict=True))
    for person, name in named.items():
        session.keep(session.edits.named(person, name))
    again = Session(folder)
    assert EXPORTERS["plot"].export(again, tmp_path / "plot.svg", ExportOptions()) > 0
    assert EXPORTERS["rows"].export(again, tmp_path / "rows.csv", ExportOptions()) > 0
    with (tmp_path / "rows.csv").open(newline="", encoding="utf-8") as file:
        written = {(int(row["person"]), row["name"]) for row in csv.DictReader(file) if row["person"]}
    assert written == {(person, name.replace("\ud800", "\N{REPLACEMENT CHARACTER}")) for person, name in named.items()}


@pytest.mark.parametrize(
    "edits",
    [
        {"names": {"1": "x" * 2000}},
        {"names": {"-1": "x"}},
        {"names": {"9" * 30: "x"}},
        {"changes": [{"kind": "merge", "person": 1, "into": 2**62}]},
        {"changes": [{"kind": "merge", "person": 1, "into": 2}] * 10_001},
        {"markers": [{"time_s": 1e300}]},
        {"baselines": {"1": {"start_s": 5.0, "end_s": 5.0}}},
    ],
)
def test_edits_that_are_refused(folder: Path, edits: dict[str, Any]) -> None:
    (folder / "review.json").write_text(json.dumps(edits))
    with pytest.raises(MienError, match=r"review\.json"):
        read_edits(folder)


def test_what_cannot_be_shown_of_a_name_is_replaced(folder: Path) -> None:
    text = r'{"names": {"1": "A\ud800\u202e\u0000b\n c"}, "markers": [{"time_s": 1, "note": "\udcff"}]}'
    (folder / "review.json").write_text(text)
    edits = read_edits(folder)
    assert edits.names == {1: "A\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b c"}
    assert edits.markers[0].note == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("gallery", {"1": {}}),
        ("counts", None),
        ("seconds", "long"),
        ("classes", [1]),
    ],
)
def test_unfinished_recordings_that_are_damaged_say_so(unfinished: Path, key: str, value: object) -> None:
    changed(unfinished / "unfinished" / "progress.json", lambda values: values.update({key: value}))
    with pytest.raises(MienError):
        recover(unfinished)


def test_what_a_kill_left_of_a_table_is_gone_afterwards(unfinished: Path) -> None:
    left, own = unfinished / ".0123456789abcdef.tmp", unfinished / ".notes.tmp"
    left.write_bytes(b"PAR1")
    own.write_bytes(b"a person's own")
    recover(unfinished)
    assert own.is_file()
    assert not left.exists()


@posix
@pytest.mark.parametrize("name", ["unfinished/rows.csv", "people", "session.json"])
def test_nothing_is_written_through_a_link(unfinished: Path, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    link = unfinished / name
    if name == "people":
        victim.mkdir()
    else:
        victim.write_bytes(link.read_bytes() if link.is_file() else b"precious")
    before = victim.read_bytes() if victim.is_file() else sorted(victim.iterdir())
    link.unlink(missing_ok=True)
    link.symlink_to(victim)
    with pytest.raises(MienError, match="is a link"):
        recover(unfinished)
    assert (victim.read_bytes() if victim.is_file() else sorted(victim.iterdir())) == before


@posix
@pytest.mark.parametrize("name", EXPORTERS)
def test_no_export_is_written_through_a_link(folder: Path, tmp_path: Path, name: str) -> None:
    exporter = EXPORTERS[name]
    victim, out = tmp_path / "victim", tmp_path / f"out{exporter.suffixes[0]}"
    victim.write_text("precious")
    out.symlink_to(victim)
    film = write_clip(folder / "video.mp4", counted(3))
    changed(folder / "session.json", lambda values: values["input"].update(path=str(film)))
    with pytest.raises(MienError, match="is a link"):
        exporter.export(Session(folder), out, ExportOptions())
    assert victim.read_text() == "precious"
    assert out.is_symlink()


@posix
def test_a_full_disk_leaves_what_was_there(folder: Path, tmp_path: Path) -> None:
    import resource

    session = Session(folder)
    session.keep(Edits().named(1, "Ada"))
    out = tmp_path / "rows.csv"
    out.write_text("before")
    before = (folder / "review.json").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OSError, match="large"):
            session.keep(Edits().named(1, "B" * 900))
        with pytest.raises(MienError, match="cannot be written"):
            EXPORTERS["rows"].export(session, out, ExportOptions())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (folder / "review.json").read_bytes() == before
    assert session.edits.names == {1: "Ada"}
    assert out.read_text() == "before"
    assert not list(folder.glob(".*.tmp"))


@pytest.mark.parametrize(
    ("file", "session"), [("aux.mp4", "aux_"), ("NUL.png", "NUL_"), ("com1.avi", "com1_"), ("my.mp4", "my")]
)
def test_a_session_has_no_name_that_windows_keeps(tmp_path: Path, file: str, session: str) -> None:
    assert jobs([tmp_path / file], tmp_path)[0].session.name == session
