"""Cookies are set where somebody signs in or fills in a form, and nowhere else: whatever a browser sends, a public page sets none."""

import re

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

TOKEN = re.compile(r"[A-Za-z0-9]{32}(?:[A-Za-z0-9]{32})?")  # as Django makes them


class QuietSessionMiddleware(SessionMiddleware):
    """Django takes away the cookie of a session that is not there, on any page. Here a page that did not ask for the session leaves it alone.

    Whoever takes it away has what the browser kept of its pages taken away, too: nobody goes back to them after a sign-out.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = getattr(request, "session", None)
        if session is None or not session.accessed:
            return response
        response = super().process_response(request, response)
        if (cookie := response.cookies.get(settings.SESSION_COOKIE_NAME)) and not cookie.value:
            response["Clear-Site-Data"] = '"cache"'
        return response


class SoundTokenMiddleware:
    """Django answers a form's token that is none with a new one, on any page. Here it is as if it had not come: a form that is shown makes one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not TOKEN.fullmatch(request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")):
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)
        return self.get_response(request)
