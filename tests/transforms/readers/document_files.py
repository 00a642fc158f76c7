"""Small documents made here: Word files, and PDF files written by hand."""

import io
import zipfile
import zlib

DOCUMENT = "word/document.xml"


def docx_of(*paragraphs, build=None, **properties):
    """A Word file; ``build`` may add to the document before it is saved."""
    import docx

    document = docx.Document()
    document.core_properties.author = ""
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    if build:
        build(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_part(content, xml, name=DOCUMENT):
    """The same Word file with another text for one of its parts."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, xml if part == name else old.read(part))
    return file.getvalue()


def stream(data, extra=b""):
    """A compressed stream of a PDF."""
    packed = zlib.compress(data, 9)
    head = b"<</Length %d/Filter/FlateDecode%s>>stream\n" % (len(packed), extra)
    return head + packed + b"\nendstream"


def pdf_of_objects(*objects):
    """A PDF of numbered objects, the first the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF" % at)


def pdf_of_pages(contents, pages=None, resources=b"", extra=()):
    """A PDF whose pages draw ``contents``, or all of ``pages`` pages the first one.

    Fonts: F1 writes two-byte Unicode, and nothing else is needed for its text.
    Objects: 1 catalogue, 2 pages, 3 font, 4 its table, ``extra`` from 5 on.
    """
    table = (
        b"/CIDInit /ProcSet findresource begin begincmap\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end"
    )
    streams = [stream(content) for content in contents]
    first = 5 + len(extra)
    count = pages or len(streams)
    numbers = [first + len(streams) + number for number in range(count)]
    used = [first if pages else first + number for number in range(count)]
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
        b"/Resources<</Font<</F1 3 0 R>>" + resources + b">>>>"
    )
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    return pdf_of_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 4 0 R"
        b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 500"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>",
        stream(table),
        *extra,
        *streams,
        *[page % number for number in used],
    )


def printed(lines, size=12, x=72, top=760, leading=15):
    """Content that prints lines; a line may be (text, x, y, size)."""
    out = []
    for number, line in enumerate(lines):
        text, *place = (line, x, top - number * leading, size)
        if isinstance(line, tuple):
            text, *place = line
        code = text.encode("utf-16-be").hex().encode()
        left, bottom, points = place
        out.append(
            b"BT /F1 %.2f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj ET"
            % (points, left, bottom, code)
        )
    return b"\n".join(out)


def pdf_of(*pages):
    """A PDF of pages of lines, each line a text or (text, x, y, size)."""
    return pdf_of_pages([printed(page) for page in pages])
