"""Signing in: by invitation only, with the second factor that chair and secretariat must use. The only import of allauth."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows import reauthentication
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from groups.models import User


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: the secretariat invites."""

    def is_open_for_signup(self, request) -> bool:
        return False


class SecondFactor(DefaultMFAAdapter):
    """How the portal names itself in an authenticator app."""

    def get_totp_label(self, user: User) -> str:
        return user.email or user.username


def invitation_path(user: User) -> str:
    """Where an invited person chooses a password; the link works once, and for PASSWORD_RESET_TIMEOUT seconds."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def asks_again(view: Callable) -> Callable:
    """What the view does is recorded in one's name and not taken back: who has not said so lately is asked again who they are.

    They come back to the page, not to what they sent: nothing is ever done by signing in, nor by opening a page. "Lately" is
    ACCOUNT_REAUTHENTICATION_TIMEOUT seconds.
    """

    @wraps(view)
    def sure(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not reauthentication.is_reauthentication_required(request, app=""):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            messages.info(request, "You were asked who you are, so nothing has been done yet. Look once more, then confirm.")
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")

    return sure
