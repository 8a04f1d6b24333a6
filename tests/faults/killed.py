"""A real process that is ended with kill -9 in the middle of a piece of work.

The work runs for real, in a process of its own; a line is printed when a named function was reached or its transaction
stands open, and the process waits there to be killed.
"""

import os
import subprocess
import sys
from pathlib import Path

BOUND = 60.0
PAUSING = """
import sys, time
from importlib import import_module
module, name = {at!r}.rsplit(".", 1)
holder = import_module(module)
real = getattr(holder, name)
def pausing(*given, **named):
    done = real(*given, **named)
    print("reached", flush=True)
    time.sleep(600)
    return done
setattr(holder, name, pausing)
{work}
"""


def kill_in(work: str, at: str, url: str, folder: Path) -> None:
    """Runs Python `work` until the function `at` ("module.name") has done its part, and kills it there with -9."""
    code = PAUSING.format(at=at, work=work)
    environment = os.environ | {"ANNAI_DATABASE_URL": url, "ANNAI_SECRET_KEY": "k" * 40}
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        line = process.stdout.readline()
        process.kill()
        assert line == b"reached\n", process.stderr.read().decode()
