"""What every template knows. Nothing here may depend on who asks: public addresses are the same for everyone."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    return {"demo": settings.DEMO, "base_url": settings.PORTAL_BASE_URL, "version": settings.VERSION}
