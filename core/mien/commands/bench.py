"""`mien bench`: how fast this machine is."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--model", action="append", help="a model's name; may be given more than once (default: all)")
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--threads", type=int, help="CPU threads (default: PyTorch's choice)")
    parser.add_argument("--json", type=Path, help="write the figures to this file")


def run(arguments: argparse.Namespace) -> int:
    """Time each model at batch 1 and 4, and the detector on a frame."""
    import torch

    from mien import weights
    from mien.benchmark import measure
    from mien.cli import write_json

    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    results = [measure(name, repeats=arguments.repeats) for name in arguments.model or weights.available()]
    for result in results:
        print(f"{result.model} on {result.device}, {result.threads} threads")
        for batch, milliseconds in result.ms_per_face.items():
            print(f"  batch {batch}: {milliseconds:6.1f} ms a face")
        print(f"  detection: {result.detect_ms:.1f} ms a frame of {result.frame_size[0]}x{result.frame_size[1]}")
    if arguments.json:
        from dataclasses import asdict

        write_json(arguments.json, [asdict(result) for result in results])
    return 0
