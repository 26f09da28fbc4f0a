"""The one exception that a person is meant to read."""


class MienError(Exception):
    """What went wrong and what to do next, in one line.

    Raised for everything that a person can put right: a missing folder, a busy camera, a model file that does not fit.
    The command line prints it and exits with code 2; the window shows it in its message bar.
    """

    def __init__(self, text: str = "", options: str = "") -> None:
        """Say it.

        Args:
            text: the line.
            options: those of the command line that help, which the window does not show.
        """
        super().__init__(text)
        self.options = options

    @property
    def on_command_line(self) -> str:
        """The line with the options that help."""
        return f"{self} ({self.options})" if self.options else str(self)
