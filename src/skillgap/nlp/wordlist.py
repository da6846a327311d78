"""English words that are also names of tools.

A safety net for taxonomies that give no rule for such a name: in lower case it is the word, and as
written it needs company. Written from general knowledge; it need not be complete.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


ENGLISH = words(
    """
    pandas polars access actions affinity air ambassador ant apex arc aria arrow asana aspire assembly
    athena atom aurora auto babel bamboo bard bark bash basic beam bean bear bento bicep
    blender bolt boost bower box brave bridge bubble buffer bun burp canvas captum capture
    castle catalyst celery champion chef chime chroma circle claude clay click cloud cocoa
    codex comet common compass compose concourse confluence consul copilot coral core cosmos
    cove cron cursor cypher cypress dart dash delta descript design detox dialog draft
    dragon dream drive druid dust echo eclipse edge elastic electron elicit ember epic
    evidently excel expo express falcon fast fathom feather fiddle fig firefly flair flash
    flask flight flow flux forge form fusion gatsby gem gemini ghost gin glide glue go gong
    gradient grammar granite graph grok guard guidance gulp habitat haiku halo handy harbor
    haystack heap heat hex hive honeycomb hub hugo hydra imagen impala inception informer
    insight insomnia instructor intercom ionic iris iterable jam jasmine jasper jukebox
    julia kite knife lace lambda lamp lance latitude lavender lean lens less light lightning
    linear link liquid locust loom lucid luminance luna machine magenta magic make mantis
    manus maple marvel mask match material max maya maze meet memo mercury mesh meta metal
    meteor method mint miro mistral mocha mode monday motion mural neon neptune nest next
    nimbus node nomad notion nuke objective obsidian octave onyx open opera optic optimum
    oracle orange otter outlines outlook packer pages palm paperspace parrot pascal
    performer perplexity phoenix pi pig pillow pilot pine pinecone pipe platform play
    playwright plot poe poetry polar postman power prefect premiere presto prism prisma
    processing prodigy prophet proto protractor pulse puppet quest rag rails rake ray react
    reaper reason recoil reflex reformer remedy render replicate requests resolve rest
    retool rider ring ripple rive river robot rocket root ruby runway rust saga sage salt
    sam sandbox sanity sass scale scheme scratch scribe sense sentry shell shiny sigma
    signal sketch slack slate slim snap snort soap solid sonar sonnet spark spellbook spider
    spring sprint square squid stable stack stan storm stream streamline stripe studio
    sublime suite sun super surfer swan swarms swift symphony tail tally teams tempo
    temporal tensor terra titan toad together toggle tome torch tornado tower transformer
    transformers trello triton truss turbo turing twig twist typeface unity unreal vault
    vector vega vertex vespa vim vision weave whisk whisper windows word workbench writer
    yarn zap zen zoom
    """
)

# Two capitals that are also a place or an office word.
PLACES = words(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH
    NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC UK US EU PR HR GX CX
    KG TS EQ PM DS DL VR OS CV
    """
)

# Given names and surnames that are also names of tools: a capital says nothing about them.
NAMES = words(
    """
    ada aria bard claude cody devin ella jasper jenkins jules julia kafka luna maya oracle pascal
    prometheus ray ruby stan viola
    """
)
