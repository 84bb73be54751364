from django.urls import include, path

urlpatterns = [
    path("desk/", include("desk.urls")),
    path("desk/", include("artefacts.urls")),
    path("desk/", include("assurance.urls")),
    path("desk/", include("change_requests.urls")),
    path("desk/", include("decisions.urls")),
    path("desk/", include("dissent.urls")),
    path("desk/", include("groups.urls")),
    path("desk/", include("meetings.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("register.urls")),
]
