"""What a training runs on: processes, devices, precision."""

import os
import time

import torch
from lightning_fabric import Fabric
from lightning_fabric.strategies import DDPStrategy

from mien.nn.network import best_device

_WORTH_IT = 1.3  # how many times faster half precision must be on a CPU


def _product_s(dtype: torch.dtype) -> float:
    """The shortest of five timings of a product as large as in a small transformer's layers, seconds.

    It is one thread's own CPU time: a busy machine must not change the answer, or a resumed training would go on in
    another precision and end with other weights.
    """
    a, b = torch.ones(2048, 192, dtype=dtype), torch.ones(192, 768, dtype=dtype)

    def once() -> float:
        start = time.thread_time()
        torch.mm(a, b)
        return time.thread_time() - start

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return min(once() for _ in range(5))
    finally:
        torch.set_num_threads(threads)


def _precision() -> str:
    if torch.cuda.is_available():
        return "bf16-mixed" if torch.cuda.is_bf16_supported() else "16-mixed"
    # Of two CPUs with the instructions for bfloat16, one was twice as fast with it and the other half as fast.
    if torch.cpu.get_capabilities().get("avx512_bf16"):
        faster = _product_s(torch.float32) / _product_s(torch.bfloat16)
        return "bf16-mixed" if faster > _WORTH_IT else "32-true"
    return "32-true"


def build_fabric() -> Fabric:
    """One process, or those that `torchrun` started; half precision where the machine is faster with it."""
    world, local = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("LOCAL_WORLD_SIZE", 1))
    # Not every step uses every head of the super-resolution.
    strategy = DDPStrategy(find_unused_parameters=True) if world > 1 else "auto"
    fabric = Fabric(
        accelerator=best_device().type,  # not "auto", which takes Apple's GPU: nothing of Mien was tried there
        devices=local,
        num_nodes=world // local,
        strategy=strategy,
        precision=_precision(),  # type: ignore[arg-type]
    )
    fabric.launch()
    return fabric
