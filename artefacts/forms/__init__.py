"""What is typed about artefacts and releases."""
