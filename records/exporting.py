"""What is taken away as a file, and opened by other programs."""


def csv_safe(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula: with an apostrophe before it, it is text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
