"""What the signed-in pages show of artefacts and of releases."""
