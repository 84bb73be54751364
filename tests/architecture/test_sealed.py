"""Every column of a record that is sealed is in the seal, or it is said why not: nothing of legal meaning is altered unseen."""

import ast
import inspect
import textwrap

import pytest
from django.apps import apps

from decisions.models.voting import FROZEN
from records.editions import Edition
from records.models import Signed

MACHINERY = {"id", "revision", "recorded_by_id"}  # the key, the count of saves; and who added a fact, which its entry says
SEALED = [m for m in apps.get_models() if issubclass(m, Signed) and m.sealed_as and not hasattr(m, "history_object")]


def in_the_seal(model) -> set[str]:
    """The names that sealed() gives: those that are listed, and those that a sealed() of its own speaks of."""
    names = {*model.sealed_fields, *(FROZEN if model.sealed_as == "question" else ())}
    if issubclass(model, Edition):
        names.add(f"{model.noun}_id")
    if "sealed" in vars(model):
        tree = ast.parse(textwrap.dedent(inspect.getsource(model.sealed)))
        names |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return names


@pytest.mark.parametrize("model", SEALED, ids=lambda m: m._meta.label)
def test_every_column_is_sealed_or_it_is_said_why_not(model):
    sealed, columns = in_the_seal(model), {field.attname for field in model._meta.concrete_fields} - MACHINERY
    missing = columns - sealed - set(model.unsealed)
    assert not missing, f"{model._meta.label}: put {sorted(missing)} into the seal, or say in `unsealed` why not"
    assert not set(model.unsealed) & sealed, f"{model._meta.label}: what is in `unsealed` is sealed"
    assert set(model.unsealed) <= columns, f"{model._meta.label}: `unsealed` names what is no column"
    assert all(model.unsealed.values())
