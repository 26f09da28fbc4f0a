import pytest

from mien.sources.devices import spoken_name


@pytest.mark.usefixtures("german")
def test_a_camera_without_a_name_has_a_german_one_in_sentences() -> None:
    assert spoken_name(9, "Camera 9") == "Kamera 9"
    assert spoken_name(2, "HD Webcam") == "HD Webcam"
