"""Migrating with those models only that an operation looks at.

After each operation Django makes anew every model that is related to the changed one, at first or second hand, and nearly all
of the portal's are: most of migrating was spent on that. Here a model is made when an operation asks for it, together with
those it points at and those that point at it; no more is looked at when tables are altered. Whatever runs Python of its own
still gets all of them. `migrate --every-model` goes Django's own way; tests/records/test_migrating.py compares what comes of it.
"""

from collections.abc import Iterator
from typing import Any

from django.core.management import CommandError
from django.db import models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.utils.functional import cached_property

NOT_OURS = "Another version of the portal has migrated this database, and this one does not know: {}. Start that version, or begin with an empty database (a demonstration: ./portal demo --fresh)."

Key = tuple[str, str]  # of a model: the label of its app, and its name in lower case


class OurExecutor(MigrationExecutor):
    """Of a database that this version of the portal knows."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if unknown := sorted(key for key in self.loader.applied_migrations if key[0] in self.loader.migrated_apps and key not in self.loader.disk_migrations):
            told = ", ".join(".".join(key) for key in unknown[:3]) + (f" and {len(unknown) - 3} more" if len(unknown) > 3 else "")
            raise CommandError(NOT_OURS.format(told))


class LeanExecutor(OurExecutor):
    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        return LeanState(super()._create_project_state(with_applied_migrations).models, self.loader.unmigrated_apps)  # type: ignore[misc]


class LeanState(ProjectState):
    """The models as the migrations so far describe them. None is made before somebody asks, and none is kept when one has changed."""

    @cached_property
    def apps(self) -> StateApps:
        return LeanApps(self.real_apps, self.models)

    def clone(self) -> "LeanState":
        return LeanState({key: model.clone() for key, model in self.models.items()}, self.real_apps)

    def clear_delayed_apps_cache(self) -> None:
        """Called before Python is run that may use any model (RunPython, what is done after migrating)."""
        self.__dict__["apps"] = StateApps(self.real_apps, self.models)  # type: ignore[arg-type]

    def remove_model(self, app_label: str, model_name: str) -> None:
        super().remove_model(app_label, model_name)
        self.reload_models(())

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        self.reload_models(())

    def reload_models(self, models: object, delay: bool = True) -> None:
        self.__dict__.pop("apps", None)


class LeanApps(StateApps):
    """Models that are made when they are asked for, with their neighbours."""

    def __init__(self, real_apps: set[str], states: dict[Key, ModelState]):
        super().__init__(real_apps, {})  # type: ignore[arg-type]
        self.states, self.begun = states, set[Key]()

    def get_model(self, app_label: str, model_name: str | None = None, require_ready: bool = True) -> type[models.Model]:
        app, name = (app_label, model_name) if model_name else app_label.split(".")
        for key in self._neighbours((app, name.lower())):
            if key in self.states and key not in self.begun:
                self.begun.add(key)  # before it is made: for its bases this is asked again
                self.render_multiple([self.states[key]])
        return super().get_model(app_label, model_name, require_ready)

    def _neighbours(self, key: Key) -> set[Key]:
        """The model, what it points at and what points at it; and whose keys those have for their own, however far."""
        targets = [other for other, _ in self._targets(key)]
        for each in targets:
            targets += [other for other, is_key in self._targets(each) if is_key and other not in targets]
        sources = [key]
        found = {key, *targets}
        for each in sources:
            for other, is_key in self._sources(each):
                found.add(other)
                sources += [other] if is_key and other not in sources else []
        return found

    def _targets(self, key: Key) -> Iterator[tuple[Key, bool]]:
        """What a model points at or is made of, and whether that makes a key of its own."""
        state = self.states.get(key)
        for base in state.bases if state else ():
            if isinstance(base, str):
                yield resolve_relation(base), True
        for field in state.fields.values() if state else ():
            for model in (getattr(field.remote_field, "model", None), getattr(field.remote_field, "through", None)):
                if model:
                    yield resolve_relation(model, *key), field.unique

    def _sources(self, key: Key) -> Iterator[tuple[Key, bool]]:
        for other in self.states:
            for target, unique in self._targets(other):
                if target == key:
                    yield other, unique
