"""Every column of a record that is sealed is in the seal, or it is said why not: nothing of legal meaning is altered unseen."""

import ast
import inspect
import textwrap

from django.apps import apps

from decisions.models.voting import FROZEN
from records.editions import Edition
from records.models import Signed

# Not ours, and nothing of legal meaning is in them; why not.
OF_OTHERS = {
    "account.EmailAddress": "the address of an account once more, as the sign-in keeps it", "account.EmailConfirmation": "links to confirm an address, until they are used",
    "mfa.Authenticator": "second factors", "usersessions.UserSession": "where somebody is signed in", "sessions.Session": "where somebody is signed in",
    "auth.Permission": "nothing asks for them: rights come from seats and appointments", "auth.Group": "nothing asks for them: rights come from seats and appointments",
    "contenttypes.ContentType": "Django's names of models",
}  # fmt: skip
MODELS = [m for m in apps.get_models(include_auto_created=True) if not hasattr(m, "history_object") and not m._meta.auto_created]
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


def test_every_column_is_sealed_or_it_is_said_why_not():
    for model in SEALED:
        sealed, columns = in_the_seal(model), {field.attname for field in model._meta.concrete_fields} - MACHINERY
        missing = columns - sealed - set(model.unsealed)
        assert not missing, f"{model._meta.label}: put {sorted(missing)} into the seal, or say in `unsealed` why not"
        assert not set(model.unsealed) & sealed, f"{model._meta.label}: what is in `unsealed` is sealed"
        assert set(model.unsealed) <= columns, f"{model._meta.label}: `unsealed` names what is no column"
        assert all(model.unsealed.values())


def test_every_model_is_sealed_or_sealed_with_another_or_says_why_not():
    for model in MODELS:
        said = [getattr(model, name, "") for name in ("sealed_as", "sealed_with", "not_sealed")] + [OF_OTHERS.get(model._meta.label, "")]
        assert len(list(filter(None, said))) == 1, f"{model._meta.label}: say one of `sealed_as`, `sealed_with` and `not_sealed`"


def test_what_is_sealed_with_another_noun_names_one_that_there_is():
    nouns = {m.sealed_as for m in SEALED}
    assert {m.sealed_with for m in MODELS if getattr(m, "sealed_with", "")} <= nouns
    assert set(OF_OTHERS) <= {m._meta.label for m in MODELS}


def test_the_columns_by_which_histories_name_people_are_compared_by_the_check():
    assert apps.get_model("groups", "AccountHolder").own_faults
