"""How looking into a file says that it must not be kept."""


class Unfit(Exception):
    """The sentence says why, to whoever handed the file in."""
