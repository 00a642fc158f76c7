"""Functions that the tests have workers of a cluster apply to parts."""

import os
import time


def double(frame, _shared):
    time.sleep(0.05)
    return frame["number"].to_list()


def end_at_three(frame, _shared):
    """What a text that ends its reader does."""
    if 3 in frame["number"]:
        os._exit(1)
    return frame["number"].to_list()


def fail(_frame, _shared):
    message = "an own fault"
    raise ValueError(message)


def not_installed():
    message = "No module named 'flows'"
    raise ModuleNotFoundError(message)
