"""The language of a text, told without a model."""

from __future__ import annotations

import pytest

from skillgap.nlp.language import detect_language

TEXTS = {
    "en": "Led a team of four engineers and built the data platform with Python for the company.",
    "de": "Leitung eines Teams von vier Ingenieuren und Aufbau der Plattform mit Python für die Bank.",
    "fr": "Direction d'une équipe de quatre ingénieurs et création de la plateforme avec Python.",
    "es": "Dirigí un equipo de cuatro ingenieros y construí la plataforma de datos con Python.",
    "pt": "Liderei uma equipe de quatro engenheiros e construí a plataforma de dados com Python.",
    "it": "Ho guidato una squadra di quattro ingegneri e costruito la piattaforma con Python nel 2020.",
    "nl": "Leiding gegeven aan een team van vier ingenieurs en het platform gebouwd met Python.",
    "pl": "Kierowanie zespołem czterech inżynierów oraz budowa platformy w języku Python dla banku.",
    "ru": "Руководил командой из четырёх инженеров и построил платформу данных на Python.",
    "zh": "领导四名工程师的团队，使用 Python 构建数据平台。",
    "ja": "四人のエンジニアのチームを率い、Pythonでデータ基盤を構築しました。",
    "ko": "네 명의 엔지니어 팀을 이끌고 Python으로 데이터 플랫폼을 구축했습니다.",
    "ar": "قاد فريقا من أربعة مهندسين وبنى منصة البيانات باستخدام بايثون",
}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_languages(code: str) -> None:
    assert detect_language(TEXTS[code] * 2) == code


def test_an_english_resume_with_foreign_names_is_english() -> None:
    text = "Zoë Müller\nMontréal\nExperience\nEngineer at Société Générale de Paris\nSkills\nPython"
    assert detect_language(text) == "en"


@pytest.mark.parametrize("text", ["", "Python Docker Kubernetes PyTorch", "12345 – 67"])
def test_too_little_says_nothing(text: str) -> None:
    assert detect_language(text) == ""
