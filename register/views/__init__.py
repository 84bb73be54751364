"""Pages for anyone: they read what is published, and write nothing."""
