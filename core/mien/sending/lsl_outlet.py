"""The program that holds the outlet of an LSL stream, in a process of its own: see `mien.sending.lsl`.

It is told the stream in a line of JSON, answers with a line (empty, or why there is none), and pushes each sample that
comes after it: a stamp in seconds on LSL's clock (float64), then the channels' values (float32). It imports no other
part of Mien, so that it starts quickly.
"""

import json
import os
import struct
import sys
import time

_BUFFERED_S = 10  # for a client that does not read; then the oldest are dropped
_LAST_S = 0.1  # for what was pushed last: liblsl's own threads hand it over


def record(channels: int) -> struct.Struct:
    """The bytes of one sample."""
    return struct.Struct(f"=d{channels}f")


def _main() -> None:
    given = json.loads(sys.stdin.buffer.readline())  # noqa: TID251  # from the process that started this one
    import pylsl

    if given["settings"]:
        pylsl.set_config_content(given["settings"])
    channels = given["channels"]
    info = pylsl.StreamInfo(
        "Mien", "Expression", len(channels), pylsl.IRREGULAR_RATE, pylsl.cf_float32, given["source_id"]
    )
    listed = info.desc().append_child("channels")
    for name, unit, meaning in channels:
        channel = listed.append_child("channel")
        for key, value in (("label", name), ("unit", unit), ("type", "Expression"), ("meaning", meaning)):
            channel.append_child_value(key, value)
    try:
        outlet = pylsl.StreamOutlet(info, max_buffered=_BUFFERED_S)
    except RuntimeError as error:
        print(str(error) or type(error).__name__, flush=True)
        return
    print(flush=True)
    sample = record(len(channels))
    while len(data := sys.stdin.buffer.read(sample.size)) == sample.size:
        stamp, *values = sample.unpack(data)
        outlet.push_sample(values, stamp)
    time.sleep(_LAST_S)
    os._exit(0)  # the system closes the stream: liblsl crashes now and then where it does so itself


if __name__ == "__main__":
    _main()
