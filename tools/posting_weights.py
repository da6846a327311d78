"""How often job postings name what a role asks for, and the weight that follows.

    python tools/posting_weights.py postings.jsonl --role generative-ai-engineer
    python tools/posting_weights.py folder/ --by-title --half all --format json

A posting is a line of a .jsonl file (`id`, `title`, `description`, perhaps `role`, `tags`, `source`,
`date`), or one .txt, .md or .json file below a folder. Its role is its `role` field; with `--by-title`
also that of the longest job title of the taxonomy inside its own title. To keep a half for testing,
`--half even` (the default) reads only postings whose sha256(id) starts with an even hexadecimal digit;
the others are dropped unread. docs/taxonomy-weights.md explains the formula and its use.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Form, Role, Taxonomy

LEAST_POSTINGS = 15  # fewer postings ground no weight
ESSENTIAL_FROM = 0.50  # share of postings from which a requirement is essential …
IMPORTANT_FROM = 0.20  # … and from which it is important
BANDS = {"essential": (3.0, 5.0), "important": (1.5, 3.0), "useful": (0.5, 1.2)}

_TOKEN = re.compile(r"[A-Za-z0-9À-ÿ][A-Za-z0-9À-ÿ+#.']*")
_YEAR = re.compile(r"\b(20\d\d)\b")
_LONGEST = 7  # words of the longest label that is looked for
_NEAR = 25  # words around an ambiguous form in which a cue counts


class Posting(NamedTuple):
    """One job posting."""

    id: str
    title: str
    text: str
    role: str | None
    year: int | None


class Row(NamedTuple):
    """One requirement of a role against the postings of that role."""

    role: str
    requirement: str
    share: float  # of postings that name the skill, or any member of the group
    importance: str  # by share
    weight: float  # by the formula
    importance_now: str
    weight_now: float
    basis_now: str


def in_half(ident: str, half: str) -> bool:
    """Whether a posting belongs to the half asked for (by the first digit of sha256(id))."""
    if half == "all":
        return True
    even = hashlib.sha256(ident.encode()).hexdigest()[0] in "02468ace"
    return even == (half == "even")


def read_postings(paths: Iterable[Path], half: str) -> Iterator[Posting]:
    """The postings of files and folders that belong to `half`, in the order of their paths."""
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".jsonl":
                for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                    if line.strip():
                        data = json.loads(line)
                        if in_half(str(data.get("id", f"{file.name}:{number}")), half):
                            yield _posting(data, f"{file.name}:{number}")
            elif file.suffix in (".json", ".txt", ".md") and in_half(file.stem, half):
                text = file.read_text(encoding="utf-8", errors="replace")
                if file.suffix == ".json":
                    yield _posting(json.loads(text), file.stem)
                else:
                    title, _, body = text.strip().partition("\n")
                    yield Posting(file.stem, title.strip("# "), body, None, None)


def _posting(data: dict[str, Any], ident: str) -> Posting:
    tags = data.get("tags") or []
    text = "\n".join([str(data.get("description") or ""), ", ".join(map(str, tags))])
    when = _YEAR.findall(f"{data.get('source') or ''} {data.get('date') or ''}")
    return Posting(
        str(data.get("id", ident)),
        str(data.get("title") or ""),
        text,
        data.get("role"),
        int(when[-1]) if when else None,
    )


def role_by_title(title: str, roles: Iterable[Role]) -> str | None:
    """The role whose longest job title stands in `title`; None where none does."""
    words = " ".join(_fold(t) for t in _TOKEN.findall(title))
    found = [
        (len(name), role.id)
        for role in roles
        for name in (" ".join(_fold(t) for t in _TOKEN.findall(n)) for n in role.titles)
        if f" {name} " in f" {words} "
    ]
    return max(found)[1] if found else None


def alias_matcher(taxonomy: Taxonomy) -> Callable[[str], set[str]]:
    """A function that finds the skills which a text names, by label alone.

    Case rules and required cues of ambiguous forms are kept; nothing else is understood (no
    paraphrase, no negation), so the shares that follow are lower bounds.
    """
    table: dict[tuple[str, ...], list[tuple[str, Form | None]]] = {}
    for skill in taxonomy.skills.values():
        rules = {form.text.casefold(): form for form in skill.forms}
        for label in dict.fromkeys(
            (skill.label, *skill.alt, *skill.hidden, *(f.text for f in skill.forms))
        ):
            key = tuple(_fold(t) for t in _TOKEN.findall(label))
            if key and len(key) <= _LONGEST:
                table.setdefault(key, []).append((skill.id, rules.get(label.casefold())))

    def find(text: str) -> set[str]:
        written = [t.rstrip(".'") for t in _TOKEN.findall(text)]
        folded = [_fold(t) for t in written]
        found: set[str] = set()
        start = 0
        while start < len(folded):
            step = 1
            for size in range(min(_LONGEST, len(folded) - start), 0, -1):
                key = tuple(folded[start : start + size])
                hits = [
                    ident
                    for ident, form in table.get(key) or table.get(_singular(key)) or ()
                    if form is None or _allowed(form, written, start, size)
                ]
                if hits:
                    found.update(hits)
                    step = size
                    break
            start += step
        return found

    return find


def _fold(token: str) -> str:
    return token.rstrip(".'").casefold()


def _singular(key: tuple[str, ...]) -> tuple[str, ...]:
    last = key[-1]
    return (*key[:-1], last[:-1]) if len(last) > 3 and last.endswith("s") else key


def _allowed(form: Form, words: list[str], start: int, size: int) -> bool:
    """Whether the rule of an ambiguous form lets this place count."""
    if form.case != "any" and words[start : start + size] != _TOKEN.findall(form.text):
        return False
    after = words[start + size].casefold() if start + size < len(words) else ""
    before = words[start - 1].casefold() if start else ""
    if after in form.not_before or before in form.not_after:
        return False
    around = words[max(0, start - _NEAR) : start] + words[start + size : start + size + _NEAR]
    near = f" {' '.join(around).casefold()} "
    if form.context == "required":
        return any(f" {cue.casefold()} " in near for cue in form.cues)
    return form.context == "none" or not any(
        f" {cue.casefold()} " in near for cue in form.anti_cues
    )


def weight_of(share: float) -> tuple[str, float]:
    """Importance and weight that follow from a share of postings (0..1).

    The weight is 0.5 + 5 · share, kept inside the band of its importance.
    """
    importance = (
        "essential"
        if share >= ESSENTIAL_FROM
        else "important"
        if share >= IMPORTANT_FROM
        else "useful"
    )
    low, high = BANDS[importance]
    return importance, round(min(high, max(low, 0.5 + 5 * share)), 1)


def rows(role: Role, found: list[set[str]]) -> list[Row]:
    """Each requirement of a role against the skills found in its postings."""
    result = []
    for r in role.requirements:
        share = sum(not skills.isdisjoint(r.any_of) for skills in found) / len(found)
        importance, weight = weight_of(share)
        result.append(
            Row(role.id, r.id, round(share, 3), importance, weight, r.importance, r.weight, r.basis)
        )
    return sorted(result, key=lambda row: (-row.share, row.requirement))


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 where no role has enough postings."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n")[0],
        epilog="The formula stands in docs/taxonomy-weights.md.",
    )
    parser.add_argument("paths", nargs="+", type=Path, help=".jsonl files or folders of postings")
    parser.add_argument("--role", action="append", help="this role only (repeatable)")
    parser.add_argument("--taxonomy", type=Path, help="another taxonomy or an overlay")
    parser.add_argument("--by-title", action="store_true", help="find the role by the job title")
    parser.add_argument("--half", choices=("even", "odd", "all"), default="even")
    parser.add_argument("--since", type=int, default=2025, help="leave out older postings (2025)")
    parser.add_argument("--least", type=int, default=LEAST_POSTINGS, help="postings a role needs")
    parser.add_argument("--others", type=int, default=0, help="also the N most named other skills")
    parser.add_argument("--format", choices=("tsv", "json"), default="tsv")
    given = parser.parse_args(arguments)

    taxonomy = load_taxonomy(given.taxonomy)
    find = alias_matcher(taxonomy)
    found: dict[str, list[set[str]]] = {}
    for posting in read_postings(given.paths, given.half):
        role = posting.role
        if role is None and given.by_title:
            role = role_by_title(posting.title, taxonomy.roles.values())
        wanted = role in taxonomy.roles and (not given.role or role in given.role)
        if role and wanted and (posting.year is None or posting.year >= given.since):
            found.setdefault(role, []).append(find(f"{posting.title}\n{posting.text}"))
    enough = {r: f for r, f in sorted(found.items()) if len(f) >= given.least}
    for role, postings in sorted(found.items()):
        note = "" if role in enough else f": fewer than {given.least}, they ground no weight"
        print(f"{role}: {len(postings)} postings{note}", file=sys.stderr)
    table = [row for r, f in enough.items() for row in rows(taxonomy.roles[r], f)]
    if given.format == "json":
        print(json.dumps([row._asdict() for row in table], indent=1))
    else:
        print("\t".join(Row._fields))
        for row in table:
            print("\t".join(map(str, row)))
    for role, postings in enough.items() if given.others else ():
        asked = {m for r in taxonomy.roles[role].requirements for m in r.any_of}
        count = Counter(s for skills in postings for s in sorted(skills - asked))
        print(f"{role}, not asked for: {count.most_common(given.others)}", file=sys.stderr)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
