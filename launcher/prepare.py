"""Makes a machine ready: Debian packages, a virtual environment, and the packages of a lock.

Runs under whatever Python the machine has, before there is a virtual environment: standard library only.
"""

from __future__ import annotations

import ctypes
import glob
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from launcher import locks
from launcher.folders import LOGS, VENV, make_state, try_lock, wait_lock
from launcher.progress import Problem, say, step, tail

# What WeasyPrint opens when it is imported, and the Debian packages that bring it.
PDF_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)
DEBIAN_WHEELS = "/usr/share/python-wheels"
# And fonts for letters that the portal's own has not: Chinese, Japanese, Korean, Cyrillic and Greek; emoji. Without them a PDF shows boxes in their place.
PDF_FONTS = {"fonts-wqy-microhei": "wqy-microhei*", "fonts-symbola": "Symbola*"}  # and what each brings
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", *PDF_FONTS)
VENV_PYTHON = VENV / "bin" / "python"
INSTALL_LOG = LOGS / "install.log"
APT_LOG = LOGS / "apt.log"


def prepare(lock: str) -> None:
    """Everything that `lock` ("demo" or "dev") needs is installed when this returns. A second call is instant."""
    make_state()
    alone = try_lock("install.lock")
    if alone is None:
        say("Waiting for another ./portal to finish installing.")
        alone = wait_lock("install.lock")
    with alone:
        INSTALL_LOG.write_text("")  # what is shown of it is to be about this time
        venv, pdf = missing_for_venv(), missing_for_pdf()
        if venv or pdf:
            refuse_without_apt([*venv, *pdf])
        install_packages(venv)
        # The libraries are not needed yet, and most machines have two cores.
        with ThreadPoolExecutor(1) as beside:
            libraries = beside.submit(apt_install, pdf) if pdf else None
            if not installed(lock):
                install(lock)
            if libraries:
                install_packages(pdf, libraries.result)
        install_fonts()


def missing_for_venv() -> list[str]:
    return [] if VENV_PYTHON.exists() or pip_wheel() else [pip_package()]


def missing_for_pdf() -> list[str]:
    return [] if all(loads(name) for name in PDF_LIBRARIES) else list(PDF_PACKAGES)


def missing_fonts() -> list[str]:
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return [package for package, file in PDF_FONTS.items() if not any(next(folder.rglob(file), None) for folder in folders)]


def install_fonts() -> None:
    """Where a machine has the libraries already, and not the fonts. Without them all works but these letters: it is tried once, and said."""
    missing = missing_fonts()
    tried = VENV / f".tried-{'-'.join(missing)}"
    if not missing or tried.exists():
        return
    tried.touch()
    if not can_apt() or not apt_install(missing):
        say(f"Chinese, Japanese and Korean letters and emoji will be boxes in PDFs. For these, run:\n  sudo {by_hand(missing)}")


def pip_wheel() -> str:
    """The wheel of pip that the machine's Python keeps to install pip from. It runs as it is; installing it first costs seconds."""
    spec = importlib.util.find_spec("ensurepip")
    bundled = [f"{folder}/_bundled" for folder in (spec.submodule_search_locations or [])] if spec else []
    folders = [*bundled, sysconfig.get_config_var("WHEEL_PKG_DIR"), DEBIAN_WHEELS]
    return next((wheel for folder in folders if folder for wheel in glob.glob(f"{folder}/pip-*.whl")), "")


def pip_package() -> str:
    """Debian ships pip's wheel apart from Python; one that suits a Python beside its own comes with that one's venv."""
    if Path(sys.executable).name == "python3":
        return "python3-pip-whl"
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def loads(library: str) -> bool:
    # Loaded in a process of its own would be cleaner and ten times slower; nothing here uses the libraries.
    try:
        ctypes.CDLL(library)
    except OSError:
        return sys.platform != "linux"  # elsewhere the names differ, and WeasyPrint itself says what it misses
    return True


def refuse_without_apt(packages: Sequence[str]) -> None:
    if not can_apt():
        raise Problem(f"The portal needs some system packages. On Debian or Ubuntu, run:\n  sudo {by_hand(packages)}")


def by_hand(packages: Sequence[str]) -> str:
    return f"apt-get install --no-install-recommends {' '.join(packages)}"


def install_packages(packages: Sequence[str], done: Callable[[], bool] | None = None) -> None:
    """With `done`, they are already being installed; it waits, and tells whether that went well."""
    if packages:
        with step(f"Installing {', '.join(packages)} (apt)"):
            if not (done() if done else apt_install(packages)):
                raise Problem(f"This failed: {by_hand(packages)}\n{tail(APT_LOG)}")


def can_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str]) -> bool:
    """Whether the packages are now installed. Package lists are fetched only when those at hand do not serve."""
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "-oDPkg::Lock::Timeout=120", *packages]
    update = ["apt-get", "update", "-qq"]
    return logged(install, APT_LOG) or (logged(update, APT_LOG) and logged(install, APT_LOG))


def logged(command: Sequence[str], to: Path = INSTALL_LOG) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with to.open("a") as log:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environment, check=False
        )
    return done.returncode == 0


def stamp(lock: str) -> Path:
    """Its presence says that the virtual environment holds just what this lock says, for this Python."""
    return VENV / f".has-{lock}-{locks.fingerprint(lock)}-{sys.version_info.major}.{sys.version_info.minor}"


def installed(lock: str) -> bool:
    # The development lock is a superset of the demo's, at the same versions.
    return VENV_PYTHON.exists() and (stamp(lock).exists() or stamp("dev").exists())


def install(lock: str) -> None:
    if not runs(VENV_PYTHON):
        with step("Making a virtual environment"):
            make_venv()
    for old in VENV.glob(".has-*"):
        old.unlink()
    with step(f"Installing {locks.count(lock)} Python packages"):
        # The lock is complete and hashed, so nothing is left to resolve; modules are compiled when first used.
        quick = ["--no-deps", "--no-compile", "--disable-pip-version-check", "--no-input"]
        command = [str(VENV_PYTHON), f"{pip_wheel()}/pip", "install", "--quiet", *quick, "--require-hashes"]
        if not logged([*command, "-r", str(locks.path(lock))]):
            raise Problem(f"The Python packages could not be installed.\n{tail(INSTALL_LOG)}")
    stamp(lock).touch()


def runs(python: Path) -> bool:
    """Whether the virtual environment is there, whole, and of the Python that runs this."""
    report = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if not python.exists():
        return False
    return subprocess.run([python, "-c", report], capture_output=True, check=False).returncode == 0


def make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    # Not from inside another virtual environment: the one made would lean on it.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if not logged([base, "-m", "venv", "--without-pip", str(VENV)]):
        raise Problem(f"The virtual environment could not be made.\n{tail(INSTALL_LOG)}")


