"""What is typed about artefacts and releases, and into reviews."""
