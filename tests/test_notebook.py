"""Runs the notebook of examples/, as a person would."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "examples" / "notebook.ipynb"


@pytest.mark.slow
def test_the_notebook_runs_and_shows_what_it_says(tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)  # none is kept: a picture in a diff says nothing
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    first, label, table, figure, streamed, cut = (cell.outputs for cell in notebook.cells if cell.cell_type == "code")
    assert "data:image/jpeg;base64," in first[0].data["text/html"]
    assert "image/png" in first[0].data
    assert label[0].data["text/plain"].startswith("('happiness', True")
    assert "reliability" in table[0].data["text/html"]
    assert "image/png" in figure[0].data
    assert (tmp_path / "result.png").stat().st_size > 10_000
    assert len("".join(output.text for output in streamed).splitlines()) == 3
    assert cut[0].data["text/plain"] == "'happiness'"
