"""Signing in: by invitation only, with the second factor that chair and secretariat must use. The only import of allauth.

An account is known by one address, `User.email`, which changes only when somebody who said again who they are has opened the link
that went to the new one, or when the PMO corrects it. allauth's rows of addresses say what waits to be confirmed, and let nobody in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm, default_token_generator
from allauth.account.internal.flows import reauthentication
from allauth.account.internal.templatekit import get_entrance_context_data
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.account.views import EmailView
from allauth.core import context
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from groups import throttle
from groups.models import User
from groups.rules.addresses import refusals_of_own_address
from records.hooks import effects_above
from records.rules import Refused


class AccountMail(NamedTuple):
    """What sign-in has to tell somebody. It goes by the outbox, as all mail: accounts lie below it, and hand it up."""

    address: str
    subject: str
    body: str


class ByTheirAddress(AuthenticationBackend):
    """Whose address it is signs in: not whoever has only said that it is theirs."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        for user in accounts_at(email):
            if self._check_password(user, password):
                return user
        return None


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: the secretariat invites. Links are the portal's own, whatever host was asked for, and mail goes by the outbox."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        written = self.render_mail(template_prefix, email, {"email": email, **context})
        effects_above("groups.account_mail", AccountMail(email, str(written.subject), str(written.body)))

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PORTAL_BASE_URL + path.replace("UID-KEY", key)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation) -> str:
        return settings.PORTAL_BASE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        try:
            effects_above("groups.address_confirmed", email_address.user, email=email_address.email)
        except Refused as refused:
            messages.error(request, " ".join(refused.reasons))
            return False
        messages.success(request, f"You sign in by {email_address.email} from now on.")
        return True

    def set_password(self, user: User, password: str) -> None:
        """Whoever chooses another because somebody else was in also stops what that somebody began."""
        super().set_password(user, password)
        forget_what_waits(user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        refuse_while_waiting(_address_in(credentials), self.source_of(request), "password")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Whose address it is, is told once when many tries failed there of late. Whoever tries learns nothing of that."""
        throttle.note_failure(address := _address_in(credentials), self.source_of(request))
        if throttle.note_wrong("password", address.strip().casefold()) == throttle.TOLD:
            for user in accounts_at(address):
                self.send_notification_mail("account/email/wrong_passwords", user, email=user.email)

    def _rollback_login_failed_rl_usage(self) -> None:
        """Called by allauth when the password was right."""

    def authenticate(self, request: HttpRequest, **credentials: Any):
        """The right password makes up for wrong ones; where a code comes after it, only that does: else one could guess codes for ever."""
        user = super().authenticate(request, **credentials)
        if user and not has_second_factor(user):
            throttle.forget(_address_in(credentials), self.source_of(request))
        return user

    def source_of(self, request: HttpRequest) -> str:
        return truncate_ip(self.get_client_ip(request))


def refuse_while_waiting(address: str, source: str, what: str) -> None:
    if wait := throttle.seconds_to_wait(address, source):
        raise forms.ValidationError(f"Too many tries have failed. Wait {_in_words(wait)}, then try again: the right {what} works then, and from another network at once.")


class _OneThrottle:
    """A wrong code counts as a wrong password does; after some, the owner of the account is told that somebody knows theirs."""

    user: User

    def clean_code(self) -> str:
        request = context.request
        source = InvitationOnly().source_of(request)
        refuse_while_waiting(self.user.email, source, "code")
        try:
            code = super().clean_code()  # type: ignore[misc]  # a form of allauth's is the other parent
        except forms.ValidationError:
            throttle.note_failure(self.user.email, source)
            if throttle.note_wrong("code", str(self.user.pk)) == throttle.FREE:
                InvitationOnly().send_notification_mail("account/email/wrong_codes", self.user, email=self.user.email)
            raise
        throttle.forget(self.user.email, source)
        return code


class CodeAfterThePassword(_OneThrottle, AuthenticateForm):
    """The second factor at sign-in."""


class CodeOnceMore(_OneThrottle, ReauthenticateForm):
    """The second factor of whoever is asked again who they are."""


def _address_in(credentials: dict[str, Any]) -> str:
    return credentials.get("email") or credentials.get("username") or ""


def _in_words(seconds: int) -> str:
    return f"{seconds} second{'' if seconds == 1 else 's'}" if seconds < 100 else f"{round(seconds / 60)} minutes"


class NewLink(ResetPasswordForm):
    """A link to choose a password goes to whose address it is, and to nobody who waits to have it confirmed."""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.users = accounts_at(email)
        return email


class NewAddress(AddEmailForm):
    """The address to which somebody wants to move: nobody else's, whether they have an account or not."""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if against := list(refusals_of_own_address(self.user, email)):
            raise forms.ValidationError([str(each) for each in against])
        return email


class OwnAddress(EmailView):
    """One's own address, and moving to another: nothing changes until the link that goes to the new one is opened."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known_as(request.user)  # type: ignore[arg-type]  # the default deny lets nobody else come here
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        answer = super().form_valid(form)
        told = {"new_address": form.cleaned_data["email"]}
        InvitationOnly().send_notification_mail("account/email/email_change_asked", self.request.user, told, email=self.request.user.email)
        return answer


class ByPasskey(LoginWebAuthnView):
    """One that is not accepted says so on a page to sign in, which carries on what was typed; allauth leads to an empty one."""

    def form_invalid(self, form) -> HttpResponse:
        for error in form.errors.get("credential", []):
            messages.error(self.request, error)
        return render(self.request, "account/login.html", sign_in_page(self.request) | {"next": self.request.POST.get("next", "")})


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


def accounts_at(email: str) -> list[User]:
    """Who signs in by the address: one account, or none."""
    return list(User.objects.filter(email__iexact=email.strip(), is_active=True)) if email.strip() else []


def sign_in_by(user: User, email: str) -> None:
    """From now on the account is known by this address. What the sign-in remembers of another one is forgotten."""
    user.email = user.username = email
    user.save(update_fields=["email", "username"])
    forget_what_waits(user)
    known_as(user)


def forget_what_waits(user: User) -> None:
    """An address that somebody asked to move to is not moved to any more."""
    for each in EmailAddress.objects.filter(user=user, verified=False).exclude(email=user.email.lower()):
        each.remove()


def known_as(user: User) -> None:
    """Tell allauth which address the account is known by; without that it takes the address for one that waits to be confirmed."""
    for other in EmailAddress.objects.filter(user=user, verified=True).exclude(email=user.email.lower()):
        other.remove()
    if user.email:
        own, _ = EmailAddress.objects.get_or_create(user=user, email=user.email.lower())
        if not (own.verified and own.primary):
            own.verified = own.primary = True
            own.save()


def sign_in_page(request: HttpRequest) -> dict[str, Any]:
    """What a page to sign in needs: its form, and the other ways there are."""
    return {**get_entrance_context_data(request), "form": LoginForm(request=request)}


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def asks_again(view: Callable) -> Callable:
    """What the view does is recorded in one's name and not taken back: who has not said so lately is asked again who they are.

    They come back to the page, not to what they sent: nothing is ever done by signing in, nor by opening a page. "Lately" is
    ACCOUNT_REAUTHENTICATION_TIMEOUT seconds.
    """

    @wraps(view)
    def sure(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return asked_again(request) or view(request, *args, **kwargs)

    return sure


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """The page that asks who one is, unless one has said so lately."""
    if not reauthentication.is_reauthentication_required(request, app=""):
        return None
    if request.method == "POST":
        messages.info(request, "You were asked who you are, so nothing has been done yet. Look once more, then confirm.")
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


class SignedInAt(NamedTuple):
    """One browser in which somebody is signed in."""

    pk: int
    since: Any
    address: str
    browser: str
    is_this: bool


def signed_in_at(request: HttpRequest) -> list[SignedInAt]:
    """Where the person who asks is signed in: this browser first, then the latest."""
    rows = UserSession.objects.purge_and_list(request.user)
    here = request.session.session_key
    told = [SignedInAt(each.pk, each.created_at, each.ip, browser_called(each.user_agent), each.session_key == here) for each in rows]
    return sorted(told, key=lambda each: (each.is_this, each.since), reverse=True)


BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}  # in this order: each calls itself the next, too
MACHINES = {"iPhone": "an iPhone", "iPad": "an iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "a Mac", "Linux": "Linux"}


def browser_called(agent: str) -> str:
    """What a browser says it is, as far as one knows its own again: "Firefox on Windows"."""
    name = next((name for mark, name in BROWSERS.items() if f"{mark}/" in agent), "A browser")
    machine = next((name for mark, name in MACHINES.items() if mark in agent), "")
    return f"{name} on {machine}" if machine else name


def sign_out_at(request: HttpRequest, pk: int | None = None) -> int:
    """Sign the person who asks out of one other browser, or of all others. How many that were; this browser is left signed in."""
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    ended = list(others if pk is None else others.filter(pk=pk))
    for each in ended:
        each.end()
    return len(ended)
