"""The page on which what differs from the version that was put to the group is attached to the edits that were agreed."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from artefacts import operations
from artefacts.forms.artefacts import PassagesForm
from artefacts.models import ArtefactVersion, Baseline
from artefacts.passages import baseline_issued_by, differing
from artefacts.rules.artefacts import refusals_to_explain
from artefacts.verbs import artefact_page, find_version
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from records.clock import portal_now
from records.rules import require


def explain(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    version = find_version(pk, standing)
    if version is None:
        raise Http404
    require(refusals_to_explain(version, standing, portal_now()))
    put = cast(ArtefactVersion, cast(Baseline, baseline_issued_by(version)).version)  # the rule has just said that there is one
    passages, edits = differing(version, put), list(put.agreed_edits.order_by("n"))
    attached = {row.key: str(row.edit.n) for row in version.passages.select_related("edit") if row.edit}
    form = PassagesForm(passages, edits, sent(request), initial=attached)
    if passages and tried(request, form, lambda typed: operations.explain(version, form.typed(), by=request.user)):
        left = sum(edit is None for edit in form.typed().values())
        messages.success(request, f"Saved. {len(passages) - left} of {len(passages)} passages belong to an agreed edit; {left or 'none'} unexplained.")
        return redirect(artefact_page(version.artefact))
    return form_page(
        request, form, "artefacts/passages.html", nav="desk", title=f"What differs in {version.called} from {put.called}", version=version, put=put, edits=edits,
        parent_url=artefact_page(version.artefact), parent_label=str(version.artefact),
    )  # fmt: skip
