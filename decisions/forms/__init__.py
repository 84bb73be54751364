"""What is typed to put a question, to vote, and to determine."""
