"""Places that say a skill without naming it (taxonomy/paraphrases.yaml).

The phrases are written like the cues of `cues`. A paraphrase counts only where no form of the same
skill stands in its sentence, and with less confidence than a name.
"""

from __future__ import annotations

from typing import Any, Final

from .cues import Cues
from .matcher import Candidate
from .scene import Scene
from .tables import Sense, Tables

_CONFIDENCE: Final = 0.6


class Paraphrases:
    """Finds unlisted phrasings in the units of a scene."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._numbers: tuple[Tables | None, dict[str, int]] = (None, {})

    @classmethod
    def compile(cls, data: dict[str, Any]) -> Paraphrases:
        """From the YAML file's content: `words` and `paraphrases` of `skill` and `phrases`."""
        rows = [
            {"status": row["skill"], "direction": "", "phrases": row["phrases"]}
            for row in data.get("paraphrases", ())
        ]
        return cls(Cues.compile({"words": data.get("words", {}), "cues": rows}))

    def dump(self) -> dict[str, Any]:
        """A plain form, to be saved with the pipeline."""
        return self._cues.dump()

    @classmethod
    def restore(cls, data: dict[str, Any]) -> Paraphrases:
        """From the plain form."""
        return cls(Cues.restore(data))

    def __call__(self, scene: Scene, tables: Tables) -> list[Candidate]:
        """New candidates, in text order."""
        if not self._cues.cues:
            return []
        if self._numbers[0] is not tables:
            self._numbers = (tables, {skill: i for i, skill in enumerate(tables.skills)})
        numbers = self._numbers[1]
        tokens = scene.tokens
        more: list[Candidate] = []
        for unit in scene.units:
            positions = [k for k in range(unit.first, unit.last) if tokens.keys[k]]
            if len(positions) < 3:
                continue
            for hit in self._cues.find([tokens.keys[k] for k in positions]):
                number = numbers.get(hit.cue.status)
                first, last = positions[hit.first], positions[hit.last - 1] + 1
                if number is None or any(
                    c.sense.skill == number and unit.first <= c.first < unit.last
                    for c in (*scene.candidates, *more)
                ):
                    continue
                more.append(
                    Candidate(
                        first,
                        last,
                        tokens.starts[first],
                        tokens.end(last - 1),
                        Sense(number, hit.cue.phrase, -1, False, {}),
                        "paraphrase",
                        _CONFIDENCE,
                        shared=True,
                        reason=f"paraphrase: {hit.cue.phrase}"[:60],
                    )
                )
        return more
