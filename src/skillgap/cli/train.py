"""`skillgap train`: the pipeline of models/ from taxonomy/ and models/training/."""

from __future__ import annotations

from pathlib import Path

import click

from .options import put_out, taxonomy_option


@click.command()
@click.option(
    "--contexts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of labelled contexts [models/training].",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the pipeline is written [models/skillgap_en].",
)
@click.option(
    "--weights",
    type=click.Choice(["senses", "status"]),
    multiple=True,
    help="Trained weights to put in, for trials [those that beat the rules on résumés: none].",
)
@click.option(
    "--compare/--no-compare",
    "compared",
    default=True,
    show_default=True,
    help="Print rules beside trained weights on contexts held out (takes minutes).",
)
@taxonomy_option
def train(
    contexts: Path | None,
    output: Path | None,
    weights: tuple[str, ...],
    compared: bool,
    taxonomy_path: str | None,
) -> None:
    """Build the pipeline that finds skills, and print how rules and trained weights do.

    The figures are macro F1 on contexts held out by form or passage, and on each writer whom a model
    has not seen. The same taxonomy and the same contexts give the same bytes.
    """
    from ..nlp.build import build
    from ..nlp.train import SHIPPED, compare, outcomes_text
    from ..nlp.train import train as fit_all
    from ..resources import locate
    from ..taxonomy.load import load_taxonomy

    taxonomy = load_taxonomy(taxonomy_path)
    folder = contexts or locate("models/training")
    target = output or folder.parent / "skillgap_en"
    trained = fit_all(taxonomy, folder, weights or SHIPPED)
    digest = build(taxonomy, target, trained)
    lines = outcomes_text(compare(taxonomy, folder)) if compared else []
    put_out("\n".join([*lines, f"written to {target}, sha256 {digest}"]), None)
