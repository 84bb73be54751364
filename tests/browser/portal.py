"""A portal in a process of its own: loads the demonstration, or what was there before a meeting, into one database, or serves copies of either ("serve").

Told by lines of JSON on standard input, it answers by lines of JSON on standard output. Each copy is served by a fork of
this process, so that a test which changes something costs a fraction of a second. Everything but the migrations is done
as the role that the portal runs as.
"""

import hashlib
import json
import os
import signal
import sys

STANDS_AT = "2026-06-10 11:00"  # a Wednesday; so that two looks at a page never show two minutes, nor two days
THE_DAY_BEFORE = "2026-06-09 11:00"


def main(what: str) -> None:
    set_up()
    {"load": load, "load_before_dag026": load_before_dag026, "serve": serve_what_is_asked}[what]()


def serve_what_is_asked() -> None:
    told = sys.stdin
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever prints to standard output prints to the log
    children: list[int] = []
    print(json.dumps({"ready": True}), file=answers)
    for line in told:
        asked = json.loads(line)
        pid, port = serve(**asked)
        children = [*(child for child in children if child != asked.get("instead_of")), pid]
        print(json.dumps({"pid": pid, "port": port}), file=answers)
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def set_up() -> None:
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    django.setup()


def load() -> None:
    from django.core.management import call_command

    set_the_clock(THE_DAY_BEFORE)  # people were appointed yesterday, so that there is a head to publish today
    for file in ("programme/mhhs.toml", "rehearsal/demo-people.toml"):
        call_command("load_programme", file)
    set_the_clock(STANDS_AT)
    call_command("load_demo_past")
    become_application()
    call_command("load_demo")
    call_command("sweep")
    sign_in()


def load_before_dag026() -> None:
    from tests.dag026.before import load_people, load_the_past

    set_the_clock("2023-06-21 10:00")
    load_people()
    become_application()
    load_the_past()
    sign_in()


def set_the_clock(moment: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(clock_at(moment))


def clock_at(moment: str) -> str:
    """It stands still, at a moment in London."""
    return f"CREATE OR REPLACE FUNCTION portal_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$SELECT timestamptz '{moment} Europe/London'$$"


def sign_in() -> None:
    """Each person by the page for that, once; what it makes of it is kept where the tests find it."""
    from django.contrib.sessions.models import Session
    from django.test import Client

    from groups.models import User
    from rehearsal.sign_ins import PASSWORD

    for email in User.objects.exclude(person=None).values_list("email", flat=True):
        client = Client(SERVER_NAME="localhost")
        client.post("/accounts/login/", {"login": email, "password": PASSWORD})
        assert "_auth_user_id" in client.session
        Session.objects.filter(pk=client.session.session_key).update(session_key=session_of(email))


def session_of(email: str) -> str:
    """The key under which somebody's session is kept."""
    return hashlib.sha256(email.encode()).hexdigest()[:32]


def become_application(database: str = "") -> None:
    from django.db import connections

    connections.close_all()
    wanted = connections.settings["default"]
    wanted["OPTIONS"]["options"] += " -c role=portal_app"
    if database:
        wanted["NAME"] = database


def serve(database: str, crowd: int = 0, port: int = 0, instead_of: int = 0) -> tuple[int, int]:
    """The process, and the port at which it answers. The process `instead_of` which it serves is killed outright."""
    from django.conf import settings
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    if instead_of:
        os.kill(instead_of, signal.SIGKILL)
        os.waitpid(instead_of, 0)
    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    port = server.server_address[1]
    settings.PORTAL_BASE_URL = f"http://localhost:{port}"  # an address to cite is one that answers
    if pid := os.fork():
        server.server_close()
        return pid, port
    os.close(0)
    become_application(database)
    if crowd:
        add_actions(crowd)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    server.serve_forever()
    os._exit(0)


def add_actions(count: int) -> None:
    """So many more published actions, for what only shows when there are many."""
    from meetings.models import Meeting
    from tests.factories import ActionFactory

    meeting = Meeting.objects.select_related("group", "published_by").get(code="REH001")
    for n in range(count):
        ActionFactory(
            group=meeting.group, meeting=meeting, reference=f"REH01-{n + 50}", raised_order=f"0001.00-{n + 50}",
            text=f"Find out, part {n + 1}", published_at=meeting.published_at, published_by=meeting.published_by,
        )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
