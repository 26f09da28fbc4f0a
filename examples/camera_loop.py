"""A camera to lines in the terminal: `python camera_loop.py 0`, or `demo`, or `rtsp://...`, or a file."""

import os
import sys

from mien import MienError, Recognizer, open_source


def watch(address: str, frames: int | None = None) -> int:
    """Print what is seen in each frame, until the source ends or so many frames were read; how many there were."""
    source = open_source(address)
    count = 0
    try:
        with Recognizer() as recognizer:
            while (frames is None or count < frames) and (frame := source.read()) is not None:
                count += 1
                for p in recognizer.recognize(frame).predictions:
                    said = p.label if p.sure else f"not sure ({', '.join(p.unsure)})"
                    print(f"{frame.time_s:7.2f} s  person {p.track_id}: {said}, {p.confidence:.2f}", flush=True)
    finally:
        source.close()
    return count


if __name__ == "__main__":
    address = sys.argv[1] if len(sys.argv) > 1 else "demo"
    try:
        watch(address, int(sys.argv[2]) if len(sys.argv) > 2 else None)
    except MienError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("Stopped.")
    except BrokenPipeError:  # nobody reads any more; Python flushes once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
