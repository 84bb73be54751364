"""Where everything the launcher makes is kept: one folder, ignored by git, that may be deleted at any time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import IO

from launcher.progress import Problem

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".portal"
VENV = STATE / "venv"
LOGS = STATE / "logs"

# A Unix socket's address may hold 107 bytes, and PostgreSQL adds "/.s.PGSQL.5432.lock" to its folder's.
LONGEST_SOCKET_FOLDER = 80


def make_state() -> None:
    STATE.mkdir(mode=0o700, exist_ok=True)
    owner = STATE.stat().st_uid
    if owner != os.geteuid():
        raise Problem(f"{STATE} belongs to another user (number {owner}). Run as that user, or delete the folder.")
    LOGS.mkdir(exist_ok=True)


def socket_folder(of: Path) -> Path:
    """A private folder for the sockets of the services kept in `of`: beside them, or under the temporary folder
    when that address would be too long."""
    folder = of / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        folder = Path(tempfile.gettempdir()) / called_after(of)
    return private(folder)


def called_after(path: Path) -> str:
    """A name that belongs to this user and stands for the path, where everybody has things."""
    return f"dag-portal-{os.geteuid()}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}"


def private(folder: Path) -> Path:
    """The same folder, made if need be, that nobody else may look into. Raises Problem."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    # Anyone may write in the temporary folder, or in memory: what another user put there is not used.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise Problem(f"{folder} is not a folder of yours. Please have it removed.")
    folder.chmod(0o700)
    return folder


def try_lock(name: str, *, shared: bool = False) -> IO[str] | None:
    """The opened lock file, locked for as long as it stays open here or in a process it is handed to; else None."""
    file = (STATE / name).open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_NB | (fcntl.LOCK_SH if shared else fcntl.LOCK_EX))
    except BlockingIOError:
        file.close()
        return None
    return file


def holder(name: str) -> list[str]:
    """What the last process to lock a file wrote there about itself."""
    return (STATE / name).read_text("utf-8").split()


def sign(lock: IO[str], *words: object) -> None:
    lock.truncate(0)
    lock.write(" ".join(str(word) for word in words))
    lock.flush()


def wait_lock(name: str) -> IO[str]:
    file = (STATE / name).open("a+", encoding="utf-8")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file
