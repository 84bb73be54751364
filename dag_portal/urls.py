from django.urls import include, path

from groups.accounts import ByPasskey, OwnAddress

urlpatterns = [
    path("desk/", include("desk.urls")),
    path("desk/", include("archive.urls")),
    path("desk/", include("artefacts.urls")),
    path("desk/", include("assurance.urls")),
    path("desk/", include("change_requests.urls")),
    path("desk/", include("decisions.urls")),
    path("desk/", include("dissent.urls")),
    path("desk/", include("groups.urls")),
    path("desk/", include("meetings.urls")),
    path("accounts/email/", OwnAddress.as_view(), name="account_email"),
    path("accounts/2fa/webauthn/login/", ByPasskey.as_view(), name="mfa_login_webauthn"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include("register.urls")),
]
