"""A process that was forked lacks the threads that compute a network: it is told so, and does not wait for them."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import multiprocessing, os, signal, sys
from mien import Recognizer, open_source

frame = open_source("demo").read()
recognizer = Recognizer(sys.argv[1], runtime=sys.argv[2])
recognizer.recognize(frame)

def old(): recognizer.recognize(frame)
def picture(): recognizer.recognize_picture(frame)
def face(): recognizer.classify_faces(frame.image, recognizer.detect(frame.image))
def new(): Recognizer(sys.argv[1], runtime=sys.argv[2]).recognize(frame)

for work in (old, picture, face, new):
    child = os.fork()
    if not child:
        signal.alarm(20)  # it hangs
        try:
            work()
        except Exception as error:
            print(type(error).__name__, error, flush=True)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
recognizer.recognize(frame)
"""

FIRST_IN_THE_FORK = """
import os, sys
from mien import Recognizer, open_source
frame = open_source("demo").read()
child = os.fork()
if not child:
    Recognizer(sys.argv[1]).recognize(frame)
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("runtime", [pytest.param("torch", marks=pytest.mark.slow), "openvino"])
def test_a_recogniser_of_before_a_fork_is_refused(runtime: str, model_path: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    words = [sys.executable, "-c", PROGRAM, model_path, runtime]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[1::2] == ["0"] * 4
    assert all(line.startswith("MienError A recogniser was made before this process was forked") for line in lines[::2])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_one_that_is_made_first_in_the_fork_works(model_path: str) -> None:
    subprocess.run([sys.executable, "-c", FIRST_IN_THE_FORK, model_path], check=True)
