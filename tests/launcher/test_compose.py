"""docker-compose.yml, as far as it can be judged without Docker."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
ONE_SHOT = {"migrate"}
OURS = {"web", "worker", "beat", "migrate"}
SECRET = re.compile(r"SECRET|PASSWORD|KEY|TOKEN|DATABASE_URL")


def test_it_is_what_the_compose_specification_says():
    schema = json.loads((ROOT / "tests/data/compose-spec.json").read_text("utf-8"))
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)


def test_the_schema_would_notice():
    schema = json.loads((ROOT / "tests/data/compose-spec.json").read_text("utf-8"))
    wrong = {"services": {"web": {"helthcheck": {}}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(schema).validate(wrong)


def test_the_services():
    assert set(SERVICES) == OURS | {"proxy", "postgres", "redis", "mail"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ONE_SHOT))
def test_health_is_watched(name):
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_secret_is_written_down(name):
    """What could be one comes from outside, or is empty unless it does."""
    for key, value in SERVICES[name].get("environment", {}).items():
        if SECRET.search(key):
            left = re.sub(r"\$\{[A-Z_]+(:\?[^}]*|:-)\}", "", str(value))
            assert re.fullmatch(r"|postgres://portal_(app|owner):@postgres:5432/portal", left), (key, value)


def test_what_must_be_set_is_in_the_example_and_empty_there():
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    required = set(re.findall(r"\$\{([A-Z_]+):\?", TEXT))
    assert required <= set(example)
    assert {name for name in required if example[name]} == set()


def test_only_the_migrations_run_as_the_owner():
    owners = {name for name in OURS if "portal_owner" in SERVICES[name]["environment"]["DATABASE_URL"]}
    assert owners == {"migrate"}
    for name in OURS - ONE_SHOT:
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_image_does_not_run_as_root_and_installs_by_hash():
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    last_stage = dockerfile.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*$", last_stage, re.MULTILINE)
    assert "--require-hashes" in dockerfile


def test_data_outlives_the_containers():
    named = {volume.partition(":")[0] for name in ("postgres", "redis", "web") for volume in SERVICES[name]["volumes"]}
    assert set(COMPOSE["volumes"]) <= named
    assert "noeviction" in SERVICES["redis"]["command"]


def test_web_and_worker_share_the_files_and_ask_the_same_scanner():
    for name in ("web", "worker"):
        assert "files:/srv/files" in SERVICES[name]["volumes"]
        assert SERVICES[name]["environment"]["PORTAL_FILES"] == "${PORTAL_FILES:-/srv/files}"
        assert "PORTAL_CLAMD" in SERVICES[name]["environment"]
    assert "install -d -o 10001 /srv/files" in (ROOT / "Dockerfile").read_text()  # a volume has the owner of the folder it covers
