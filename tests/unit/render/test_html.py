from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from skillgap.render import charts, marks, words
from skillgap.render.html import render_html

from . import sample

VOID = {"meta", "img", "br", "hr", "input", "link", "rect", "path"}


class Tree(HTMLParser):
    """Collects elements and fails where they are not nested properly."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def words(self) -> str:
        return " ".join("".join(self.text).split())


def shown(**more: object) -> str:
    return render_html(
        sample.report(),
        labels=sample.LABELS,
        groups={"rag": "Retrieval & search", "pytorch": "Frameworks"},
        pictures=sample.PICTURES,
        text=sample.TEXT,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def page() -> Tree:
    return Tree(shown())


def test_elements_are_nested_and_closed(page: Tree) -> None:
    assert page.open == []


def test_ids_are_unique_and_links_lead_somewhere(page: Tree) -> None:
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    inner = [a["href"] for a in page.all("a") if (a.get("href") or "").startswith("#")]
    assert inner
    assert {str(h)[1:] for h in inner} <= set(ids)


def test_headings_go_down_one_step_at_a_time(page: Tree) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_says_the_five_facts_and_more(page: Tree) -> None:
    text = page.words()
    for said in (
        sample.HOSTILE,
        "2 pages · 3 skills found",
        "Closest roles",
        "1 of 3, 1 in part",
        "What carries it",
        "What is missing",
        "AWS, Google Cloud, Azure or Oracle Cloud",
        "Name the APIs that you built.",
        "Shortest way to 85 · ~60 h · a price is unknown",
        "weeks 2–3",
        "How the score is made up",
        "By group of skills",
        "Retrieval & search",
        "Asked beyond skills",
        "3 years in dated positions",
        "an article 2026",
        "No experience with Terraform.",
        "14 words can't be seen: <u>",
        "taxonomy 2026.11",
        "“present” means 2026-11",
        "5 y to now",
    ):
        assert said in text, said


def test_no_text_of_a_resume_becomes_markup(page: Tree) -> None:
    assert len(page.all("script")) == 1
    assert page.all("i") == []
    assert page.all("b") == []
    assert page.all("u") == []
    for _, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on")]


def test_only_addresses_of_the_web_are_linked(page: Tree) -> None:
    for attrs in page.all("a"):
        assert (attrs["href"] or "").startswith(("#", "https://"))


def test_nothing_is_loaded_from_elsewhere(page: Tree) -> None:
    for tag in ("link", "iframe", "object", "embed", "form", "base"):
        assert page.all(tag) == []
    assert all((a["src"] or "").startswith("data:") for a in page.all("img"))
    assert "@import" not in shown()
    assert "url(" not in shown()


def test_the_policy_allows_the_pages_own_script_and_no_other() -> None:
    text = shown()
    script = re.search("<script>(.*?)</script>", text, re.S)
    assert script
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    policy = next(a["content"] for a in Tree(text).all("meta") if "http-equiv" in a)
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_contributions_listed_add_up_to_the_score() -> None:
    role = sample.report().roles[0]
    cells = re.findall(r'data-head="Points" class="num">([\d.]+)<', shown(top=1))
    assert sum(float(c) for c in cells[:-1]) == pytest.approx(role.score)
    assert float(cells[-1]) == role.score


def test_tables_have_captions_and_scoped_heads(page: Tree) -> None:
    assert len(page.all("table")) == len(page.all("caption"))
    for attrs in page.all("th"):
        assert attrs["scope"] in ("row", "col")


def test_charts_have_titles() -> None:
    text = shown()
    charts_found = re.findall("<svg.*?</svg>", text, re.S)
    assert charts_found
    assert all('role="img"' in c and "<title>" in c for c in charts_found)


def test_marks_lie_over_their_words_and_lead_to_their_skills(page: Tree) -> None:
    over = [a for a in page.all("a") if "mark" in (a.get("class") or "").split()]
    assert len(over) == 6
    first = next(a for a in over if (a["title"] or "").startswith("Retrieval"))
    assert first["title"] == "Retrieval · Engineer <i>of</i> models: counts for Retrieval"
    # 50..150 of 600 points with a point of air on both sides, 60..72 of 800 with half of one
    assert first["style"] == "left:8.17%;top:7.44%;width:17.00%;height:1.62%"
    dashed = next(a for a in over if "aspired" in (a["class"] or ""))
    assert "being learned or wanted" in (dashed["title"] or "")
    assert [a["alt"] for a in page.all("img")] == [
        "Page 1 of the résumé, as it looks",
        "Page 2 of the résumé, as it looks",
    ]


def test_pages_without_a_picture_are_said_to_be_left_out() -> None:
    text = render_html(sample.report(), pictures=sample.PICTURES[:1], text=sample.TEXT)
    tree = Tree(text)
    assert "1 further page not shown here" in tree.words()
    hrefs = {str(a["href"])[1:] for a in tree.all("a") if (a["href"] or "").startswith("#")}
    assert hrefs <= {a["id"] for _, a in tree.elements if "id" in a}


def test_formats_without_pages_show_the_marked_text() -> None:
    text = render_html(sample.plain_text_report(), labels=sample.LABELS, text=sample.TEXT)
    tree = Tree(text)
    assert tree.all("img") == []
    assert len(tree.all("mark")) == 6
    whole = re.search('<div class="words">(.*?)</div>', text, re.S)
    assert whole
    assert "".join(Tree(f"<div>{whole[1]}</div>").text) == sample.TEXT


def test_nested_mentions_keep_the_text_and_all_their_anchors() -> None:
    report = sample.plain_text_report()
    rag = report.skills[0].mentions[0]
    inner = rag.model_copy(update=dict(start=rag.start, end=rag.start + 1))
    outer = rag.model_copy(update=dict(start=rag.start, end=rag.end + 7))
    skills = [
        report.skills[i].model_copy(update=dict(mentions=[m]))
        for i, m in enumerate((rag, inner, outer))
    ]
    nested = report.model_copy(update=dict(skills=skills))
    found = marks.places(nested, {s.id: n for n, s in enumerate(skills, 1)})
    pieces = marks.in_text(found, sample.TEXT)
    assert "".join(p.text for p in pieces) == sample.TEXT
    named = [i for p in pieces for i in (p.ident, *p.more) if i]
    assert sorted(named) == sorted(marks.anchor(m) for m in (rag, inner, outer))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert shown() == shown()


def test_no_name_stays_where_the_report_is_redacted() -> None:
    hidden = sample.report(
        contact=None, document=sample.report().document.model_dump() | dict(name="resume.pdf")
    )
    text = render_html(hidden, pictures=sample.PICTURES, text="█" * len(sample.TEXT))
    assert "Ada" not in text
    assert "<title>Résumé: " in text


def test_an_empty_report_is_still_a_page() -> None:
    tree = Tree(render_html(sample.report(roles=[], skills=[], contact=None)))
    assert "0 skills found" in tree.words()
    assert tree.open == []


def test_what_is_met_in_part_is_striped_and_bars_never_overflow() -> None:
    role = sample.report().roles[0]
    bar = str(charts.make_up(role))
    assert bar.count('class="stripe"') == 1
    ends = [float(x) + float(w) for x, w in re.findall(r'x="([\d.]+)" y="0" width="([\d.]+)"', bar)]
    assert max(ends) == pytest.approx(role.score)
    assert words.coverage_text(role.coverage.essential) in str(
        charts.coverage(role.coverage.essential, "essential")
    )
