"""Whose matter a sentence speaks of: the town's own, the nation's, the prefecture's, or other towns'."""

import re

from knowledge.plans.outline import Outline
from knowledge.plans.section import Section

_OWN = re.compile(
    "本市|本町|本村|本区|当市|当町|当村|市では|町では|村では|町の|市の|町民|市民|村民|本計画|本方針|町内|市内|村内"
)
_OTHERS = re.compile("他?の?市区?町村|他の?[市町村]")
_NATION = re.compile(
    "^(?:なお、|また、|さらに、|特に、)?(?:国(?:は|で|の|が|から|に)|総務省|デジタル庁|政府|全国|内閣|我が国|地方公共団体|厚生労働省|文部科学省)|閣議決定|全国の|市区町村が|都道府県が"
)
_PREFECTURE = re.compile("^(?:また、)?(?:県(?:は|で|の|が)|都は|道は|府は)|[一-龥]{2,3}[県都府](?:は|では|の計画)")
_ELSEWHERE = re.compile("他市町村|他の自治体|他自治体|先進事例|先進自治体|近隣市町村の|近隣自治体の")
_NATIONAL_TITLES = re.compile("国の|総務省|自治体に求める|全国|国が")


def scope_of(outline: Outline, section: Section, text: str = "") -> str:  # noqa: PLR0911  a return for each of the four and its sign
    """ "" for the town itself, 国, 県 or 他."""
    if _OWN.search(_OTHERS.sub("", text)):
        return ""
    if _ELSEWHERE.search(text):
        return "他"
    if _NATION.search(text):
        return "国"
    if _PREFECTURE.search(text):
        return "県"
    for above in outline.above(section):
        if above.facet == "national" or (_NATIONAL_TITLES.search(above.title) and not _OWN.search(above.title)):
            return "国"
        if above.title.endswith(("県の計画", "県の動向", "都の計画", "都の動向")):
            return "県"
    return ""
