"""The portal's settings, with the bench's own addresses beside the portal's."""

from dag_portal.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
