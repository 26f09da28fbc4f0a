import os
import shutil
from pathlib import Path

import pytest
from tests.core.session.tables import TABLES

from mien.analysis.inputs import jobs
from mien.analysis.options import AnalysisOptions
from mien.cli.main import main


@pytest.mark.slow
def test_cluster_does_a_lost_workers_file_again(
    model_path: str, session: Path, demo_video: Path, tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    from mien.analysis.cluster import analyse_on_cluster

    copies = [tmp_path / f"{i}.mp4" for i in range(3)]
    for copy in copies:
        shutil.copy(demo_video, copy)
    options = AnalysisOptions(model=model_path)
    settings = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with distributed.LocalCluster(**settings) as cluster:
        outcomes = []
        for outcome in analyse_on_cluster(jobs(copies, tmp_path / "out"), options, cluster.scheduler_address):
            outcomes.append(outcome)
            if len(outcomes) == 1:
                busy = next(iter(cluster.workers.values()))
                os.kill(busy.pid, 9)
    assert [outcome.error for outcome in outcomes] == [""] * 3
    for i in range(3):
        for name in TABLES:
            assert (tmp_path / "out" / str(i) / name).read_bytes() == (session / name).read_bytes()
    assert main(["analyze", str(copies[0]), "--out", str(tmp_path), "--cluster", "tcp://127.0.0.1:1"]) == 2
