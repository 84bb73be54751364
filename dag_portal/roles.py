"""The two roles that the portal uses PostgreSQL with: the owner migrates, the application serves, and may not alter what is only ever added to."""

import os


def become_application() -> None:
    """From here on, this process as the role that the portal serves with: what it may not do, a demonstration must not need."""
    import dj_database_url
    from django.db import connections

    connections.close_all()
    wanted = dj_database_url.parse(os.environ["DATABASE_APPLICATION_URL"])
    for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
        connections["default"].settings_dict[name] = wanted[name]
