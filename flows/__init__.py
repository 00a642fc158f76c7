"""Wiring: Prefect flows and tasks, settings, the command line, schedules."""

import os

# Recognition shares its work among threads of its own. Those of the linear algebra
# beneath NumPy would only stand in their way: with them a load reads names at half the
# pace. They are counted when NumPy is first imported, so it is said here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
