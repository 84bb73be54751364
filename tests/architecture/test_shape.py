"""Promises the whole codebase keeps. Each failure message says how to keep it."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from dag_portal.celery import app as celery
from records.guards import append_only_tables
from records.hooks import hanging_on
from records.lifecycle import Lifecycle
from records.models import Fact, Record, Signed
from records.moved_by_holidays import deadlines
from records.sweep import chores
from register.models import Shelf
from tests.architecture.listed import APPS, READER, ROOT

OURS = [*APPS, READER]
MODELS = [m for app in APPS for m in apps.get_app_config(app).get_models() if not hasattr(m, "history_object")]
# Neither record nor fact: accounts (rights come from seats), the chain itself, machinery that means nothing by itself.
PLAIN = {"groups.User", "groups.AccountHolder", "groups.Counter", "groups.SentForm", "ledger.Entry", "ledger.Payload", "ledger.Check", "register.Shelf", "notifications.SweepRun",
    "meetings.Notepad", "meetings.Typing"}  # fmt: skip
LIFECYCLES = [import_module(f"{app}.lifecycle") for app in APPS if (ROOT / app / "lifecycle.py").exists()]
TABLES = [table for module in LIFECYCLES for table in vars(module).values() if isinstance(table, Lifecycle)]


def sources(*apps_named: str) -> list[Path]:
    return [p for app in apps_named for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]


def calls_in(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def test_every_record_keeps_a_history_and_every_fact_is_append_only():
    for model in (m for m in MODELS if m._meta.label not in PLAIN):
        assert issubclass(model, Signed), f"{model._meta.label}: inherit Record or Fact from records.models, or say here why not"
        if issubclass(model, Fact):
            assert model._meta.db_table in append_only_tables()
        else:
            assert issubclass(model, Record)
            assert model.history.model._meta.db_table in append_only_tables()


def test_what_the_ledger_calls_a_noun_is_said_by_one_model():
    """The word is stored in every entry: a model may be renamed or move to another app, and the entries still find it."""
    words = [m.sealed_as for m in MODELS if getattr(m, "sealed_as", "")]
    assert len(words) == len(set(words)), "two models go by one word in the ledger"
    assert sorted(words) == [
        "action_edition", "advice", "agenda_pdf", "agreed_edit", "alternate", "announcement", "answer_approval", "appointment", "artefact", "artefact_edition",
        "artefact_file", "artefact_version", "assessment", "assessment_extension", "baseline", "black_out", "change_request",
        "change_request_determination", "change_request_edition", "change_request_file", "change_request_version", "clarification", "comment",
        "daily_head", "decision", "decision_edition", "delegation", "exclusion", "freeze", "group_edition", "headline_report", "headline_report_edition",
        "headline_report_pdf", "holder_answer", "holding", "implementation", "imported_file", "loaded_version", "mailed_original", "meeting",
        "meeting_edition", "minutes_edition", "minutes_pdf", "no_comments", "off_roll_answer", "paper_circulation", "past_assessment",
        "procedural_concern", "question", "question_papers", "redaction", "referral", "refused_vote", "release", "release_edition", "release_note", "resolution", "response",
        "review", "review_extension", "seat_edition", "statement", "theme", "vote",
    ], "a word once used stands in the ledger for good: add new ones, change none"  # fmt: skip


def test_a_model_says_whether_the_ledger_covers_it():
    for model in (m for m in MODELS if issubclass(m, Signed)):
        said = [word for word in (model.sealed_as, model.sealed_with, model.not_sealed) if word]
        assert len(said) == 1, f"{model._meta.label}: say sealed_as, sealed_with or not_sealed"
        if model.sealed_with:
            assert model.sealed_with in {m.sealed_as for m in MODELS if getattr(m, "sealed_as", "")}, "it is part of a noun that is not sealed"


def test_nothing_is_deleted_by_cascade():
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if field.remote_field and not field.remote_field.parent_link:
                assert field.remote_field.on_delete.__name__ == "PROTECT", f"{model._meta.label}.{field.name}: use PROTECT"


def test_nothing_is_written_behind_the_history():
    banned = {"update", "aupdate", "bulk_update", "bulk_create", "raw", "delete", "update_or_create"}
    for path in sources(*OURS):
        behind = {
            ast.unparse(call.func)
            for call in calls_in(path)
            # A dictionary's update takes a dictionary, a storage's delete a name, a hash's update bytes; a query's takes keywords only.
            if isinstance(call.func, ast.Attribute) and call.func.attr in banned and not (call.func.attr in ("update", "delete") and call.args)
        }
        assert not behind, f"{path}: {behind}: save each record with save_by, so that its history says who and why"


def test_operations_never_save_without_an_author():
    for path in (p for p in sources(*OURS) if "operations" in (p.stem, p.parent.name)):
        bare = [call for call in calls_in(path) if isinstance(call.func, ast.Attribute) and call.func.attr == "save"]
        allowed = 2 if path.parent.name == "ledger" else 0  # an entry and its payload name their actor themselves
        assert len(bare) <= allowed, f"{path}: use save_by(user)"


RULES = [p for p in sources(*OURS) if "rules" in (p.stem, p.parent.name)]


def test_rules_read_no_clock_and_write_nothing():
    for path in RULES:
        text = path.read_text()
        for banned in ("portal_now(", "portal_today(", "timezone.now(", "save_by(", "save("):
            assert banned not in text, f"{path}: the operation reads the clock and hands it in ({banned})"


def test_nobody_reads_the_machines_clock():
    for path in sources(*OURS, "dag_portal"):
        found = re.findall(r"timezone\.now\(|localdate\(|datetime\.now\(|date\.today\(", path.read_text())
        assert not found, f"{path}: ask records.clock, which asks the database"


def test_a_lifecycle_names_no_state_that_cannot_be_reached():
    for table in TABLES:
        states = type(next(iter(table.states())))
        start = next(iter(states))
        seen, todo = {start}, [start]
        while todo:
            here = todo.pop()
            for move in table.values():
                if here in move.origins and move.target not in seen:
                    seen.add(move.target)
                    todo.append(move.target)
        assert seen == set(states) == table.states()


@pytest.mark.parametrize("library", ["weasyprint", "pikepdf", "pypdfium2", "allauth", "holidays", "nh3", "markdown_it", "redis", "celery"])
def test_a_library_is_imported_in_one_place(library):
    pattern = re.compile(rf"^\s*(?:from {library}[.\s]|import {library}\b)", re.M)
    importing = {str(p.relative_to(ROOT)) for p in sources(*OURS, "dag_portal") if pattern.search(p.read_text())}
    home = {
        "weasyprint": {"records/printing.py"}, "pikepdf": {"records/printing.py", "files/pdfs.py", "files/binding.py"}, "allauth": {"groups/accounts.py"},
        "pypdfium2": {"files/reading/pdfs.py"},
        "holidays": {"records/working_days.py"}, "nh3": {"records/text.py"}, "markdown_it": {"records/text.py"},
        "redis": {"register/health.py"}, "celery": {"dag_portal/celery.py", "files/tasks.py", "notifications/tasks.py", "register/tasks.py"},
    }  # fmt: skip
    assert importing == home[library]


def test_every_noun_and_verb_is_in_the_glossary():
    headings = {line[3:].strip().lower() for line in (ROOT / "docs" / "glossary.md").read_text().splitlines() if line.startswith("## ")}
    headings |= {heading.replace("_", " ") for heading in headings}
    nouns = {str(m._meta.verbose_name).lower() for m in MODELS}
    verbs = {verb.replace("_", " ") for table in TABLES for verb in table}
    missing = sorted((nouns | verbs) - headings)
    assert not missing, f"say in docs/glossary.md what these are: {missing}"


def test_the_drawn_lifecycles_are_those_of_the_tables():
    found = subprocess.run([sys.executable, "docs/build.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_scheduled_task_exists_and_the_timetable_is_in_utc():
    celery.loader.import_default_modules()
    for name, entry in celery.conf.beat_schedule.items():
        assert entry["task"] in celery.tasks, f"{name}: no task called {entry['task']}"
    assert celery.conf.timezone == "UTC"


def test_the_sweep_closes_before_it_publishes_mails_makes_packs_and_then_compares():
    assert [chore.name for chore in chores()] == [
        "close", "close assessment", "close review", "keep what was typed in", "release", "approve the", "note late headlines", "note missed papers of", "publish minutes of", "publish still unpublished", "publish the approved", "ask for replies to", "chase action",
        "remind of", "remind of assessment", "remind of circulating papers of", "remind of headlines", "remind of paper", "remind of review", "remind of the next step of", "tell clarifications", "publish the head of the ledger", "scan", "relay mail", "print", "print agenda", "print headlines", "print release note",
        "get papers of votes ready", "get papers ready", "make the pack", "make the papers into one", "compare",
    ]  # fmt: skip


def test_the_deadlines_that_run_are_known_and_which_of_them_are_public():
    assert {deadline.name: deadline.public for deadline in deadlines()} == {
        "publication of minutes": True, "publication of headline reports": True, "publication of ex-committee decisions": False,
        "answer to a concern or referral": False, "close of assessments": True, "close of reviews": True,
    }  # fmt: skip


def test_who_hangs_on_which_verb_is_known():
    assert set(hanging_on()) == {
        "artefacts.issue_release", "artefacts.put_forward", "artefacts.say_effective", "artefacts.withdraw_release", "artefacts.withdraw_version",
        "decisions.beside", "decisions.beside_ballot", "decisions.determine", "decisions.determine.typed", "decisions.look_at_first", "decisions.open_question.typed", "decisions.publish", "decisions.record_past_decision", "editions.issue", "groups.appoint",
        "groups.answer_erasure", "groups.ask_for_erasure", "groups.correct_person", "groups.end_alternate", "groups.end_appointment", "groups.end_holding", "groups.give_appointment", "groups.load_appointment", "groups.set_policy", "groups.change_holiday", "groups.invite", "groups.name_alternate", "groups.approve_alternate",
        "groups.revoke_alternate", "groups.scopes", "ledger.black_out", "ledger.redact", "meetings.change_item", "meetings.order_items", "meetings.papers", "meetings.preflight", "meetings.preview",
        "meetings.publish", "meetings.table_item", "meetings.take_off", "groups.account_mail", "groups.address_confirmed",
    }  # fmt: skip


PUBLIC = {
    "register:home", "register:search", "register:glossary", "register:status", "register:healthz", "register:livez", "register:contact", "register:accessibility", "register:privacy", "register:heads", "register:heads_text", "register:sitemap", "register:sitemap_part", "register:robots",
    "register:deadlines", "register:decisions", "register:decisions_as", "register:decision", "register:decision_json", "register:decision_changes",
    "register:verify", "register:verify_json", "register:decision_paper",
    "register:change_requests", "register:change_requests_as", "register:change_request", "register:change_request_json", "register:change_request_changes",
    "register:change_request_file", "register:change_request_versions",
    "register:artefacts", "register:artefacts_as", "register:artefact", "register:artefact_json", "register:artefact_changes",
    "register:artefact_file", "register:processes", "register:processes_csv", "register:artefact_versions", "register:review", "register:review_csv",
    "register:releases", "register:releases_as", "register:release", "register:release_json", "register:release_changes", "register:release_file", "register:release_note",
    "register:meetings", "register:meetings_as", "register:meeting", "register:meeting_json", "register:meeting_changes",
    "register:paper", "register:minutes_pdf", "register:edition", "register:edition_pdf",
    "register:agenda_pdf", "register:headlines", "register:headlines_json", "register:headlines_pdf", "register:headline_report_changes",
    "register:actions", "register:actions_as", "register:action", "register:action_json", "register:action_changes",
    "register:groups", "register:groups_as", "register:group", "register:group_json", "register:group_changes", "register:baseline", "register:baseline_zip",
    "register:seat", "register:seat_json", "register:seat_changes",
}  # fmt: skip

# Without a login, for whoever has been sent the link: docs/adr/0018-a-page-by-personal-link.md says what such a page keeps to.
BY_LINK = {"decisions:reply", "meetings:bring", "meetings:report_by_link", "meetings:reply_by_link", "change_requests:answer_by_link"}


def addresses(resolver: URLResolver | None = None, namespace: str = ""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern
        else:
            yield from addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def test_every_view_of_ours_asks_for_a_login_unless_it_is_listed_here():
    found = {name for name, p in addresses() if ":" in name and not getattr(p.callback, "login_required", True)}
    assert found == PUBLIC | BY_LINK


def test_a_page_by_personal_link_has_the_link_in_its_address_and_asks_for_the_token_of_a_form():
    for name, pattern in addresses():
        if name in BY_LINK:
            assert "<str:token>" in str(pattern.pattern), f"{name}: what is open to whoever has the link has the link in its address"
            assert not getattr(pattern.callback, "csrf_exempt", False), f"{name}: keep the CSRF token"


def test_every_anonymous_page_is_in_register_and_every_other_is_not():
    for name, _ in addresses():
        if ":" in name:
            assert name.startswith("register:") == (name in PUBLIC), f"{name}: anonymous pages live in register, and only they"


@pytest.mark.django_db
def test_the_database_holds_the_guards_the_code_promises():
    with connection.cursor() as cursor:
        cursor.execute("SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'append_only'")
        assert {name for (name,) in cursor.fetchall()} == set(append_only_tables())
        cursor.execute(
            "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = 'portal_app' AND table_schema = 'public'"
        )
        granted: dict[str, set[str]] = {}
        for table, privilege in cursor.fetchall():
            granted.setdefault(table, set()).add(privilege)
    for table in append_only_tables():
        assert granted[table] == {"SELECT", "INSERT"}, table
    for model in set(MODELS) - {Shelf}:  # it owns nothing, and can be made again
        assert "DELETE" not in granted[model._meta.db_table], model
        assert "TRUNCATE" not in granted[model._meta.db_table], model


@pytest.mark.django_db
def test_what_the_database_can_do_of_its_own_is_written_in_a_file_of_its_app():
    """Functions and triggers: each is in `<app>/sql/`, but the guard that `records/guards.py` hangs on what is append-only."""
    written = "\n".join(path.read_text() for path in ROOT.glob("*/sql/*.sql"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
            " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        functions = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = {name for (name,) in cursor.fetchall()} - {"append_only"}
    assert functions == set(re.findall(r"^CREATE (?:OR REPLACE )?FUNCTION (\w+)", written, re.M))
    assert triggers == set(re.findall(r"^CREATE (?:CONSTRAINT )?TRIGGER (\w+)", written, re.M))


def test_no_file_grows_past_four_hundred_lines():
    for path in filter(Path.exists, sources(*OURS, "dag_portal", "launcher")):
        assert len(path.read_text().splitlines()) <= 400, f"{path}: split it by noun"


def test_a_component_says_in_its_first_line_what_it_takes():
    for path in sorted((ROOT / "templates" / "components").glob("*.html")):
        assert path.read_text().startswith("{# Takes: "), f"{path.name}: begin with what it takes"


def test_no_template_has_a_style_or_a_script_of_its_own():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r'\sstyle="|<style|\son[a-z]+="', text), f"{path}: the content security policy forbids inline style and script"
        assert not re.search(r"<script(?![^>]*\bsrc=|[^>]*application/json|[^>]*data-)", text), f"{path}: scripts come from static/"


def test_no_template_line_is_longer_than_160_characters():
    """But what cannot be broken: one tag or comment of Django's, and one sentence. Mails are sent as they stand."""
    in_mails = {"_who_reads_a_reply.html"}
    whole = re.compile(r"\s*(\{[%#]((?![%#]\}).)*[%#]\}|[^<>{}]+)")
    for path in (p for p in (ROOT / "templates").rglob("*.html") if p.name not in in_mails):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            assert len(line) <= 160 or whole.fullmatch(line), f"{path}:{number}: one element a line, set in by two spaces"
