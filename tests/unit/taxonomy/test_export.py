from __future__ import annotations

import csv
import io
import json

import pytest

from skillgap.taxonomy.export import to_csv, to_json_ld, to_plain_json, to_turtle
from skillgap.taxonomy.model import Taxonomy

rdflib = pytest.importorskip("rdflib", reason="rdflib is in the `test` extra")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")


@pytest.mark.parametrize(("form", "write"), [("turtle", to_turtle), ("json-ld", to_json_ld)])
def test_skos_loads_and_holds_every_skill(taxonomy: Taxonomy, form: str, write: object) -> None:
    graph = rdflib.Graph().parse(data=write(taxonomy), format=form)  # type: ignore[operator]
    concepts = set(graph.subjects(rdflib.RDF.type, SKOS.Concept))
    assert {str(c).rpartition(":")[2] for c in concepts} == set(taxonomy.skills)
    skill = taxonomy.skills["pytorch"]
    node = rdflib.URIRef("urn:skillgap:skill:pytorch")
    assert str(graph.value(node, SKOS.prefLabel)) == skill.label
    broader = {str(b).rpartition(":")[2] for b in graph.objects(node, SKOS.broader)}
    assert broader == set(skill.broader)
    # every concept that is pointed at is there
    for predicate in (SKOS.broader, SKOS.related):
        assert set(graph.objects(None, predicate)) <= concepts


def test_both_forms_of_skos_say_the_same(taxonomy: Taxonomy) -> None:
    turtle = rdflib.Graph().parse(data=to_turtle(taxonomy), format="turtle")
    linked = rdflib.Graph().parse(data=to_json_ld(taxonomy), format="json-ld")
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.broader, SKOS.definition):
        assert set(turtle.subject_objects(predicate)) == set(linked.subject_objects(predicate))


def test_csv_and_json_hold_every_skill(taxonomy: Taxonomy) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(taxonomy))))
    assert [r["id"] for r in rows] == list(taxonomy.skills)
    everything = json.loads(to_plain_json(taxonomy))
    assert [s["id"] for s in everything["skills"]] == list(taxonomy.skills)
    assert len(everything["courses"]) == len(taxonomy.courses)
