"""What the signed-in pages show of artefacts, of their reviews and of releases."""
