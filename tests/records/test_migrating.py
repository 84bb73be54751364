"""What comes of migrating is the same, whether every model is made after each operation, as Django does, or only those needed."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from records.migrating import LeanState
from tests import databases

# Everything the catalogue says of the tables, but not in which order it was made.
CATALOGUE = {
    "columns": """
        SELECT c.relname, c.relkind::text, c.relacl::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
               a.attgenerated::text, a.attcollation::regcollation::text, pg_get_expr(d.adbin, d.adrelid)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace""",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND probin IS NULL",
    "sequences": "SELECT sequencename, data_type::text, start_value, increment_by FROM pg_sequences WHERE schemaname = 'public'",
    "migrations": "SELECT app, name FROM django_migrations",
    "kinds": "SELECT app_label, model FROM django_content_type",
    "permissions": "SELECT app_label, codename, name FROM auth_permission JOIN django_content_type t ON t.id = content_type_id",
}


def catalogue(database: str) -> dict[str, set]:
    with psycopg.connect(databases.environment(database)["DATABASE_URL"]) as connected:
        return {what: set(connected.execute(sql).fetchall()) for what, sql in CATALOGUE.items()}


def migrated(name: str, *steps: list[str], begins_as: str = "template1") -> dict[str, set]:
    """What the catalogue says of a database that was migrated in these steps."""
    name = f"test_migrating_{os.getpid()}_{name}"
    databases.create(name, begins_as)
    try:
        for step in steps:
            command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", *step]
            done = subprocess.run(command, cwd=databases.ROOT, env=databases.environment(name), capture_output=True, text=True)
            assert done.returncode == 0, done.stderr[-3000:]
        return catalogue(name)
    finally:
        databases.drop(name)


@pytest.mark.long
def test_the_whole_database_is_the_same_both_ways_and_after_going_back(django_db_setup):
    lean = catalogue(databases.migrated())
    assert all(lean.values())
    assert migrated("djangos", ["--every-model"]) == lean
    assert migrated("back", ["decisions", "zero"], ["meetings", "zero"], [], begins_as=databases.migrated()) == lean


@pytest.mark.parametrize("every_model", [False, True])
def test_a_database_of_another_version_is_left_as_it_is(every_model, db, as_owner):
    as_owner("INSERT INTO django_migrations (app, name, applied) VALUES ('meetings', '0099_of_later', now())")
    with pytest.raises(CommandError, match=r"this one does not know: meetings\.0099_of_later\. Start that version"):
        call_command("migrate", every_model=every_model, verbosity=0)


# --- what the portal's own migrations do not do yet, in a small world: the SQL is the same

WORLD = [
    ModelState("small", "Body", [("code", models.CharField(max_length=10, primary_key=True)), ("name", models.TextField())]),
    ModelState("small", "Chair", [("body", models.OneToOneField("small.Body", models.CASCADE, primary_key=True)), ("name", models.TextField())]),
    ModelState("small", "Sitting", [("id", models.AutoField(primary_key=True)), ("chair", models.ForeignKey("small.Chair", models.CASCADE, related_name="+"))]),
    ModelState("small", "Special", [("sitting_ptr", models.OneToOneField("small.Sitting", models.CASCADE, parent_link=True, primary_key=True))], bases=("small.sitting",)),
    ModelState("small", "Tag", [("id", models.AutoField(primary_key=True)), ("on", models.ManyToManyField("small.Sitting")), ("under", models.ForeignKey("self", models.CASCADE))]),
    ModelState("small", "Note", [("id", models.AutoField(primary_key=True)), ("about", models.ForeignKey("small.Special", models.CASCADE))]),
]  # fmt: skip
CHANGES = [
    migrations.AlterField("Body", "code", models.CharField(max_length=20, primary_key=True)),
    migrations.AlterField("Sitting", "id", models.BigAutoField(primary_key=True)),
    migrations.AlterField("Note", "about", models.OneToOneField("small.Special", models.CASCADE)),
    migrations.RenameModel("Chair", "President"),
    migrations.RenameModel("Tag", "Label"),
    migrations.RenameField("Body", "code", "short"),
    migrations.AlterModelTable("Label", "labels"),
    migrations.AddField("Label", "body", models.ForeignKey("small.Body", models.CASCADE, null=True)),
    migrations.RemoveField("Label", "on"),
    migrations.AddConstraint("Label", models.UniqueConstraint(models.F("body"), condition=models.Q(under=None), name="one")),
    migrations.DeleteModel("Note"),
    migrations.CreateModel("Note", [("id", models.AutoField(primary_key=True)), ("about", models.ForeignKey("small.President", models.CASCADE))]),
]  # fmt: skip


class Changes(migrations.Migration):
    operations = CHANGES


def sql_of(kind: type[ProjectState], backwards: bool) -> list[str]:
    state = kind({(model.app_label, model.name_lower): model.clone() for model in WORLD})
    change = Changes("changes", "small")
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        (change.unapply if backwards else change.apply)(state, editor, collect_sql=True)
    return editor.collected_sql


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_an_operation_becomes_the_same_sql_as_by_django(db, backwards):
    assert sql_of(LeanState, backwards) == sql_of(ProjectState, backwards)


def test_python_in_a_migration_meets_every_model_with_all_its_relations():
    def look(apps, editor):
        note = apps.get_model("small", "Note")
        met.append(note._meta.get_field("about").related_model._meta.get_field("chair").related_model._meta.get_field("body").related_model._meta.label)
        met.append(len(apps.get_models()))

    met: list = []
    state = LeanState({(model.app_label, model.name_lower): model.clone() for model in WORLD})
    migrations.RunPython(look).database_forwards("small", connection.schema_editor(), state, state)
    assert met == ["small.Body", len(WORLD)]


def test_no_more_models_are_made_than_an_operation_looks_at():
    state = LeanState({(model.app_label, model.name_lower): model.clone() for model in WORLD})
    state.apps.get_model("small", "Tag")
    assert {model._meta.model_name for model in state.apps.get_models()} == {"tag", "sitting"}
    state.add_field("small", "tag", "name", models.TextField(), preserve_default=True)
    assert state.apps.get_model("small", "Tag")._meta.get_field("name")
