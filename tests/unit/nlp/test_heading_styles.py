"""Headings in every usual style of type, made by chance: found by layout and words together.

The seed is fixed; the floors are below what stands today and guard against loss.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from skillgap.nlp.lexicon import load_lexicon, squeeze
from skillgap.nlp.sections import find_sections

from .made import page, plain

NAMES = {
    "summary": ("Summary", "About Me", "Professional Profile", "Who I Am"),
    "experience": ("Experience", "Where I've Worked", "Employment History", "Relevant Experience"),
    "projects": ("Projects", "Selected Work", "Personal & Open Source Projects"),
    "skills": ("Skills", "Toolbox", "Core Competencies", "Technical Proficiencies & Tools"),
    "education": ("Education", "Academic Background", "Education & Training"),
    "certifications": ("Certifications", "Licenses & Certifications"),
    "publications": ("Publications", "Papers & Talks"),
    "awards": ("Honors & Awards", "Achievements"),
    "volunteering": ("Community Involvement", "Leadership & Activities"),
    "languages": ("Spoken Languages",),
    "interests": ("Hobbies & Interests", "Beyond Work"),
    "references": ("References",),
}
BODIES = {
    "summary": ("I build data platforms and the teams that run them, for nine years now.",),
    "experience": ("#Data Engineer, Acme Labs\t2020 – Present", "• Built pipelines in Spark.",
                   "#Data Analyst, Beta Retail\t2018 – 2019", "• Wrote SQL for the shop."),
    "projects": ("#Bird Caller | PyTorch\tJan 2024", "• Classifies bird song."),
    "skills": ("Languages: Python, SQL", "Tools: Git, Docker"),
    "education": ("#B.S. in Physics, Example University\t2014 – 2018",),
    "certifications": ("• Certified Tea Taster, 2021",),
    "publications": ("K. Ode: On spans. Journal of Offsets, 2020.",),
    "awards": ("• Best Tea, 2019", "• Fellowship of the Leaf"),
    "volunteering": ("#Tool Library", "Treasurer\t2021 – Present", "• Counts."),
    "languages": ("English (native), German (B2)",),
    "interests": ("Chess, tea, long walks",),
    "references": ("Available on request.",),
}  # fmt: skip


def spaced(text: str) -> str:
    return "   ".join(" ".join(word) for word in text.split())


STYLES: dict[str, Callable[[str], str]] = {
    "large and bold": lambda t: "##" + t,
    "large": lambda t: "^" + t,
    "bold": lambda t: "#" + t,
    "bold capitals": lambda t: "#" + t.upper(),
    "capitals": lambda t: t.upper(),
    "like the text": lambda t: t,
    "with a colon": lambda t: t + ":",
    "letter-spaced": lambda t: "^" + spaced(t.upper()),
    "large small letters": lambda t: "^" + t.lower(),
    "bold small letters": lambda t: "#" + t.lower(),
    "with an icon": lambda t: "##\uf0b1 " + t,
    "numbered": lambda t: "#3. " + t,
    "between dashes": lambda t: "#— " + t + " —",
}


# Without type, a number or an icon is the bullet of a list.
CASES = [
    (name, laid_out)
    for name in STYLES
    for laid_out in (True, False)
    if laid_out or name not in ("with an icon", "numbered")
]


@pytest.mark.parametrize("gap", [True, False], ids=["gap", "tight"])
@pytest.mark.parametrize(("name", "laid_out"), CASES)
def test_styles(name: str, laid_out: bool, gap: bool) -> None:
    chance = random.Random(name)
    lexicon = load_lexicon()
    total = found = right = extra = 0
    for _ in range(8):
        kinds = chance.sample([k for k in NAMES if k != "summary"], chance.randint(4, 7))
        kinds = ["summary", *kinds] if chance.random() < 0.6 else kinds
        wanted = {k: chance.choice(NAMES[k]) for k in kinds}
        rows = ["##Kim Ode", "kim@example.com | Denver, CO", ""]
        for kind, title in wanted.items():
            rows += ["", STYLES[name](title)] if gap else [STYLES[name](title)]
            rows += BODIES[kind]
        text = "\n".join(r.lstrip("#^").replace("\t", "     ") for r in rows)
        document = page(*rows) if laid_out else plain(text)
        got = {squeeze(s.title): s.kind for s in find_sections(document, lexicon) if s.title}
        keys = {squeeze(title): kind for kind, title in wanted.items()}
        total += len(keys)
        found += sum(key in got for key in keys)
        right += sum(got.get(key) == kind for key, kind in keys.items())
        extra += sum(key not in keys for key in got)
    assert found >= 0.95 * total
    assert right >= 0.95 * found
    assert extra <= 0.03 * total
