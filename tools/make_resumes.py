"""Makes any number of résumés of people who do not exist, for benchmarks and tests.

    python tools/make_resumes.py FOLDER --count 1000 [--seed 1] [--hostile 0.05]

The same seed gives the same bytes, and file i is the same whatever the count. One and two pages, four
layouts. About 3,000 files a second: the PDFs are written by hand, with the fonts that every reader has.
"""

# ruff: noqa: E501, D102
from __future__ import annotations

import argparse
import random
import textwrap
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FIRST = [
    "Ada",
    "Bo",
    "Carla",
    "Dmitri",
    "Elif",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jamal",
    "Kira",
    "Liam",
    "Mei",
    "Noor",
    "Olga",
    "Pavel",
    "Quinn",
    "Rosa",
    "Sven",
    "Tara",
]
LAST = [
    "Abara",
    "Bianchi",
    "Costa",
    "Dorn",
    "Eriksen",
    "Fonseca",
    "Garcia",
    "Hale",
    "Ito",
    "Jansen",
    "Khan",
    "Lopez",
    "Marek",
    "Novak",
    "Okafor",
    "Petrov",
    "Quist",
    "Reyes",
    "Silva",
    "Tan",
]
CITIES = (
    "Springfield, IL",
    "Portland, OR",
    "Austin, TX",
    "Leeds",
    "Toronto, ON",
    "Denver, CO",
    "Dublin",
)
FIRMS = (
    "Northwind Analytics",
    "Blue Harbor Bank",
    "Cedar Health",
    "Quarry Software",
    "Lumen Retail Group",
    "Osprey Logistics",
    "Tidewater Media",
    "Alder & Finch Consulting",
    "Fictive Labs",
    "Granite Insurance",
)
SCHOOLS = (
    "Example State University",
    "Riverside College",
    "Technical University of Somewhere",
    "Lakeview Institute",
)
DEGREES = (
    "B.Sc. Computer Science",
    "M.Sc. Data Science",
    "B.A. Linguistics",
    "M.Sc. Statistics",
    "B.Eng. Software Engineering",
    "M.B.A.",
    "B.A. Communication",
    "Ph.D. Computational Linguistics",
)
# title, skills of its field, what such people do
FIELDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("MLOps Engineer",
     ("Kubernetes", "Docker", "MLflow", "Terraform", "AWS", "Airflow", "Prometheus", "Python", "Kubeflow", "CI/CD", "Grafana", "Feast"),
     ("Moved {n} models from notebooks to {a} with {b}; releases went from monthly to daily",
      "Built drift alerts on {a} and {b} that caught {n} incidents before users did",
      "Cut the cost of serving by {n} % with autoscaling on {a}")),
    ("Data Scientist",
     ("Python", "SQL", "scikit-learn", "pandas", "PyTorch", "XGBoost", "Tableau", "Spark", "A/B testing", "R", "statistics", "Snowflake"),
     ("Trained a churn model in {a} and {b} that kept {n} customers a month",
      "Designed {n} A/B tests and reported them in {a}",
      "Forecast demand for {n} stores with {a} on data kept in {b}")),
    ("Generative AI Engineer",
     ("LangChain", "RAG", "OpenAI API", "Pinecone", "FastAPI", "Python", "LangGraph", "Hugging Face", "LoRA", "vLLM", "Docker", "prompt engineering"),
     ("Built a retrieval service with {a} and {b} that answers {n} questions a day",
      "Fine-tuned an open model with {a}; its answers were preferred in {n} % of cases",
      "Measured hallucinations with {a} and brought them down by {n} %")),
    ("Product Manager, AI",
     ("product strategy", "roadmapping", "stakeholder management", "A/B testing", "SQL", "prompt engineering", "user research", "Jira", "OKRs", "pricing"),
     ("Launched an assistant used by {n} teams after {a} with customers",
      "Owned the roadmap for {a} and {b}; revenue rose {n} %",
      "Ran {n} discovery interviews and turned them into {a}")),
    ("NLP Specialist",
     ("spaCy", "Hugging Face Transformers", "BERT", "named entity recognition", "Python", "text classification", "annotation", "PyTorch", "NLTK", "evaluation"),
     ("Annotated {n} documents and trained a tagger with {a}",
      "Replaced rules by {a} and {b}; F1 rose by {n} points",
      "Served a classifier built with {a} to {n} editors")),
    ("Content Strategist",
     ("copywriting", "SEO", "Midjourney", "ChatGPT", "Adobe Firefly", "storytelling", "content strategy", "Figma", "Google Analytics", "brand voice"),
     ("Wrote {n} pieces a month with {a} and kept the brand's voice",
      "Set up a workflow of {a} and {b} that halved the time to publish",
      "Raised organic traffic by {n} % through {a}")),
    ("Registered Nurse",
     ("patient care", "triage", "documentation", "teamwork", "scheduling", "Microsoft Excel", "training of new staff", "communication"),
     ("Cared for {n} patients a shift on a surgical ward",
      "Trained {n} new colleagues in {a}",
      "Introduced a checklist for {a} that cut delays by {n} %")),
)  # fmt: skip
FILLER = (
    "Worked closely with colleagues from four departments and explained decisions in plain language",
    "Wrote the handbook that new colleagues still start with",
    "Spoke about the project at a regional meetup and answered questions for an hour afterwards",
    "Kept the weekly meeting short and its notes shorter",
    "Took over the on-call rota for two quarters and left it quieter than before",
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass
class Person:
    """What a résumé says."""

    name: str
    title: str
    contact: list[str]
    summary: str
    skills: list[str]
    jobs: list[tuple[str, str, str, list[str]]]  # title, employer, dates, points
    education: list[tuple[str, str, str]]
    extra: list[str] = field(default_factory=list)


def person(number: int, seed: int = 1) -> Person:
    """The person of a number."""
    rng = random.Random(seed * 1_000_003 + number)
    title, skills, deeds = rng.choice(FIELDS)
    first, last = rng.choice(FIRST), rng.choice(LAST)
    name = f"{first} {rng.choice('ABCDEFGHJKLMNPRSTW')}. {last}"
    long = rng.random() < 0.45
    mixed = list(skills)
    if rng.random() < 0.5:
        mixed += rng.sample(rng.choice(FIELDS)[1], 4)
    jobs = []
    year = 2026
    for index in range(rng.randint(4, 6) if long else rng.randint(3, 4)):
        length = rng.randint(1, 4)
        start = f"{rng.choice(MONTHS)} {year - length}"
        end = "Present" if index == 0 and rng.random() < 0.8 else f"{rng.choice(MONTHS)} {year}"
        year -= length
        points = []
        for _ in range(rng.randint(5, 7) if long else rng.randint(3, 5)):
            a, b = rng.sample(mixed, 2)
            deed = rng.choice(deeds).format(a=a, b=b, n=rng.randint(3, 98))
            more = rng.choice(FILLER)
            kind = rng.random()
            points.append(more if kind < 0.2 else f"{deed}. {more}" if kind < 0.55 else deed)
        role = title if index < 2 else f"Junior {title}"
        jobs.append((role, rng.choice(FIRMS), f"{start} - {end}", points))
    return Person(
        name=name,
        title=title,
        contact=[
            f"{first}.{last}{number}@example.com".lower(),
            f"({rng.randint(201, 989)}) 555-01{rng.randint(0, 99):02d}",
            rng.choice(CITIES),
        ],
        summary=f"{title} with {rng.randint(3, 15)} years of experience in {mixed[0]}, {mixed[1]} and {mixed[2]}. "
        f"Looking for a team that ships. Known for careful work on {mixed[3]} and for saying no early.",
        skills=rng.sample(mixed, min(len(mixed), rng.randint(7, 12))),
        jobs=jobs,
        education=[(rng.choice(DEGREES), rng.choice(SCHOOLS), str(year - k * 2)) for k in range(1 + long)],
        extra=["Volunteer, Community Library", "Languages: English, Spanish"] if rng.random() < 0.4 else [],
    )  # fmt: skip


# ── layout ───────────────────────────────────────────────────────────────────────────────────────

WIDTH, HEIGHT, MARGIN = 612, 792, 54


class Pages:
    """Text on pages, top to bottom, in one or two columns."""

    def __init__(self, fonts: tuple[str, str], size: float) -> None:
        self.fonts, self.size = fonts, size
        self.pages: list[list[str]] = [[]]
        self.x, self.width, self.y = MARGIN, WIDTH - 2 * MARGIN, HEIGHT - MARGIN
        self.paged = True  # whether it goes on over the page

    def put(self, x: float, text: str, size: float, bold: bool = False) -> None:
        safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if bold else "F1"
        self.pages[-1].append(f"BT /{font} {size:g} Tf {x:.1f} {self.y:.1f} Td ({safe}) Tj ET")

    def down(self, by: float) -> None:
        self.y -= by
        if self.y < MARGIN and self.paged:
            self.pages.append([])
            self.y = HEIGHT - MARGIN

    def text(
        self, text: str, *, bold: bool = False, size: float = 0, indent: float = 0, mark: str = ""
    ) -> None:
        size = size or self.size
        wide = max(12, int((self.width - indent) / (size * 0.5)))
        for i, line in enumerate(textwrap.wrap(text, wide)):
            if mark and i == 0:
                self.put(self.x + indent - 10, mark, size)
            self.put(self.x + indent, line, size, bold)
            self.down(size * 1.3)

    def head(self, text: str, rule: bool) -> None:
        self.down(7)
        self.text(text, bold=True, size=self.size + 2)
        if rule:
            y = self.y + self.size
            self.pages[-1].append(f"0.5 w {self.x} {y:.1f} m {self.x + self.width:.1f} {y:.1f} l S")
            self.down(3)

    def right(self, left: str, right: str, bold: bool = True) -> None:
        """A line with something at its right edge."""
        x = self.x + self.width - len(right) * self.size * 0.52
        self.put(self.x, left, self.size, bold)
        self.put(x, right, self.size)
        self.down(self.size * 1.3)


def resume(number: int, seed: int = 1) -> bytes:
    """The PDF of a number."""
    who = person(number, seed)
    rng = random.Random(seed * 7_919 + number)
    fonts = rng.choice((("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold")))
    pages = Pages(fonts, rng.choice((9.5, 10.0, 10.5)))
    layout = rng.choice(("plain", "plain", "ruled", "sidebar", "skills first"))
    caps = rng.random() < 0.5
    if layout == "sidebar":
        _sidebar(pages, who)
    pages.text(who.name, bold=True, size=20)
    pages.text(who.title, size=12)
    if layout != "sidebar":
        pages.text("  |  ".join(who.contact))
    order = ["summary", "experience", "education", "skills", "extra"]
    if layout == "skills first":
        order = ["summary", "skills", "experience", "education", "extra"]
    for part in order:
        if layout == "sidebar" and part in ("skills", "education"):
            continue
        _part(pages, who, part, layout == "ruled", caps)
    return write(pages)


def _sidebar(pages: Pages, who: Person) -> None:
    """Contact, skills and education in a narrow column; the rest goes beside it."""
    pages.width, pages.paged = 140, False
    for head, lines in (
        ("Contact", who.contact),
        ("Skills", who.skills),
        ("Education", [f"{d}, {s}, {y}" for d, s, y in who.education]),
    ):
        pages.head(head, False)
        for line in lines:
            pages.text(line, size=9)
    pages.x, pages.width, pages.y, pages.paged = 220, WIDTH - MARGIN - 220, HEIGHT - MARGIN, True


def _part(pages: Pages, who: Person, part: str, rule: bool, caps: bool) -> None:
    titles = {
        "summary": "Summary", "experience": "Work Experience", "education": "Education",
        "skills": "Technical Skills", "extra": "Additional",
    }  # fmt: skip
    if part == "extra" and not who.extra:
        return
    title = titles[part]
    pages.head(title.upper() if caps else title, rule)
    if part == "summary":
        pages.text(who.summary)
    elif part == "skills":
        pages.text(", ".join(who.skills))
    elif part == "extra":
        for line in who.extra:
            pages.text(line)
    elif part == "education":
        for degree, school, year in who.education:
            pages.right(f"{degree}, {school}", year, bold=False)
    else:
        for title, firm, dates, points in who.jobs:
            pages.right(title, dates)
            pages.text(firm)
            for point in points:
                pages.text(point, indent=14, mark="•")
            pages.down(4)


def write(pages: Pages) -> bytes:
    """The bytes of a PDF."""
    streams = [zlib.compress("\n".join(p).encode("cp1252")) for p in pages.pages]
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(streams)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{f} /Encoding /WinAnsiEncoding >>".encode()
            for f in pages.fonts
        ),
    ]
    for i, data in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {6 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        objects.append(stream(data, "/Filter /FlateDecode"))
    return assemble(objects)


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Objects (numbered from 1, the catalog first) as a file."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────────


KINDS = (
    "truncated.pdf",
    "encrypted.pdf",
    "bomb.pdf",
    "empty.pdf",
    "noise.pdf",
    "program.docx",
    "huge.pdf",
    "nested.pdf",
    "blank.pdf",
)


def hostile(number: int) -> tuple[str, bytes]:
    """(name, bytes) of a file that no ranking can use; the kinds take turns."""
    name = KINDS[number % len(KINDS)]
    return f"hostile-{number:05d}-{name}", _hostile(name, number)


def _hostile(name: str, number: int) -> bytes:
    rng = random.Random(number)
    good = resume(number)
    match name:
        case "truncated.pdf":
            return good[:200]
        case "encrypted.pdf":
            return encrypted(good)
        case "bomb.pdf":
            return endless()
        case "empty.pdf":
            return b""
        case "noise.pdf":
            return b"%PDF-1.7\n" + rng.randbytes(4000)
        case "program.docx":
            return b"\x7fELF" + rng.randbytes(2000)
        case "huge.pdf":
            return good + b"\n" * (26 * 2**20)
        case "nested.pdf":
            return b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000
        case _:
            return write(Pages(("Helvetica", "Helvetica-Bold"), 10))


def encrypted(pdf: bytes) -> bytes:
    """A PDF with an encryption dictionary to which no password fits."""
    entry = f"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
    ident = f"/ID [<{'12' * 16}> <{'12' * 16}>] /Encrypt {entry}"
    return pdf.replace(b"/Root 1 0 R", f"/Root 1 0 R {ident}".encode())


def endless(levels: int = 12, times: int = 12) -> bytes:
    """A page whose forms draw forms: twelve levels of twelve, which no reader ever finishes."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /XObject << /X 6 0 R >> /Font << /F1 5 0 R >> >> >>",
        stream(b"/X Do"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for level in range(levels):
        last = level == levels - 1
        body = b"BT /F1 9 Tf 72 700 Td (Python) Tj ET" if last else b"/X Do " * times
        inner = "/Font << /F1 5 0 R >>" if last else f"/XObject << /X {7 + level} 0 R >>"
        form = f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << {inner} >>"
        objects.append(stream(body, form))
    return assemble(objects)


def make(folder: Path, count: int, *, seed: int = 1, hostile_share: float = 0.0) -> Iterator[Path]:
    """Write so many files, spread evenly among them the hostile ones; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    bad = 0
    for number in range(count):
        if int((number + 1) * hostile_share) > bad:
            name, data = hostile(bad)
            bad += 1
        else:
            name, data = f"resume-{number:07d}.pdf", resume(number, seed)
        path = folder / name
        path.write_bytes(data)
        yield path


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hostile", type=float, default=0.0, help="share of files that are bad")
    given = parser.parse_args()
    made = list(make(given.folder, given.count, seed=given.seed, hostile_share=given.hostile))
    size = sum(p.stat().st_size for p in made)
    print(f"{len(made)} files, {size / 1e6:.1f} MB in {given.folder}")


if __name__ == "__main__":
    main()
