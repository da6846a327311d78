"""English words that are also names of tools.

A safety net for taxonomies that give no rule for such a name: in lower case it is the word, and as
written it needs company. Written from general knowledge; it need not be complete.
"""

from __future__ import annotations

ENGLISH = frozenset(
    """
    access actions affinity air ambassador ansible apex arc aria arrow aspire assembly asana athena
    atom aurora auto azure babel balsamiq bard basic bash beam bean bear blender bolt boost bower
    box brave bridge buffer bun burp canvas capture cassandra castle catalyst celery champion chef
    chime chroma circle claude click cloud cocoa codex cohere comet common compass compose concourse
    confluence consul copilot coral core cosmos couch cove cursor cypress cypher dart dash dataiku
    delta design detox dialog docker dolly draft dragon dream drive druid dust eclipse edge elastic
    elixir elm ember epic excel express falcon fargate fast feather fiddle fig figma firefly flash
    flask flight flow flux forge form fusion gatsby gem gemini ghost glide glue go gradient grafana
    grammar granite graph grok guard guidance gulp habitat hadoop haiku halo handy harbor haystack
    heap heat helm hive hub hugo hydra imagen impala insight insomnia intercom ionic iris istio jam
    jasmine jasper jest julia keep kite knife kong lace lamp lance lens less light lightning linear
    link liquid locust loom looker lua lucid luna machine magic make mantis maple marvel mask match
    material maven max maze meet memo mercury mesh meta meteor metal method mint miro mistral mocha
    mode monday motion murf neo neon nest next nimbus node notion nova nuke oak objective octave open
    opera optic optuna opus oracle orange orca osmo otter outlook pages palm pandas paperspace parrot
    pascal perplexity phoenix pi pig pilot pine pinecone pipe platform playwright play plot polar
    poetry polars postman power prefect premiere presto prism processing prolog prophet proto
    protractor pulse puppet python quest quill rag rails rake rasa ray react reason redash redux
    render replicate rest retool rider ring ripple robot rocket root ruby runway rust saga sage salt
    sam sandbox sanity sass scale scratch scribe sense sentry shell shiny sigma signal simulink
    sketch slack slate slim snowflake snap solid sonar sonnet soap spark spider spring sprint square
    squid stable stack stan storm strapi stream streamline stripe studio suite sun super surfer swagger
    swan swift symphony tableau tabular tail tailwind teams tempo temporal tensor terra titan toggle
    together torch tower transformer transformers trello triton turbo turing twig twist unity unreal
    vault vector vega vertex vim vision vite voila vue weave whisper windows word workbench writer
    yarn zap zen zeppelin zig zoom
    """.split()
)
