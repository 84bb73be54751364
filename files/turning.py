"""Documents of an office turned into PDF, where the machine has LibreOffice: in processes of their own, with an end, which may take only so much."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from files.kinds import MIB, MOST_BYTES, Kind

TURNED = {Kind.DOCX, Kind.XLSX, Kind.PPTX}
PATIENCE = 60  # seconds
PROGRAM = "soffice"
MEMORY, SECONDS = 4 * 1024 * MIB, 60  # LibreOffice asks for far more room than it fills
# Taken on by the process that becomes the program, and by all that it starts.
LIMITED = """
import os, resource, sys
memory, seconds, most = map(int, sys.argv[1:4])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
os.execv(sys.argv[4], sys.argv[4:])
"""


def is_there() -> bool:
    return shutil.which(PROGRAM) is not None


def as_pdf(kind: str, content: bytes) -> bytes | None:
    """The document as PDF; None if nothing came of it. Nothing of it stays on the disk."""
    if not (program := shutil.which(PROGRAM)):
        return None
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / f"paper.{kind}"
        paper.write_bytes(content)
        command = [
            program, "--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "pdf", "--outdir", folder, str(paper),
        ]  # fmt: skip
        told = {"HOME": folder, "PATH": os.environ.get("PATH", "")}
        if not _ran(command, told, folder):
            return None
        made = paper.with_suffix(".pdf")
        return made.read_bytes() if made.exists() and made.stat().st_size <= MOST_BYTES else None


def _ran(command: list[str], told: dict[str, str], folder: str) -> bool:
    """Whether it came to an end by itself. Nothing that it started is left behind: the program is a script that starts the one that does the work."""
    limited = [sys.executable, "-I", "-c", LIMITED, str(MEMORY), str(SECONDS), str(MOST_BYTES), *command]
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(limited, stdin=quiet, stdout=quiet, stderr=quiet, env=told, cwd=folder, start_new_session=True)  # noqa: S603 - the program is the machine's
    try:
        started.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    return True
