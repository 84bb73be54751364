"""What a reader wants to know of the portal itself: whom to write to, for whom it can be used, what it knows of people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from register.public import public


@public
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "register/contact.html", {"nav": "contact", "contact": settings.PORTAL_CONTACT})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "register/accessibility.html", {"nav": "accessibility"})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "register/privacy.html", {"nav": "privacy", "hours": settings.SESSION_COOKIE_AGE // 3600})
