"""How the web process is run, in the image and in the demo: gunicorn --config python:dag_portal.gunicorn dag_portal.wsgi:application

Whoever comes may not say what the address of the portal begins with, nor keep a thread for long.
"""

import os

worker_class = "gthread"
workers, threads = 4, 2
control_socket_disable = True
accesslog = "-"

forwarder_headers = ""  # of what a request says about itself, nothing goes into the environment of the portal
limit_request_line, limit_request_fields, limit_request_field_size = 4094, 60, 8190
backlog = 256
keepalive = 5
timeout, graceful_timeout = 60, 30
max_requests, max_requests_jitter = 20_000, 2_000

# How long PostgreSQL works at one statement for a page, and waits for one lock: a lock that is held keeps no thread for ever, and
# whoever waited is told that nothing was done. Worker, clock and commands have no such limits: their work is long by nature.
raw_env = [f"{name}={os.environ.get(name) or usual}" for name, usual in (("STATEMENT_TIMEOUT", "20s"), ("LOCK_TIMEOUT", "8s"))]
