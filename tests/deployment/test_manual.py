"""What the manual tells a deployer to set and to type is there: variables, commands with their options, files, services."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).parents[2]
MANUAL, EXAMPLE = (ROOT / "docs/operations.md").read_text(), (ROOT / ".env.example").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CODE = "\n".join(path.read_text() for app in ("dag_portal", "files", "records", "register", "notifications") for path in (ROOT / app).rglob("*.py"))
READ = set(re.findall(r"(?:environ(?:\.get)?[\[(]|required\(|flag\()\"([A-Z_]+)\"", CODE)) | {"STATEMENT_TIMEOUT", "LOCK_TIMEOUT"}
OURS_ALONE = {"DATABASE_APPLICATION_URL", "DEBUG", "EMAIL_FILE_PATH", "SOURCE_DATE_EPOCH"}  # of the launcher and the printer: nobody deploys with them


def test_every_setting_is_named_where_a_deployer_looks():
    assert len(READ) > 20
    assert {name for name in READ - OURS_ALONE if not re.search(rf"\b{name}\b", MANUAL + EXAMPLE)} == set()


def test_whatever_may_stand_in_env_gets_into_the_containers():
    """A line in .env that compose passes on to nobody would be without effect, and nobody would say so."""
    passed = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.M))
    promised = set(re.findall(r"`([A-Z_]+)`", MANUAL[MANUAL.index("These may stand in `.env`") :].split("\n\n")[0]))
    assert {"MAIL_FROM", "STATEMENT_TIMEOUT"} <= promised
    assert named | promised - {"EMAIL_USE_TLS", "EMAIL_USE_SSL"} <= passed
    assert passed - {"POSTGRES_PASSWORD", "PORTAL_OWNER_PASSWORD", "PORTAL_APP_PASSWORD", "PORTAL_PORT", "MAIL_PORT"} <= READ


def test_pages_alone_have_the_short_limits():
    for service in ("web", "worker", "beat", "migrate"):
        assert ("STATEMENT_TIMEOUT" in COMPOSE["services"][service]["environment"]) == (service == "web")
        assert "SECRET_KEY" in COMPOSE["services"][service]["environment"]


TYPED = sorted({line for line in re.findall(r"\bmanage(?:\.py)? ([a-z_]+ ?[^`\n|]*)", MANUAL) if line.split()[0] in get_commands()})


@pytest.mark.parametrize("line", TYPED)
def test_every_command_that_is_told_is_there_with_its_options(line):
    name, *rest = line.split()
    command = load_command_class(get_commands()[name], name)
    known = {option for action in command.create_parser("manage.py", name)._actions for option in action.option_strings}
    assert {word.split("=")[0].rstrip(".,:;)'") for word in rest if word.startswith("--")} <= known


def test_no_other_command_is_told():
    told = set(re.findall(r"(?:^|`|python )manage(?:\.py)? ([a-z_]+)", MANUAL, re.M))
    assert len(told) > 20
    assert told <= set(get_commands())


def test_every_service_and_file_that_is_named_is_there():
    for services in re.findall(r"docker compose (?:exec(?: -T)?|run (?:--[\w-]+ |-T )*|stop) ?([a-z][a-z ]*)", MANUAL):
        first = services.split()[0]
        assert first in COMPOSE["services"], services
    for file in re.findall(r"`((?:deploy|programme|rehearsal|requirements|docs)/[\w./-]+\.\w+)`", MANUAL):
        assert (ROOT / file).exists(), file


def test_nothing_is_copied_into_containers_that_take_no_copies():
    assert COMPOSE["services"]["web"]["read_only"]
    assert not re.search(r"^docker compose cp", MANUAL, re.M)
