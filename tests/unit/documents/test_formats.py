"""All formats but PDF: decided by content, read as they are shown."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from skillgap.documents import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}>
<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>
<w:style w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"""


def docx(body: str, **parts: str) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        z.writestr("word/styles.xml", STYLES)
        for name, xml in parts.items():
            z.writestr(f"word/{name}.xml", f"<w:hdr {W}>{xml}</w:hdr>")
    return box.getvalue()


def p(text: str, run: str = "", para: str = "") -> str:
    return f"<w:p><w:pPr>{para}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def lines(document):
    assert all(document.text[a.start : a.end] for a in document.lines)
    assert document.pages == ()
    assert document.words == ()
    return [document.line_text(line) for line in document.lines]


def codes(document):
    return [n.code for n in document.notices if n.code != "few_words"]


def test_docx_paragraphs_headings_and_lists():
    document = read(
        docx(
            p("Ada Example")
            + p("Experience", para='<w:pStyle w:val="H2"/>')
            + p("Built pipelines", para="<w:numPr/>")
            + "<w:p><w:r><w:t>Lead</w:t><w:tab/><w:t>2019 - 2021</w:t><w:br/><w:t>Paris</w:t></w:r></w:p>"
        )
    )
    assert lines(document) == [
        "Ada Example",
        "Experience",
        "• Built pipelines",
        "Lead\t2019 - 2021",
        "Paris",
    ]
    heading = document.lines[1]
    assert (heading.level, heading.bold, heading.size) == (2, True, 16)
    assert document.reader == "docx"


def test_docx_tables_text_boxes_headers_footers():
    cell = "<w:tc>{}</w:tc>"
    table = (
        "<w:tbl><w:tr>" + cell.format(p("Cloud")) + cell.format(p("AWS")) + "</w:tr></w:tbl>"
        "<w:tbl><w:tr>"
        + cell.format(p("Skills") + p("Python"))
        + cell.format(p("Experience") + p("Analyst"))
        + "</w:tr></w:tbl>"
    )
    box = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>"
        + p("In a box")
        + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        + p("In a box")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document = read(
        docx(table + box, header1=p("Ada Example"), header2=p("Ada Example"), footer1=p("Page 1"))
    )
    assert lines(document) == [
        "Ada Example", "Cloud\tAWS", "Skills", "Python", "Experience", "Analyst", "In a box", "Page 1",
    ]  # fmt: skip
    assert [line.furniture for line in document.lines] == [False] * 7 + [True]


@pytest.mark.parametrize(
    "hide",
    [
        p("Kubernetes wizard", "<w:vanish/>"),
        p("Kubernetes wizard", '<w:color w:val="FFFFFF"/>'),
        p("Kubernetes wizard", '<w:sz w:val="2"/>'),
        p("Kubernetes wizard", para='<w:pStyle w:val="Ghost"/>'),
    ],
)
def test_docx_hidden_text(hide):
    document = read(docx(p("Built data pipelines") + hide))
    assert lines(document) == ["Built data pipelines"]
    assert codes(document) == ["hidden_text"]


@pytest.mark.parametrize(
    "show",
    [
        p("Kubernetes", '<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>'),
        p("Kubernetes", '<w:color w:val="FFFFFF"/>', '<w:shd w:fill="1F3864"/>'),
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="222222"/></w:tcPr>'
        + p("Kubernetes", '<w:color w:val="FFFFFF"/>')
        + "</w:tc></w:tr></w:tbl>",
        p("Kubernetes", '<w:vanish w:val="0"/>'),
        p("Kubernetes", '<w:color w:val="auto"/><w:sz w:val="12"/>'),
    ],
)
def test_docx_look_alikes_stay(show):
    document = read(docx(show))
    assert lines(document) == ["Kubernetes"]
    assert codes(document) == []


def test_docx_deleted_text_is_gone_and_inserted_text_there():
    body = (
        "<w:p><w:del><w:r><w:delText>COBOL</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Python</w:t></w:r></w:ins>"
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r></w:p>"
    )
    assert lines(read(docx(body))) == ["Python"]


def odt(body: str, styles: str = "") -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    )
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        z.writestr(
            "content.xml",
            f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return box.getvalue()


def test_odt():
    white = '<style:style style:name="T1"><style:text-properties fo:color="#ffffff"/></style:style>'
    strong = (
        '<style:style style:name="T2"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    body = (
        '<text:h text:outline-level="2">Skills</text:h>'
        "<text:list><text:list-item><text:p>Python</text:p></text:list-item></text:list>"
        '<text:p>Lead<text:tab/>2019<text:s text:c="2"/>-<text:line-break/>Paris</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>Cloud</text:p></table:table-cell>"
        "<table:table-cell><text:p>AWS</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>"
        '<text:p>Seen <text:span text:style-name="T1">Kubernetes wizard</text:span>text</text:p>'
        '<text:p><text:span text:style-name="T2">Strong</text:span></text:p>'
    )
    document = read(odt(body, white + strong))
    assert lines(document) == [
        "Skills", "• Python", "Lead\t2019 -", "Paris", "Cloud\tAWS", "In a box", "Seen text", "Strong",
    ]  # fmt: skip
    assert document.lines[0].level == 2
    assert document.lines[-1].bold
    assert codes(document) == ["hidden_text"]


HTML = """<!doctype html><html><head><title>T</title><style>
.gone { display: none } #away { position:absolute; left:-9999px } .pale{color:#fff}
.dark { background-color: #222 } p { margin: 0 }
</style><script>var x = "Rust";</script></head><body>
<h1>Ada Example</h1><p>Data &amp; <b>AI</b><br>Paris</p>
<ul><li>Python</li><li>SQL</li></ul>
<table><tr><td>Cloud</td><td>AWS</td></tr></table>
<div class="dark"><span class="pale">Visible on dark</span></div>
{}</body></html>"""


def test_html():
    document = read(HTML.replace("{}", "").encode())
    assert lines(document) == [
        "Ada Example", "Data & AI", "Paris", "• Python", "• SQL", "Cloud\tAWS", "Visible on dark",
    ]  # fmt: skip
    assert document.lines[0].level == 1
    assert codes(document) == []


@pytest.mark.parametrize(
    "hide",
    [
        '<p class="gone">Kubernetes wizard</p>',
        '<p id="away">Kubernetes wizard</p>',
        '<p class="pale">Kubernetes wizard</p>',
        "<p hidden>Kubernetes wizard</p>",
        '<p style="font-size: 0">Kubernetes wizard</p>',
        '<p style="visibility: hidden">Kubernetes wizard</p>',
        '<p style="height:0;overflow:hidden">Kubernetes wizard</p>',
    ],
)
def test_html_hidden_text(hide):
    document = read(HTML.replace("{}", hide).encode())
    assert "wizard" not in document.text
    assert codes(document) == ["hidden_text"]


def test_markdown():
    text = (
        "# Ada Example\n\nTitle\n-----\n\n- **Python**, `pandas` and [dbt](https://example.com/dbt)\n"
        "1. First\n\n| Tool | Years |\n|------|-------|\n| Git | 5 |\n\n**Experience**\n<!-- secret -->\n"
        "snake_case_name and C\\# and 2 * 3 * 4\n"
    )
    document = read(text.encode())
    assert document.media_type == "text/markdown"
    assert lines(document) == [
        "Ada Example", "Title", "• Python, pandas and dbt", "First", "Tool\tYears", "Git\t5", "Experience",
        "snake_case_name and C# and 2 * 3 * 4",
    ]  # fmt: skip
    assert [line.level for line in document.lines[:3]] == [1, 2, 0]
    assert document.lines[6].bold


TEXT = "Zoë Example – Développeuse\n\nPython,   SQL\nExpérience: naïve café\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_plain_text_in_usual_encodings(encoding):
    document = read(TEXT.encode(encoding))
    assert lines(document) == [
        "Zoë Example – Développeuse",
        "Python,\tSQL",
        "Expérience: naïve café",
    ]
    assert document.media_type == "text/plain"


def test_plain_text_gaps_rules_and_odd_characters():
    document = read(
        "SKILLS\r\n======\r\n\u25cf Py\u00adthon\u00a0and\u2011SQL\r\n\ue001 \U0001f4e7 mail".encode()
    )
    assert document.text == "SKILLS\n\n• Python and-SQL\nmail"


RESUME = {
    "basics": {
        "name": "Ada Example",
        "label": "Engineer",
        "email": "ada@example.com",
        "summary": "Builds.",
    },
    "work": [
        {
            "position": "Data Engineer",
            "name": "Example Ltd",
            "startDate": "2019-03",
            "highlights": ["Built pipelines with Airflow"],
        }
    ],
    "education": [
        {
            "studyType": "BSc",
            "area": "Physics",
            "institution": "Example University",
            "endDate": "2018",
        }
    ],
    "skills": [{"name": "Data", "level": "Expert", "keywords": ["Python", "SQL"]}],
    "languages": [{"language": "French", "fluency": "Native"}],
}


def test_json_resume():
    document = read(json.dumps(RESUME).encode())
    assert document.data == RESUME
    assert lines(document) == [
        "Ada Example", "Engineer", "ada@example.com", "Summary", "Builds.", "Experience",
        "Data Engineer | Example Ltd\tMar 2019 – Present", "• Built pipelines with Airflow", "Education",
        "BSc in Physics, Example University\t2018", "Skills", "Data (Expert): Python, SQL", "Languages",
        "French (Native)",
    ]  # fmt: skip
    assert [document.line_text(line) for line in document.lines if line.level] == [
        "Summary", "Experience", "Education", "Skills", "Languages",
    ]  # fmt: skip


def test_json_resume_of_odd_types_is_read_as_far_as_it_goes():
    odd = {
        "basics": None,
        "work": {"a": 1},
        "skills": ["Python", {"name": ["x"]}, 3],
        "projects": "no",
    }
    assert lines(read(json.dumps(odd).encode())) == ["Skills", "Python", "3"]


def test_name_does_not_decide_the_format():
    assert read(b"Python and SQL", name="resume.pdf").media_type == "text/plain"
    assert read(io.BytesIO(HTML.encode()), name="resume.docx").media_type == "text/html"


def test_path_gives_the_name(tmp_path):
    path = tmp_path / "ada.txt"
    path.write_text("Python and SQL")
    assert read(path).name == "ada.txt"
    assert read(str(path)).name == "ada.txt"
    with path.open("rb") as file:
        assert read(file).name == "ada.txt"
    assert read(path.read_bytes()).name == "-"
