"""Keeps pictures of every page and state of the window, and prints what is wrong with them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from mien.errors import MienError
from mien.runtimes import AUTO
from mien.utils.counts import counted
from mien_app.services import languages
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.application import close_for_good, make_application
from mien_app.startup.inspection import faults
from mien_app.startup.material import make_material
from mien_app.startup.preload import load_libraries
from mien_app.startup.walk import walk


def run_pictures(model: str, folder: Path, language: str) -> int:
    """Walk through the window, and write a PNG file for each state and look into a folder.

    Returns:
        0 where nothing is wrong, else 1.

    Raises:
        MienError: the folder cannot be written.
    """
    languages.choose(make_application(), language)
    load_libraries(AUTO)
    wrong = pictures = 0
    with TemporaryDirectory() as temporary:
        own = Path(temporary)
        material = make_material(own, model)
        preferences = Preferences(own / "settings.ini")
        preferences.welcomed = True
        preferences.sessions_folder = str(material.session.parent)
        window = MainWindow(model, preferences)
        window.show()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for seen in walk(window, material):
                path = folder / f"{seen}.png"
                if not seen.picture.save(str(path)):
                    raise MienError(f"{path} cannot be written. Choose another folder with --pictures.")
                found = faults(seen.widget, seen.picture)
                pictures, wrong = pictures + 1, wrong + len(found)
                print("\n  ".join([path.name, *found]))
        except OSError as error:
            raise MienError(f"{folder} cannot be written ({error}). Choose another one with --pictures.") from error
        finally:
            close_for_good(window)
    print(f"{counted(pictures, 'picture')} in {folder}, {counted(wrong, 'fault')}")
    return 1 if wrong else 0
