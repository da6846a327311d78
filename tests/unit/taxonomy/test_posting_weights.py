"""tools/posting_weights.py: halves, formula, reading, and what labels find."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Form, Requirement, Role, Skill, Taxonomy

SCRIPT = Path(__file__).resolve().parents[3] / "tools" / "posting_weights.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("posting_weights", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


def test_halves_are_a_partition(tool: ModuleType) -> None:
    ids = [f"posting-{i}" for i in range(400)]
    even = {i for i in ids if tool.in_half(i, "even")}
    odd = {i for i in ids if tool.in_half(i, "odd")}
    assert even | odd == set(ids)
    assert not even & odd
    assert 150 < len(even) < 250
    assert all(tool.in_half(i, "all") for i in ids)


def test_weight_grows_with_the_share_and_stays_in_its_band(tool: ModuleType) -> None:
    found = [tool.weight_of(share / 100) for share in range(101)]
    assert [w for _, w in found] == sorted(w for _, w in found)
    for importance, weight in found:
        low, high = tool.BANDS[importance]
        assert low <= weight <= high
    assert tool.weight_of(0.5) == ("essential", 3.0)
    assert tool.weight_of(0.3) == ("important", 2.0)
    assert tool.weight_of(0.0) == ("useful", 0.5)


def test_folder_and_jsonl_are_read_alike(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("MLOps Engineer\nDocker and Kubernetes\n", encoding="utf-8")
    line = {"id": "two", "title": "MLOps Engineer", "description": "Docker", "source": "site 2026"}
    (tmp_path / "more.jsonl").write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    found = {p.id: p for p in tool.read_postings([tmp_path], "all")}
    assert {p.title for p in found.values()} == {"MLOps Engineer"}
    assert found["two"].year == 2026
    assert found["one"].text == "Docker and Kubernetes"


def test_the_other_half_is_not_read(tool: ModuleType, tmp_path: Path) -> None:
    lines = [{"id": f"p{i}", "title": "t", "description": "d"} for i in range(50)]
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    kept = [p.id for p in tool.read_postings([path], "even")]
    assert kept == [i for i in (f"p{n}" for n in range(50)) if tool.in_half(i, "even")]


def test_the_longest_title_names_the_role(tool: ModuleType, taxonomy: Taxonomy) -> None:
    roles = taxonomy.roles.values()
    assert tool.role_by_title("Senior Prompt Engineer (m/f/d)", roles) == "prompt-engineer"
    assert tool.role_by_title("Product Manager, AI", roles) == "ai-product-manager"
    assert tool.role_by_title("NLP Data Scientist", roles) == "nlp-specialist"
    assert tool.role_by_title("Forklift driver", roles) is None


def test_labels_are_found(tool: ModuleType, taxonomy: Taxonomy) -> None:
    found = tool.alias_matcher(taxonomy)(
        "You build LLM apps with Python, PyTorch and CI/CD; LangChain is a plus."
    )
    assert {"large-language-models", "python", "pytorch", "ci-cd", "langchain"} <= found


def test_rules_of_ambiguous_forms_are_kept(tool: ModuleType) -> None:
    exact = Form("Go", case="exact", not_before=("to",))
    cued = Form("Chroma", context="required", cues=("vector",))
    skills = {
        "go": Skill("go", "Go", "g", "language", alt=("Golang",), forms=(exact,)),
        "chroma": Skill("chroma", "Chroma", "g", "tool", forms=(cued,)),
    }
    find = tool.alias_matcher(Taxonomy("1", "", {"g": "G"}, skills, {}, {}))
    assert find("Services in Go, or Golang") == {"go"}
    assert find("People who go the extra mile. Go to our site.") == set()
    assert find("A vector store such as Chroma") == {"chroma"}
    assert find("The chroma of a color") == set()


def test_shares_count_a_group_once(tool: ModuleType) -> None:
    group = Requirement("cloud", "A cloud", ("aws", "gcp"), "important", "can_do", 2.0)
    role = Role("r", "R", "", (group,))
    (row,) = tool.rows(role, [{"aws", "gcp"}, {"gcp"}, set(), set()])
    assert (row.share, row.importance, row.weight) == (0.5, "essential", 3.0)


def test_too_few_postings_ground_nothing(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {"id": "x", "title": "MLOps Engineer", "description": "Docker"}
    path = tmp_path / "few.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    assert tool.main([str(path), "--half", "all", "--by-title"]) == 1
    output = capsys.readouterr()
    assert "ground no weight" in output.err
    assert len(output.out.splitlines()) == 1
