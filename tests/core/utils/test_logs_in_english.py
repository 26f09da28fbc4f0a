import logging
import pickle
from collections.abc import Iterator

import pytest

from mien import language
from mien.errors import MienError
from mien.utils import logs


@pytest.fixture
def swedish() -> Iterator[None]:
    words = {"{} is damaged.": "{} är skadad.", "the model": "modellen"}
    language.speak(language.Language(lambda sentence, *_: words.get(sentence, sentence)))
    yield
    language.speak(language.Language())


def line(message: str, *args: object, error: BaseException | None = None) -> str:
    record = logging.LogRecord("mien", logging.ERROR, "", 0, message, args, None)
    if error is not None:
        record.exc_info = (type(error), error, None)
    return logs._English("%(message)s").format(record)


@pytest.mark.usefixtures("swedish")
def test_the_log_is_english_whatever_the_window_speaks() -> None:
    said = language.tr("{} is damaged.").format(language.tr("the model"))
    assert (said, f"{said}", str(MienError(said))) == ("modellen är skadad.",) * 3
    again = MienError(language.tr("{} is damaged.").format(MienError(said)))
    assert line("%s", said) == "the model is damaged."
    assert line("%s: %s", "a.mp4", again) == "a.mp4: the model is damaged. is damaged."
    assert line("failed", error=again).endswith("MienError: the model is damaged. is damaged.")
    assert line("failed", error=pickle.loads(pickle.dumps(again))).endswith("the model is damaged. is damaged.")
    assert type(language.tr("without a translation")) is str
