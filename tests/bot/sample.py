"""A small town for the replies' tests, with an entry of each kind that matters there."""

from functools import cache

import yaml

from bot.published import from_bundled
from bot.town import TownKnowledge
from knowledge.bundled import BundledTown, Located
from knowledge.entries import EntryContent, TownContent

TOWN = TownContent.model_validate(
    {
        "id": "sample",
        "name": "見本町",
        "reading": "みほんちょう",
        "prefecture": "見本県",
        "office": "町役場",
        "source": {
            "id": "sample-2024-01",
            "title": "見本町DX計画",
            "published": "2024-01",
            "period_from": "2024-04",
            "period_to": "2026-03",
        },
    }
)
ENTRIES = """
- id: rpa
  kind: term
  title: RPA
  aliases: [アールピーエー]
  phrasings: [決まった作業をロボットに任せる技術, パソコンの入力を自動でやるもの]
  facets:
    - {name: definition, text: RPAは、決まった作業をソフトウェアで自動化することです。, section: 用語集}
- id: ai
  kind: term
  title: AI
  aliases: [人工知能]
  phrasings: [自分で考えるコンピューター]
  facets:
    - {name: definition, text: AIは、人の知能の働きをまねる技術です。, section: 用語集}
- id: smartphone-class
  kind: measure
  title: デジタルデバイド対策
  aliases: [スマホ教室]
  phrasings: [年寄りにスマホの使い方を教えてほしい, 携帯の操作を習いたい]
  facets:
    - {name: actions, text: 計画では、高齢の方向けのスマホ教室を開くとしています。, section: 第3章}
    - {name: schedule, text: スマホ教室は令和6年度（2024年度）から開く予定です。, section: 第3章}
    - {name: department, text: スマホ教室の担当は企画課です。, departments: [企画課], section: 第3章}
- id: counter
  kind: measure
  title: 書かない窓口
  phrasings: [何度も住所を書かされるのを減らしてほしい, 申請書を手で書かずに済ませたい]
  facets:
    - {name: actions, text: 計画では、申請書を書かずに済む窓口を検討するとしています。, section: 第3章}
    - name: department
      text: 書かない窓口の担当課は計画に書かれていません。
      silent: true
      section: 第3章
- id: policies
  kind: list
  title: 基本方針
  phrasings: [計画の大きな柱を全部知りたい, 方針は何と何か]
  facets:
    - name: items
      text: 計画の基本方針は次の3つです。
      items: [便利な暮らし, 役場の効率化, 安心の土台]
      section: 第2章
- id: card-rate
  kind: figure
  title: マイナンバーカードの普及率
  phrasings: [カードを持っている人の割合]
  facets:
    - name: figure
      text: 見本町のマイナンバーカードの普及率は、令和4年12月末で58%です。
      as_of: 令和4年12月末
      section: 第3章
- id: period
  kind: plan
  title: 計画の期間
  phrasings: [計画は何年間か, 計画がいつ終わるのか知りたい]
  facets:
    - {name: definition, text: 計画の期間は、令和6年度から令和7年度までの2年間です。, section: 第1章}
"""


@cache
def sample_town() -> TownKnowledge:
    """The small town, ready to be asked."""
    entries = tuple(
        Located(EntryContent.model_validate(row), __file__, 1)  # type: ignore[arg-type]
        for row in yaml.safe_load(ENTRIES)
    )
    return from_bundled(BundledTown(TOWN, entries), frozenset({"鉾田", "東員"}))
