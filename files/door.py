"""How much may be sent, and by whom: said before anything of it is read.

Django reads a form as soon as somebody asks for a word of it, the check of its token first of all, and writes the files in it to
the disk. So this comes before that: it goes by the length that was announced, by who asks, and by whether the view takes files.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from files.kinds import MIB, MOST_BYTES

MOST_TYPED = 2 * MIB
MOST_WITH_FILES = MOST_BYTES + MIB  # for what is typed beside them


def takes_files(view: Callable) -> Callable:
    """Declare that a view takes files from whoever is signed in. To be written above all other decorators."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def takes_files_by_link(is_good: Callable[[str], bool]) -> Callable:
    """The same for a page by personal link: from whoever has one that is good (docs/adr/0018), which is asked before anything is read."""

    def marked(view: Callable) -> Callable:
        view.takes_files_by_link = is_good  # type: ignore[attr-defined]
        return view

    return marked


class NoFiles(FileUploadHandler):
    """Whatever file comes is passed over: nothing of it is kept, in memory or on the disk."""

    def new_file(self, *args, **kwargs):
        raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        return None

    def file_complete(self, file_size):
        return None


class Whole:
    """What is sent, to its last byte. Django would take what came of a file that was cut off for the file."""

    def __init__(self, request: Any, length: int):
        self.request, self.stream, self.left = request, request._stream, length

    def read(self, size: int = -1) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        return self._counted(self.stream.read(size), at_least=wanted)  # a server gives less at the end only

    def readline(self, size: int = -1) -> bytes:
        return self._counted(self.stream.readline(size), at_least=min(1, self.left))

    def close(self) -> None:
        self.stream.close()

    def _counted(self, piece: bytes, *, at_least: int) -> bytes:
        self.left -= len(piece)
        if len(piece) < at_least:
            for handler in self.request.upload_handlers:
                handler.upload_interrupted()  # what came of a file does not wait on the disk for the error to be forgotten
            raise ConnectionAbortedError(f"{self.left} bytes of what was announced did not come.")
        return piece


class DoorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if request.META.get("HTTP_TRANSFER_ENCODING"):
            return render(request, "411.html", status=411)
        if not (length := _announced(request)):
            return None
        takes = may_bring_files(request, view_func, view_kwargs)
        if length > (MOST_WITH_FILES if takes else MOST_TYPED):
            return render(request, "413.html", {"limit": f"{MOST_BYTES // MIB} MB" if takes else ""}, status=413)
        if hasattr(request, "_stream"):
            request._stream = Whole(request, length)  # type: ignore[assignment]
        if not takes:
            request.upload_handlers = [NoFiles(request)]
        return None


def _announced(request: HttpRequest) -> int:
    """The length of what is sent; what is no number is none, and then Django reads nothing."""
    told = request.META.get("CONTENT_LENGTH") or ""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0


def may_bring_files(request: HttpRequest, view: Callable, told: dict[str, Any]) -> bool:
    """Who asks is looked at only where a view takes files: pages for everyone vary by nothing."""
    if is_good := getattr(view, "takes_files_by_link", None):
        return is_good(told["token"])
    if not getattr(view, "takes_files", False) or not getattr(view, "login_required", True):
        return False
    return request.user.is_authenticated
