"""One YAML file of the taxonomy: parsed, validated, and its errors tied to their lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from .schema import CoursesFile, ProjectsFile, RoleFile, SkillsFile

SCHEMAS: dict[str, type[BaseModel]] = {
    "skills": SkillsFile,
    "roles": RoleFile,
    "courses": CoursesFile,
    "projects": ProjectsFile,
}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_file(kind: str, path: Path) -> tuple[Any, list[str]]:
    """The validated content of a file (None if invalid), and its problems as `file:line: what`."""
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [f"{path}:{line}: not valid YAML: {error.problem}"]
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return None, [f"{path}:1: can't be read: {error}"]
    try:
        return SCHEMAS[kind].model_validate(data), []
    except ValidationError as error:
        root = yaml.compose(text, Loader=_Loader)
        return None, [
            f"{path}:{line_of(root, item['loc'])}: "
            f"{'.'.join(map(str, item['loc'])) or kind}: {item['msg']}"
            for item in error.errors()
        ]


def line_of(node: yaml.Node | None, keys: tuple[int | str, ...]) -> int:
    """The line (from 1) of the value at a path of keys, or of the nearest thing around it."""
    line = 1
    for key in keys:
        if node is None:
            break
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == key), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def entry_lines(kind: str, path: Path) -> list[tuple[str, int]]:
    """The id and line of each entry of a file, in order: skills, courses, projects, requirements.

    Of a role file the first is the role itself.
    """
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    lines: list[tuple[str, int]] = []
    if not isinstance(root, yaml.MappingNode):
        return lines
    wanted = {"roles": "requirements"}.get(kind, kind)
    for key, value in root.value:
        if key.value == "id":
            lines.insert(0, (value.value, key.start_mark.line + 1))
        if key.value == wanted and isinstance(value, yaml.SequenceNode):
            for item in value.value:
                fields = item.value if isinstance(item, yaml.MappingNode) else ()
                ident = next((v.value for k, v in fields if k.value in ("id", "skill")), "")
                lines.append((ident, item.start_mark.line + 1))
    return lines
