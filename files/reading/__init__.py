"""The text of a file, in passages that can be compared. Done in a process of its own (files/apart.py); it knows no database.

Documents and workbooks of Office are read by our own reader of XML, which looked through each of them when it was kept: python-docx leaves
words out that were put in as tracked changes, and openpyxl tells a formula or its value, not both.
"""

from collections.abc import Callable

from files.kinds import Kind
from files.reading import texts, word, workbooks
from files.reading.passages import Passage, Read, Table, Unreadable
from files.unfit import Unfit
from records.typed import shown


def _of_pdf(content: bytes) -> Read:
    from files.reading import pdfs  # its library is loaded where it is needed only: that takes a while

    return pdfs.read(content)


READERS: dict[Kind, Callable[[bytes], Read]] = {
    Kind.DOCX: word.read, Kind.XLSX: workbooks.read, Kind.PDF: _of_pdf, Kind.CSV: texts.csv_table, Kind.JSON: texts.json_values,
    Kind.YAML: texts.lines, Kind.MD: texts.paragraphs, Kind.TXT: texts.paragraphs,
}  # fmt: skip


def _as_it_stands(read: Read) -> Read:
    """Nothing in a file turns the page on which it is shown; where it would, the mark is written out."""
    tables = [Table(shown(each.name), [*map(shown, each.columns)], [(n, _shown_values(row)) for n, row in each.rows]) for each in read.tables]
    passages = [Passage(shown(each.text), shown(each.where)) for each in read.passages]
    marked = [[(kind, shown(words)) for kind, words in spans] for spans in read.marked]
    return Read(read.unit, passages, tables, _shown_values(read.values), marked)


def _shown_values(told: dict[str, str]) -> dict[str, str]:
    return {shown(name): shown(value) for name, value in told.items()}


def read(kind: str, content: bytes) -> Read:
    """Raises Unreadable."""
    reader = READERS.get(Kind(kind))
    if reader is None:
        raise Unreadable(f"The portal reads no text from a file of this kind ({Kind(kind).label}).")
    try:
        return _as_it_stands(reader(content))
    except Unfit as error:
        raise Unreadable(str(error)) from error
    except RecursionError as error:
        raise Unreadable("It is nested too deep.") from error
