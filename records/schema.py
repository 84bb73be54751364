"""What migrations of large models need beyond Django's own operations."""

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field


class AddFields(Operation):
    """Several columns of one table at once.

    After each AddField Django works out anew every model that is related to the changed one, and all of the portal's are: of
    half a minute of migrating it was two thirds. This does it once for all columns.
    """

    reduces_to_sql = True

    def __init__(self, model_name: str, fields: list[tuple[str, Field]]):
        self.model_name, self.fields = model_name, fields

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"model_name": self.model_name, "fields": self.fields}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        key = app_label, self.model_name.lower()
        for name, field in self.fields:
            state.models[key].fields[name] = field
            if state._relations is not None:  # type: ignore[attr-defined] # as ProjectState.add_field does
                state.resolve_model_field_relations(key, name, field)  # type: ignore[attr-defined]
        state.reload_model(*key)

    def database_forwards(self, app_label: str, schema_editor, from_state: ProjectState, to_state: ProjectState) -> None:
        before, after = (state.apps.get_model(app_label, self.model_name) for state in (from_state, to_state))
        if self.allow_migrate_model(schema_editor.connection.alias, after):
            for name, _ in self.fields:
                schema_editor.add_field(before, after._meta.get_field(name))

    def database_backwards(self, app_label: str, schema_editor, from_state: ProjectState, to_state: ProjectState) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            for name, _ in reversed(self.fields):
                schema_editor.remove_field(model, model._meta.get_field(name))

    def describe(self) -> str:
        return f"Add fields {', '.join(name for name, _ in self.fields)} to {self.model_name}"
