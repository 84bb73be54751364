"""What is typed about change requests and into their assessments."""
