"""The one exception that a person is meant to read, and what a person reads about all others."""


class MienError(Exception):
    """What went wrong and what to do next, in one line.

    Raised for everything that a person can put right: a missing folder, a busy camera, a model file that does not fit.
    The command line prints it and exits with code 2; the window shows it in its message bar.
    """


def unexpected(error: Exception | str) -> str:
    """One line for a person about an error that nobody foresaw, or about what a process said of it.

    Log its traceback as well.
    """
    what = " ".join((error if isinstance(error, str) else f"{type(error).__name__}: {error}").split())
    return (
        f"Something unexpected went wrong ({what}). Try again; if it comes back, report it with what Mien printed in "
        "the terminal."
    )
