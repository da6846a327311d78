"""A résumé as data: valid against the JSON Resume format, faithful, and redacted where asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from skillgap.jsonresume import to_json_resume
from skillgap.nlp.lexicon import load_lexicon
from skillgap.nlp.structure import read_structure
from skillgap.taxonomy.model import Taxonomy
from skillgap.types import Annotations, Document, ProfiledSkill, SkillProfile

from .nlp.made import AS_OF, page

FULL = page(
    "##Kim Ode", "kim.ode@example.com | (312) 555-0123 | Denver, CO",
    "linkedin.com/in/kimode | example.com/kim", "", "##Summary", "I build things that work.", "",
    "##Experience", "", "#Data Engineer\tMar 2020 – Present", "Acme Labs\tAustin, TX",
    "• Built pipelines in", ">Spark and Airflow.", "• Mentored Kim Ode's successor.", "",
    "#Data Analyst\t2018 – 2019", "Beta Retail\tRemote", "• Wrote SQL.", "", "##Projects", "",
    "#Bird Caller\tJan 2024 – Mar 2024", "• Classifies bird song.", "", "##Volunteering", "",
    "#Tool Library", "Treasurer\t2021 – Present", "• Counts.", "", "##Education", "",
    "B.S. in Physics, Example University\t2014 – 2018", "", "##Certifications",
    "• Certified Tea Taster, 2021", "", "##Languages", "English (native), German: B2", "",
    "##Interests", "Chess, tea",
)  # fmt: skip


def made(document: Document, taxonomy: Taxonomy, redact: bool = False) -> dict[str, Any]:
    s = read_structure(document, load_lexicon(), AS_OF)
    notes = Annotations(s.sections, s.entries, s.education, s.contact)
    some = sorted(taxonomy.skills)[:2]
    profile = SkillProfile({k: ProfiledSkill(k, "claimed", 1.0, (0,)) for k in some})
    return to_json_resume(document, notes, profile, taxonomy, redact)


@pytest.fixture(scope="module")
def schema(root: Path) -> dict[str, Any]:
    text = (root / "tests" / "data" / "json-resume.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_it_is_valid(taxonomy: Taxonomy, schema: dict[str, Any]) -> None:
    jsonschema.validate(made(FULL, taxonomy), schema)
    jsonschema.validate(made(FULL, taxonomy, redact=True), schema)
    jsonschema.validate(made(page("##Kim Ode"), taxonomy), schema)


def test_the_schema_refuses_what_the_format_does_not_have(schema: dict[str, Any]) -> None:
    for wrong in ({"work": [{"company": "x"}]}, {"work": [{"startDate": "May 2020"}]}, {"x": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_it_says_what_the_document_says(taxonomy: Taxonomy) -> None:
    resume = made(FULL, taxonomy)
    assert resume["basics"] == {
        "name": "Kim Ode",
        "email": "kim.ode@example.com",
        "phone": "(312) 555-0123",
        "location": {"city": "Denver", "region": "CO"},
        "profiles": [
            {
                "network": "LinkedIn",
                "username": "kimode",
                "url": "https://linkedin.com/in/kimode",
            }
        ],
        "url": "https://example.com/kim",
        "label": "Data Engineer",
        "summary": "I build things that work.",
    }
    assert resume["work"][0] == {
        "name": "Acme Labs",
        "position": "Data Engineer",
        "location": "Austin, TX",
        "startDate": "2020-03",
        "highlights": [
            "Built pipelines in Spark and Airflow.",
            "Mentored Kim Ode's successor.",
        ],
    }
    assert resume["work"][1]["endDate"] == "2019"
    assert resume["projects"][0]["name"] == "Bird Caller"
    assert resume["volunteer"][0]["organization"] == "Tool Library"
    assert resume["education"] == [
        {
            "institution": "Example University",
            "area": "Physics",
            "studyType": "B.S. in Physics",
            "startDate": "2014",
            "endDate": "2018",
        }
    ]
    assert resume["certificates"] == [{"name": "Certified Tea Taster, 2021"}]
    assert resume["languages"] == [
        {"language": "English", "fluency": "native"},
        {"language": "German", "fluency": "B2"},
    ]
    assert [i["name"] for i in resume["interests"]] == ["Chess", "tea"]
    assert sum(len(group["keywords"]) for group in resume["skills"]) == 2


def test_unknown_fields_are_left_out(taxonomy: Taxonomy) -> None:
    document = page("##Kim Ode", "", "##Experience", "", "#Data Engineer", "• Built.", "",
                    "##Skills", "SQL")  # fmt: skip
    (job,) = made(document, taxonomy)["work"]
    assert set(job) == {"position", "highlights"}


def test_redacted_it_names_nobody(taxonomy: Taxonomy) -> None:
    text = json.dumps(made(FULL, taxonomy, redact=True), ensure_ascii=False)
    for piece in ("Kim", "Ode", "kim.ode", "555-0123", "Denver", "kimode"):
        assert piece not in text
    assert "Data Engineer" in text
