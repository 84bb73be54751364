"""What is typed about artefacts and into their reviews."""
