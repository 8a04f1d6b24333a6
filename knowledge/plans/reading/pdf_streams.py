"""What a PDF's compressed streams unpack to, before a library unpacks them whole."""

import re
import zlib

LARGEST_STREAM = 200_000_000  # bytes; a page scanned in colour at 600 dots per inch has some 100 million
CHUNK = 1_000_000
_START = re.compile(rb"stream\r?\n")


def unpacks_to_too_much(data: bytes, most: int = LARGEST_STREAM) -> bool:
    """Whether one of the file's streams unpacks to more than `most` bytes; no more than a chunk is held at a time."""
    return any(_is_larger(memoryview(data)[found.end() :], most) for found in _START.finditer(data))


def _is_larger(packed: memoryview, most: int) -> bool:
    unpacking, size, place = zlib.decompressobj(), 0, 0
    try:
        while not unpacking.eof:
            rest = unpacking.unconsumed_tail
            if not rest:
                rest = bytes(packed[place : place + CHUNK])
                place += CHUNK
            if not rest:
                break
            size += len(unpacking.decompress(rest, CHUNK))
            if size > most:
                return True
    except zlib.error:  # another filter, or the end of what could be unpacked
        pass
    return False
