"""Pages that take and hand out files, for the tests: the portal's own come with the apps that attach them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse

from files import serving
from files.door import takes_files
from files.forms import UploadField
from files.models import Blob
from files.operations import keep
from groups.sending import form_page, sent, sent_files, tried
from records.forms import Form


class HandIn(Form):
    file = UploadField()


@takes_files
def hand_in(request):
    form = HandIn(sent(request), sent_files(request))
    if kept := tried(request, form, lambda typed: keep(typed["file"], by=request.user)):
        messages.success(request, "Kept.")
        return redirect(f"{reverse('in')}?kept={kept.pk}")
    return form_page(request, form, title="Hand in a file", button="Hand in")


def out(request, pk):
    return serving.stream(request, Blob.objects.get(pk=pk), request.GET.get("name", "paper.pdf"))



@login_not_required
def open_to_all(request):
    return HttpResponse(f"{len(request.POST)} {len(request.FILES)}")


@login_not_required
@takes_files
def open_and_takes_files(request):
    return open_to_all(request)


def behind_a_login(request):
    return open_to_all(request)


urlpatterns = [
    path("in/", hand_in, name="in"),
    path("out/<int:pk>/", out, name="out"),
    path("open/", open_to_all),
    path("open-and-takes-files/", open_and_takes_files),
    path("behind/", behind_a_login),
    path("", include("dag_portal.urls")),
]
