"""A ZIP written as it is sent: file by file, never as a whole in memory, and the same bytes for the same files.

Nothing is compressed, for what is in it mostly is already; so its length is known before it is begun, and a reader's program sees if
the end of it is missing.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

AT_ONCE = 64 * 1024  # bytes
DAY = (1980, 1, 1, 0, 0, 0)  # of every file: the first that the format knows, so that nothing depends on when it is packed
LOCAL, BEHIND, CENTRAL, END = 30, 16, 46, 22  # bytes of the format: before each file, behind it, its line in the list, the end of the list


class Packed(NamedTuple):
    """One file in it. Its content is asked for when its turn comes."""

    path: str
    size: int
    content: Callable[[], Iterable[bytes]]

    @classmethod
    def text(cls, path: str, text: str) -> "Packed":
        content = text.encode()
        return cls(path, len(content), lambda: [content])


class _Drain:
    """Where zipfile writes: what it wrote is taken from here, and sent on."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, content: bytes, /) -> int:
        self.written.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        content = b"".join(self.written)
        self.written.clear()
        return content


def zipped(files: Iterable[Packed]) -> Iterator[bytes]:
    """Raises ValueError if a content is not as long as it was said to be."""
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_STORED) as packed:
        for each in files:
            info = zipfile.ZipInfo(each.path, DAY)
            info.external_attr, info.create_system, info.file_size = 0o644 << 16, 3, each.size
            written = 0
            with packed.open(info, "w") as inside:
                for content in each.content():
                    written += len(content)
                    inside.write(content)
                    yield drain.taken()
            if written != each.size:
                raise ValueError(f"{each.path} is {written} bytes long, and not {each.size}.")
            yield drain.taken()
    yield drain.taken()


def length_of(files: Iterable[Packed]) -> int:
    """How many bytes it will be, as long as it is less than four gigabytes."""
    return END + sum(LOCAL + BEHIND + CENTRAL + 2 * len(each.path.encode()) + each.size for each in files)
