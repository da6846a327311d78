"""The file behind `--corrections`: what a person declares or disputes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from ..errors import ConfigError

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
LARGEST = 1_000_000  # bytes
_HINT = "Write YAML or JSON with `declare: [skills]` and `dispute: [skills]`, by id or label."


class CorrectionsFile(BaseModel):
    """Skills by id or label."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    declare: tuple[Name, ...] = ()
    dispute: tuple[Name, ...] = ()


def read_corrections(path: str) -> CorrectionsFile:
    """The corrections of a file, YAML or JSON; ConfigError where it is none."""
    import yaml

    try:
        data = Path(path).read_bytes()
        if len(data) > LARGEST:
            raise ConfigError(f"{path} is too large for a list of skills.", _HINT)
        parsed = yaml.safe_load(data.decode("utf-8-sig"))  # JSON is YAML
        found = CorrectionsFile.model_validate(parsed if parsed is not None else {})
    except OSError as error:
        raise ConfigError(f"{path} can't be read: {error.strerror}.", _HINT) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"{path} is neither YAML nor JSON.", _HINT) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise ConfigError(f"{path}: {where}: {first['msg']}.", _HINT) from error
    both = [name for name in found.declare if name in found.dispute]
    if both:
        raise ConfigError(f"{path} declares and disputes {both[0]}.", "Name it in one list only.")
    return found
