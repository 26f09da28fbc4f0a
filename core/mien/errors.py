"""The one exception that a person is meant to read, and what to tell of all others."""


class MienError(Exception):
    """What went wrong and what to do next, in one line.

    Raised for everything a person can put right: a missing folder, a busy camera, a model file that does
    not fit. The command line prints it and leaves with exit code 2; the window shows it in its bar.
    """


def unexpected(error: Exception) -> str:
    """One line for a person about an error that nobody foresaw. Log its traceback as well."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return (
        f"Something unexpected went wrong ({what}). Try again; if it comes back, report it with what Mien printed in "
        "the terminal."
    )
