"""What is typed to dissent, to answer, and to pass something up."""
