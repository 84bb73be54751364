"""What whoever deploys it sets, and what the processes then do with it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from gunicorn.config import Config

from dag_portal import gunicorn
from dag_portal import settings as as_set
from dag_portal.celery import Ticking, app
from groups.models import Person
from launcher.demo import EVERY_ADDRESS, options
from tests.factories import a_pmo

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {"SECRET_KEY": "x", "DATABASE_URL": "postgres://nobody@nowhere/nothing", "CELERY_BROKER_URL": "memory://"}


def settings_with(**environment: str) -> dict[str, str]:
    """Of the settings as a process with this environment has them, those about mail."""
    shown = "import dag_portal.settings as s; print(*(f'{n}={getattr(s, n)}' for n in ('EMAIL_HOST', 'EMAIL_PORT', 'EMAIL_USE_TLS', 'EMAIL_USE_SSL')), sep='\\n')"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run([sys.executable, "-c", shown], cwd=ROOT, env={**kept, **NEEDED, **environment}, capture_output=True, text=True, check=False)
    return dict(line.split("=", 1) for line in done.stdout.splitlines()) or {"error": done.stderr.strip().splitlines()[-1]}


@pytest.mark.parametrize(
    ("told", "host", "port"),
    [
        ({}, "localhost", "25"), ({"EMAIL_HOST": "smtp.example.org", "EMAIL_USE_TLS": "1"}, "smtp.example.org", "587"),
        ({"EMAIL_HOST": "smtp.example.org", "EMAIL_USE_SSL": "1"}, "smtp.example.org", "465"), ({"EMAIL_HOST": "mail:1025", "EMAIL_PORT": ""}, "mail", "1025"),
        ({"EMAIL_HOST": "smtp.example.org", "EMAIL_PORT": "2525", "EMAIL_USE_TLS": "1"}, "smtp.example.org", "2525"),
    ],
)  # fmt: skip
def test_a_mail_server_has_the_usual_port_unless_one_is_given(told, host, port):
    found = settings_with(**told)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)


def test_mail_speaks_tls_in_one_way():
    assert "not both" in settings_with(EMAIL_USE_TLS="1", EMAIL_USE_SSL="1")["error"]


def test_the_clock_leaves_a_trace_of_each_look_at_the_timetable_and_its_health_check_finds_it(tmp_path):
    beat = Ticking(app, schedule_filename=str(tmp_path / "schedule"))
    for entry in beat.schedule.values():
        entry.last_run_at = app.now()
    beat.tick()
    compose = (ROOT / "docker-compose.yml").read_text("utf-8")
    check = re.search(r'CMD-SHELL, "(find .*?)"\]', compose)[1].replace("/tmp", str(tmp_path))  # noqa: S108 - what stands in the file
    assert subprocess.run(check, shell=True, check=False).returncode == 0  # noqa: S602 - a line of our own file
    trace = tmp_path / "schedule.ticked"
    os.utime(trace, (trace.stat().st_mtime - 3600,) * 2)
    assert subprocess.run(check, shell=True, check=False).returncode == 1  # noqa: S602
    beat.close()


def test_help_is_told_on_a_machine_without_python(tmp_path):
    for name in ("bash", "sed", "dirname", "env"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    for asked in ("--help", "-h", "help"):
        done = subprocess.run([ROOT / "portal", asked], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Usage:\n  ./portal demo")
        assert '"""' not in done.stdout


def test_documents_say_which_python_writes_them(tmp_path):
    python = next(p for p in ("/usr/bin/python3", sys._base_executable) if Path(p).exists())
    done = subprocess.run([python, "-S", "-I", ROOT / "docs" / "build.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert ".portal/venv/bin/python docs/build.py" in done.stderr


def test_a_demo_for_a_phone_listens_on_every_address_and_says_the_one_to_type():
    assert (options([]).host, options([]).reached_at) == ("127.0.0.1", "localhost")
    assert options(["--host", EVERY_ADDRESS]).reached_at not in (EVERY_ADDRESS, "127.0.0.1", "localhost")
    assert options(["--host", "192.0.2.7"]).reached_at == "192.0.2.7"


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["load_demo", "load_demo_past"])
def test_fiction_is_not_loaded_into_a_real_record(settings, command):
    settings.DEMO = False
    before = Person.objects.count()
    with pytest.raises(CommandError, match=r"would stay in its record for good\. Nothing was loaded"):
        call_command(command)
    assert Person.objects.count() == before


@pytest.mark.django_db
def test_whoever_invites_somebody_unknown_is_told_of_new():
    with pytest.raises(CommandError, match=r"There is nobody called Ben Example\. If that is somebody new, add --new"):
        call_command("invite", "Ben Example", by=a_pmo().email)


def test_the_web_process_takes_nothing_of_its_address_from_headers_and_ends_what_takes_long():
    config = Config()
    for name, value in vars(gunicorn).items():
        if name in config.settings:
            config.set(name, value)
    assert config.forwarder_headers == []
    assert (as_set.FORCE_SCRIPT_NAME, config.worker_class_str) == ("", "gthread")
    assert {"STATEMENT_TIMEOUT=20s", "LOCK_TIMEOUT=8s"} == set(config.raw_env)
    command = re.search(r"^CMD (.*)$", (ROOT / "Dockerfile").read_text("utf-8"), re.M)[1]
    assert "python:dag_portal.gunicorn" in command
