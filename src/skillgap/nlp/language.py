"""The language of a document, by its script and its most frequent small words.

No model and no download: the lists are the commonest function words of each language. A résumé that
is nearly all names and lists has few of them, so a handful decides, and too few say "" (unknown).
"""

from __future__ import annotations

import re
from collections import Counter

_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000  # characters
_LISTS = {
    "en": "the and of to in for with on as by from at is was an that this are or have has using "
    "experience skills work education university project team data management development",
    "de": "und der die das mit von im in für den zu bei auf des als eine ein ist sowie zur zum "
    "einer dem ich erfahrung kenntnisse ausbildung berufserfahrung bis lebenslauf sprachen",
    "fr": "et de la le les des du en à pour dans sur avec une un par au aux ou est sont chez "
    "expérience compétences formation langues projet gestion",
    "es": "y de la el los las en para con del por un una al como se es años experiencia "
    "habilidades educación formación universidad proyecto gestión desarrollo idiomas",
    "pt": "e de da do dos das em para com por um uma no na os as ao como experiência "
    "habilidades formação universidade projeto gestão desenvolvimento idiomas",
    "it": "e di la il le dei del della in per con un una su da nel nella presso come esperienza "
    "competenze formazione università progetto gestione sviluppo lingue",
    "nl": "en de het van een in voor met op bij te als aan door naar uit ervaring vaardigheden "
    "opleiding werkervaring talen projecten",
    "sv": "och i att av för med på till en ett som är från jag den det erfarenhet utbildning språk",
    "da": "og i at af for med på til en et som er fra jeg den det erfaring uddannelse sprog",
    "no": "og i å av for med på til en et som er fra jeg den det erfaring utdanning språk",
    "fi": "ja on että sekä kanssa vuotta työkokemus koulutus kielitaito osaaminen",
    "pl": "i w z na do od oraz dla się jest po przy doświadczenie umiejętności wykształcenie języki",
    "cs": "a v na s do od pro se je ve při zkušenosti dovednosti vzdělání jazyky",
    "ro": "și de la în cu pe pentru din a un o experiență competențe educație limbi",
    "hu": "és a az egy hogy nem vagy tapasztalat készségek tanulmányok nyelvek",
    "tr": "ve bir bu için ile de da olarak deneyim beceriler eğitim diller üniversitesi",
    "id": "dan di yang untuk dengan dari pada dalam pengalaman keahlian pendidikan bahasa",
    "vi": "và của các cho với trong là kinh nghiệm kỹ năng học vấn",
}
_BY_WORD: dict[str, tuple[str, ...]] = {}
for _code, _list in _LISTS.items():
    for _word in _list.split():
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _code)
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)


def detect_language(text: str) -> str:
    """ISO 639-1 of the language most of a text is in; "" where too little speaks for any."""
    sample = text[:_SAMPLE]
    foreign = len(sample) - len(sample.encode("ascii", "ignore"))
    if foreign > 0.15 * len(sample):
        letters = sum(c.isalpha() for c in sample) or 1
        for code, script in _SCRIPTS:
            if len(script.findall(sample)) > 0.3 * letters:
                return code
    counts = Counter(_WORDS.findall(sample.lower()))
    scores: Counter[str] = Counter()
    for word, codes in _BY_WORD.items():
        n = counts.get(word)
        if n:
            for code in codes:
                # a word that one language has alone says more than one that five share
                scores[code] += n * (2 if len(codes) == 1 else 1)
    if not scores:
        return ""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    best, points = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if points < 4 or (best != "en" and points < 1.25 * second):
        return "en" if scores["en"] >= 2 and scores["en"] * 2 >= points else ""
    return best
