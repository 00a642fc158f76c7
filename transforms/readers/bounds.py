"""How much one input may become when it is unpacked."""

from __future__ import annotations

#: Bytes that one packed input may unpack to: that of a file by default
#: (``max_file_size``).
MAX_UNPACKED_BYTES = 64 * 1024 * 1024

#: Bytes of one part of a document that is parsed to a tree, which takes up to forty
#: times as much memory; the text of a book of 1,000 pages fits in.
MAX_XML_BYTES = 8 * 1024 * 1024
