"""What was sent after a sign-in had run out, shown once one has signed in again."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groups import typed_meanwhile
from groups.signed_in import SignedIn


@never_cache
@require_safe
def typed(request: SignedIn) -> HttpResponse:
    return typed_meanwhile.shown(request)
