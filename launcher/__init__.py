"""What ./portal does: installs what is missing, runs PostgreSQL and a Redis-protocol server, and the portal on them."""
