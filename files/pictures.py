"""PNG and JPEG, segment by segment: what says who made it, where and with what is left out; not a pixel is written anew."""

import struct
from collections.abc import Iterator

from files.unfit import Unfit

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
TOLD_IN_PNG = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"caBX"}
CUT = "The picture is damaged, or cut off."
FOLLOWED = "Something else follows the end of the picture: save it anew."
SOS, EOI, APP0, APP1, APP2, APP14, APP15, COM = 0xDA, 0xD9, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
ORIENTATION = 0x0112


def chunks_of_png(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and bytes of each chunk. Raises Unfit if it does not end where it says."""
    at = len(PNG)
    while at + 12 <= len(content):
        (length,), kind = struct.unpack_from(">L", content, at), content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            break
        yield kind, content[at:end]
        if kind == b"IEND":
            if end != len(content):
                raise Unfit(FOLLOWED)
            return
        at = end
    raise Unfit(CUT)


def clean_png(content: bytes) -> bytes:
    return PNG + b"".join(chunk for kind, chunk in chunks_of_png(content) if kind not in TOLD_IN_PNG)


def segments_of_jpeg(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment; with the start of a scan comes all that is drawn. Ends with the picture. Raises Unfit."""
    at = 2
    while at + 2 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
            continue
        end = at + 2
        if marker not in ALONE and marker != EOI:
            if end + 2 > len(content):
                break
            end += struct.unpack_from(">H", content, end)[0]
        if marker == SOS:
            end = _end_of_scan(content, end)
        if end > len(content):
            break
        yield marker, content[at:end]
        if marker == EOI:
            return
        at = end
    raise Unfit(CUT)


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is not part of what is drawn."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] and content[at + 1] not in ALONE and content[at + 1] != 0xFF:
            return at
        at += 1
    raise Unfit(CUT)


def clean_jpeg(content: bytes) -> bytes:
    """Which way up it is to be shown is kept, of all that a camera writes down. What follows the picture is cut off."""
    found = list(segments_of_jpeg(content))
    turned = next((way for marker, segment in found if marker == APP1 and (way := _orientation(segment)) > 1), 0)
    kept = [segment for marker, segment in found if not _tells(marker, segment)]
    if turned:
        kept.insert(1 if found[0][0] == APP0 else 0, _exif(turned))
    return content[:2] + b"".join(kept)


def _tells(marker: int, segment: bytes) -> bool:
    if marker in (APP0, APP14):  # how it is to be decoded
        return False
    if marker == APP2:
        return not segment[4:].startswith(b"ICC_PROFILE\0")
    return marker == COM or APP1 <= marker <= APP15


def _exif(orientation: int) -> bytes:
    """The smallest segment that says which way up."""
    tiff = b"MM\0*" + struct.pack(">LHHHLHHL", 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _orientation(segment: bytes) -> int:
    """1 to 8, or 0 if it does not say."""
    tiff = segment[10:]
    order = {b"MM": ">", b"II": "<"}.get(tiff[:2], "")
    if not segment[4:].startswith(b"Exif\0\0") or not order:
        return 0
    try:
        (at,) = struct.unpack_from(f"{order}L", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for n in range(min(count, 100)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHLH", tiff, at + 2 + 12 * n)
            if (tag, kind) == (ORIENTATION, 3):
                return value if 1 <= value <= 8 else 0
    except struct.error:
        pass
    return 0
