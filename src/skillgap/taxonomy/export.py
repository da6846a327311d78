"""The taxonomy in forms that other programs read: SKOS (Turtle, JSON-LD), CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from .listing import course_object, role_object, skill_object
from .model import Skill, Taxonomy
from .relations import ancestors

BASE = "urn:skillgap:"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
CSV_COLUMNS = (
    *("id", "label", "group", "kind", "status", "replaced_by"),
    *("aliases", "broader", "related", "implies", "definition"),
)
_EXTERNAL = {
    "wikidata": "http://www.wikidata.org/entity/",
    "esco": "http://data.europa.eu/esco/skill/",
    "onet": "urn:onet:",
}


def to_turtle(t: Taxonomy) -> str:
    """SKOS in Turtle."""
    lines = [
        f"@prefix sg: <{BASE}> .",
        f"@prefix skos: <{SKOS}> .",
        f"@prefix dct: <{DCT}> .",
        f"@prefix owl: <{OWL}> .",
        "",
        f'<{BASE}scheme> a skos:ConceptScheme ; dct:title "skillgap skills"@en ; '
        f"owl:versionInfo {_literal(t.version)} .",
        "",
    ]
    for ident, label in t.groups.items():
        lines.append(
            f"<{BASE}group:{ident}> a skos:Collection ; skos:prefLabel {_literal(label)}@en ;"
        )
        members = [f"<{_uri(s.id)}>" for s in t.skills.values() if s.group == ident]
        lines.append(f"    skos:member {', '.join(members)} ." if members else "    .")
    for skill in t.skills.values():
        facts = ["a skos:Concept", f"skos:inScheme <{BASE}scheme>"]
        facts += [f"{p} {_literal(v)}@en" for p, v in _texts(skill)]
        facts += [f"{p} <{v}>" for p, v in _links(skill, t)]
        if not skill.broader:
            facts.append(f"skos:topConceptOf <{BASE}scheme>")
        if skill.status == "deprecated":
            facts.append("owl:deprecated true")
        lines.append(f"<{_uri(skill.id)}> " + " ;\n    ".join(facts) + " .")
    return "\n".join(lines) + "\n"


def to_json_ld(t: Taxonomy) -> str:
    """SKOS in JSON-LD."""
    graph: list[dict[str, Any]] = [
        {"@id": f"{BASE}scheme", "@type": "skos:ConceptScheme", "owl:versionInfo": t.version}
    ]
    for ident, label in t.groups.items():
        members = [{"@id": _uri(s.id)} for s in t.skills.values() if s.group == ident]
        graph.append(
            {
                "@id": f"{BASE}group:{ident}",
                "@type": "skos:Collection",
                "skos:prefLabel": {"@value": label, "@language": "en"},
                "skos:member": members,
            }
        )
    for skill in t.skills.values():
        node: dict[str, Any] = {
            "@id": _uri(skill.id),
            "@type": "skos:Concept",
            "skos:inScheme": {"@id": f"{BASE}scheme"},
        }
        for name, value in _texts(skill):
            node.setdefault(name, []).append({"@value": value, "@language": "en"})
        for name, value in _links(skill, t):
            node.setdefault(name, []).append({"@id": value})
        if not skill.broader:
            node["skos:topConceptOf"] = {"@id": f"{BASE}scheme"}
        if skill.status == "deprecated":
            node["owl:deprecated"] = True
        graph.append(node)
    context = {"skos": SKOS, "dct": DCT, "owl": OWL}
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1)


def to_csv(t: Taxonomy) -> str:
    """The skills, one a row; lists joined by "; "."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    columns = list(CSV_COLUMNS)
    write.writerow(columns)
    for skill in t.skills.values():
        row = skill_object(skill) | {"implies": [i.skill for i in skill.implies]}
        write.writerow(
            "; ".join(row[c]) if isinstance(row[c], list) else (row[c] or "") for c in columns
        )
    return out.getvalue()


def to_plain_json(t: Taxonomy) -> str:
    """Everything as JSON."""
    return json.dumps(
        {
            "version": t.version,
            "digest": t.digest,
            "groups": t.groups,
            "skills": [skill_object(s) for s in t.skills.values()],
            "roles": [role_object(r, t) for r in t.roles.values()],
            "courses": [course_object(c) for c in t.courses.values()],
            "projects": t.projects,
        },
        ensure_ascii=False,
        indent=1,
    )


def _uri(ident: str) -> str:
    return f"{BASE}skill:{ident}"


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # Turtle's string escapes are a superset of JSON's


def _texts(skill: Skill) -> list[tuple[str, str]]:
    rows = [("skos:prefLabel", skill.label)]
    rows += [("skos:altLabel", a) for a in skill.alt]
    rows += [("skos:hiddenLabel", h) for h in skill.hidden]
    if skill.definition:
        rows.append(("skos:definition", skill.definition))
    return rows


def _links(skill: Skill, t: Taxonomy) -> list[tuple[str, str]]:
    rows = [("skos:broader", _uri(b)) for b in skill.broader]
    above = ancestors(skill.id, t.skills)
    for other in skill.related:
        # SKOS (S27) keeps related and broader, over any number of steps, apart.
        if other in t.skills and other not in above and skill.id not in ancestors(other, t.skills):
            rows.append(("skos:related", _uri(other)))
    rows += [("dct:requires", _uri(i.skill)) for i in skill.implies]
    if skill.replaced_by:
        rows.append(("dct:isReplacedBy", _uri(skill.replaced_by)))
    rows += [("skos:exactMatch", _EXTERNAL[s] + code) for s, code in skill.external]
    return rows
