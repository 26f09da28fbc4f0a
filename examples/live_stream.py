"""A live pipeline's results as JSON lines: `python live_stream.py 0 | your-program`.

The pipeline reads the source at its own pace and recognises on a thread of its own. A result that is not taken in time
is replaced by the next one, so the program that reads these lines may be slow.
"""

import json
import os
import sys
import time
from collections.abc import Iterator

from mien import MienError, Recognizer
from mien.live.pipeline import LivePipeline
from mien.live.state import LiveResult, State

POLL_S = 0.01


def results(address: str) -> Iterator[LiveResult]:
    """A source's results as they come, until it ends; a camera goes on until the program is stopped."""
    pipeline = LivePipeline(address, Recognizer)
    newest = None
    try:
        while pipeline.status.state is not State.FAILED:
            result = pipeline.results.peek()
            if result is not None and result is not newest:
                newest = result
                yield result
            elif (
                pipeline.status.state is State.ENDED
                and newest is not None
                and newest.captured is pipeline.frames.peek()
            ):
                return
            else:
                time.sleep(POLL_S)
        raise MienError(pipeline.status.message)
    finally:
        pipeline.stop()
        pipeline.join()


def as_line(result: LiveResult) -> str:
    """One result as a line of JSON."""
    seen = result.recognition
    faces = [
        {"person": p.track_id, "label": p.label, "confidence": round(p.confidence, 3), "why_not_sure": p.unsure}
        for p in seen.predictions
    ]
    return json.dumps({"time_s": round(seen.time_s, 3), "latency_s": round(result.latency_s, 3), "faces": faces})


if __name__ == "__main__":
    try:
        for result in results(sys.argv[1] if len(sys.argv) > 1 else "demo"):
            print(as_line(result), flush=True)
    except MienError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:  # nobody reads any more; Python flushes once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
