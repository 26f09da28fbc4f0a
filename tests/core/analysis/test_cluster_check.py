"""Before a cluster works, its workers must be what this machine is; and it gets no file outside a session's folder."""

import gc
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import cv2
import pytest

from mien.analysis import cluster
from mien.analysis.cluster import TlsFiles, analyse_on_cluster
from mien.analysis.cluster_check import differing_files, differing_workers, expected, marks, misfits
from mien.analysis.inputs import Job, jobs
from mien.analysis.options import AnalysisOptions
from mien.cli.main import main
from mien.errors import MienError
from mien.sources import DemoSource


def test_the_same_machine_fits(model_path: str, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"film")
    paths = [tmp_path / "a.mp4"]
    assert misfits(expected(AnalysisOptions(model=model_path))) == []
    assert differing_files(marks(paths), {"tcp://a": marks(paths)}) == {}
    assert differing_workers({"tcp://a": []}) == ""


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"versions": {"mien": "0.0.1"}}, "mien .* instead of 0.0.1"),
        ({"versions": {"openvino": "1", "numpy": "1"}}, "openvino .* instead of 1"),
        ({"versions": {"new": "2"}}, "new is missing instead of 2"),
        ({"model_sha256": "0" * 64}, "another model is called"),
        ({"model": "nobody"}, "nobody"),
    ],
)
def test_what_differs_is_said(model_path: str, other: dict[str, object], said: str) -> None:
    here = replace(expected(AnalysisOptions(model=model_path)), **other)
    assert re.search(f"tcp://a: .*{said}", differing_workers({"tcp://a": misfits(here), "tcp://b": []}))


def test_a_worker_without_this_mien_is_said() -> None:
    assert "tcp://a: it has another Mien, or none (ModuleNotFoundError" in differing_workers(
        {"tcp://a": ModuleNotFoundError("mien.analysis.cluster_check"), "tcp://b": []}
    )


@pytest.mark.parametrize("end", ["begin", "end", "size"])
def test_another_file_of_the_same_name_is_noticed(tmp_path: Path, end: str) -> None:
    data = bytearray(3 << 20)
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    here = marks([path])
    if end == "size":
        data.append(0)
    else:
        data[0 if end == "begin" else -1] = 1
    path.write_bytes(data)
    assert "is another file on the worker tcp://b" in differing_files(here, {"tcp://b": marks([path])})[path]
    path.unlink()
    assert "cannot be read on the worker tcp://b" in differing_files(here, {"tcp://b": marks([path])})[path]


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "", ".", "people/../../s2/x", "C:\\x", "\\\\host\\x", "..\\x", "a\0b"]
)
def test_a_worker_cannot_write_outside_the_session(tmp_path: Path, name: str) -> None:
    job = Job(tmp_path / "a.mp4", tmp_path / "out" / "s")
    outcome = cluster._fetched(job, cluster._Done({"faces.csv": b"x", name: b"x"}))
    assert "outside" in outcome.error
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(os.name != "posix", reason="links are another matter there")
def test_nor_through_a_link_in_it(tmp_path: Path) -> None:
    job = Job(tmp_path / "x.mp4", tmp_path / "out" / "x")
    for folder in (tmp_path / "elsewhere", job.session):
        folder.mkdir(parents=True)
    (job.session / "people").symlink_to(tmp_path / "elsewhere")
    (job.session / "faces.csv").symlink_to(tmp_path / "elsewhere" / "faces.csv")
    for name, why in (("people/person-1.jpg", "leads out of"), ("faces.csv", "leads out of")):
        assert why in cluster._fetched(job, cluster._Done({name: b"evil"})).error
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["--cluster", "tcp://127.0.0.1:1", "--tls-ca", "a", "--tls-cert", "b", "--tls-key", "c"],
        ["--cluster", "tls://127.0.0.1:1", "--tls-ca", "a"],
        ["--cluster", "tls://127.0.0.1:1", "--tls-ca", "/none/a", "--tls-cert", "/none/b", "--tls-key", "/none/c"],
    ],
)
def test_tls_files_that_do_not_fit_are_said(
    words: list[str], model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), DemoSource().draw(0))
    assert main(["analyze", str(tmp_path / "a.png"), "--out", str(tmp_path / "o"), "--model", model_path, *words]) == 2
    said = capsys.readouterr().err
    assert "belong together" in said or "/none/a cannot be read" in said


def certificate(folder: Path) -> TlsFiles:
    made = TlsFiles(folder / "cert.pem", folder / "cert.pem", folder / "key.pem")
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    words += ["-keyout", str(made.key), "-out", str(made.certificate)]
    try:
        subprocess.run(words, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not here")
    return made


@pytest.mark.slow
def test_a_cluster_over_tls(model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    tls = certificate(tmp_path)
    names = ("tls_client", "tls_scheduler", "tls_worker")
    files = {
        f"{name}_{kind}": str(path) for name in names for kind, path in (("cert", tls.certificate), ("key", tls.key))
    }
    security = distributed.Security(tls_ca_file=str(tls.ca), require_encryption=True, **files)
    for name in ("a.png", "b.png"):
        cv2.imwrite(str(tmp_path / name), DemoSource().draw(0))
    work = jobs([tmp_path / "a.png", tmp_path / "b.png"], tmp_path / "out")
    options = AnalysisOptions(model=model_path)
    settings = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with distributed.LocalCluster(security=security, protocol="tls://", processes=False, **settings) as made:
        address = made.scheduler_address
        assert address.startswith("tls://")
        other = tmp_path / "other"
        other.mkdir()
        monkeypatch.setattr(cluster, "_TIMEOUT_S", 3)
        with pytest.raises(MienError, match=r"No cluster answers .* certificates"):
            list(analyse_on_cluster(work, options, address, tls=certificate(other)))
        with pytest.raises(MienError, match="No cluster answers"):
            list(analyse_on_cluster(work, options, address))
        # One that is collected and closed later, while the next one starts, would end that after ten seconds.
        clients = [thing for thing in gc.get_objects() if isinstance(thing, distributed.Client)]
        assert all(client.status == "closed" for client in clients)
        monkeypatch.setattr(cluster, "_TIMEOUT_S", 30)
        # One file that is another one there, and one that is the same.
        changed = {work[0].path.resolve(): "1 other"}
        monkeypatch.setattr(cluster, "differing_files", lambda here, there: differing_files({**here, **changed}, there))
        outcomes = {o.job.path.name: o.error for o in analyse_on_cluster(work, options, address, tls=tls)}
        assert outcomes["b.png"] == ""
        assert "a.png is another file on the worker" in outcomes["a.png"]
        monkeypatch.setattr(cluster, "expected", lambda options: replace(expected(options), versions={"mien": "0"}))
        with pytest.raises(MienError, match=r"would not give the results of this machine.*mien .* instead of 0"):
            list(analyse_on_cluster(work, options, address, tls=tls))
