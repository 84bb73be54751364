"""Default deny, and the second factor where it is required."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect

from groups.accounts import asked_again, has_second_factor
from groups.standing import Standing
from groups.typed_meanwhile import asked_to_sign_in
from records.clock import portal_today


class DefaultDenyMiddleware(LoginRequiredMiddleware):
    """Every view asks for a login unless it says it does not.

    Django's own reads request.user first, which makes public pages vary by cookie and costs a query.
    """

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:  # type: ignore[override]
        """A page that sends by itself is told so; it keeps what was typed, and asks for a sign-in beside it. What a form sent is not lost either."""
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"refused": ["Your sign-in has run out."]}, status=401)
        if request.method == "POST" and (page := asked_to_sign_in(request)):
            return page
        return super().handle_no_permission(request, view_func)


class OwnAccountMiddleware:
    """Whoever changes what they sign in by says again who they are. They come back to the page: nothing that was sent is kept and done later."""

    CHANGES = ("account_email", "account_change_password", "account_set_password", "mfa_")
    SAYS_WHO = ("mfa_authenticate", "mfa_reauthenticate", "mfa_login", "mfa_index")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        changes = name.startswith(self.CHANGES) and not name.startswith(self.SAYS_WHO) and name != "account_email_verification_sent"
        return asked_again(request) if changes and request.user.is_authenticated else None


class SecondFactorMiddleware:
    """Chair and secretariat set up a second factor before they do anything else (not in a demonstration)."""

    OPEN = ("/accounts/",)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if settings.DEMO or not getattr(view_func, "login_required", True) or request.path.startswith(self.OPEN):
            return None
        if not request.user.is_authenticated or has_second_factor(request.user):
            return None
        if not Standing(request.user, portal_today()).must_use_second_factor:
            return None
        messages.warning(request, "Your role needs a second factor: set up an authenticator app, then carry on.")
        return redirect("mfa_activate_totp")
