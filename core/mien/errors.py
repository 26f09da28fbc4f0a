"""The one exception that a person is meant to read."""


class MienError(Exception):
    """What went wrong and what to do next, in one line.

    Raised for everything that a person can put right: a missing folder, a busy camera, a model file that does not fit.
    The command line prints it and exits with code 2; the window shows it in its message bar.
    """
