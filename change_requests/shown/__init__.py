"""What the signed-in pages show of change requests and of assessments."""
