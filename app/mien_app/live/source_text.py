"""What is written over the video while there is none, or none any more."""

from PySide6.QtCore import QObject

from mien.live.pipeline import LivePipeline
from mien.live.state import State
from mien_app.live.pipeline_host import PipelineHost
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.video_view import VideoView


class SourceText(QObject):
    """Says what the pipeline is doing, and once for each pipeline what else a person should know.

    That is how its model runs slower than it could, which files of a folder are passed over, and what a camera does not
    give.
    """

    def __init__(self, host: PipelineHost, video: VideoView, messages: MessageBar) -> None:
        super().__init__(video)
        self._host, self._video, self._messages = host, video, messages
        self._told = self._notice = ""

    def show(self, pipeline: LivePipeline) -> None:
        """Say what this pipeline is doing now."""
        status = pipeline.status
        if status.state is State.OPENING:
            self._video.show_text(self.tr("Opening..."))
        elif status.state is State.RUNNING and not pipeline.runs_on:
            self._video.show_text(self._loading())
        else:
            self._video.show_text(status.message)
        reason = pipeline.passed_over
        if reason and reason != self._told:
            text = self.tr("{}. {} is used, which is slower. To try again, choose the runtime again in Settings.")
            self._messages.say(text.format(reason.rstrip("."), pipeline.runs_on))
        self._told = reason
        if pipeline.notice and pipeline.notice != self._notice:
            self._messages.say(pipeline.notice)
        self._notice = pipeline.notice

    def _loading(self) -> str:
        if self._host.preparing:
            return self.tr("Preparing the model for this machine. This is done once, and takes some ten seconds.")
        return self.tr("Loading the model...")
