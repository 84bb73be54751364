"""The portal's addresses, and three of the bench's own."""

from django.urls import path

from bench import views
from dag_portal.urls import urlpatterns as portals

urlpatterns = [
    path("bench/insert/", views.insert),
    path("bench/page/", views.page),
    *portals,
    # Reached only where the portal itself has no page to vote on.
    path("desk/questions/<int:question>/seats/<int:row>/vote/", views.vote),
]
