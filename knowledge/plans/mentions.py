"""Words that a plan names with what they are for: laws by article, guidance, bodies, words in quotation marks."""

import re
from collections.abc import Iterator

from knowledge.plans import vocabulary
from knowledge.plans.names import split_name
from knowledge.plans.plain import half

LONGEST_COINED = 15  # characters of a word such as 地域DX
Mention = tuple[str, tuple[str, ...]]  # the word, its other names
_QUOTED_GLOSS = re.compile(
    r"「(?P<word>(?:[A-Za-z0-9ァ-ヺー・一-龥]|(?<=[一-龥])[きりみしえけ](?=[一-龥])){2,20})」\s?[（(](?P<gloss>[^（）()「」]{8,60})[）)]"
)
_MEASURING = re.compile(
    r"^[^。は]{4,40}[うくすつぶむるぐた](?P<word>(?=[一-龥ァ-ヺー]{0,13}[ァ-ヺ])[一-龥ァ-ヺー]{5,14})(?:は(?=\d)|の(?:開設|導入|設置|採用)$)"
)
_SET = re.compile(
    r"「(?P<word>[^「」]{2,25})」(?:を、[^。]{8,80}と(?:定め|定義|位置付け|位置づけ|考え|捉え)|とは)|を「(?P<called>[^「」]{2,25})」と(?:呼(?!ばれ)|称|いい|名付|名づ)"
    r"|「(?P<placed>[^「」]{3,20})」を\s?[\d０-９]{1,3}\s?[人名](?:ずつ)?(?:任用|任命|委嘱|配置|置[きく])"
    r"|を(?:本部長|座長|会長|委員長|議長|長)?と(?:する|した)「?(?P<chaired>[A-ZＡ-Ｚ一-龥ァ-ヺー]{3,24}(?:会議|本部|委員会|協議会|部会|懇話会))(?=[」]?(?:が|を|に|で|の下))"
    r"|計画は「(?P<parent>[^「」]{5,40})」(?:です|である|とする|とします)"
    r"|[年月日度]に(?P<founded>[一-龥ァ-ヺーA-Z]{4,24}(?:会議|本部|委員会|協議会|部会|懇話会))を(?:設け|設置|立ち上げ|発足)"
    r"|である(?P<appointed>[一-龥ァ-ヺーA-Z]{3,12})を(?:[\d１-９]{1,2}[名人])?(?:委嘱|任用|任命)"
    r"|人(?:以内|程度|ほど|前後)?(?:による|からなる|で構成する|でつくる|の)「(?P<body>[^「」]{3,25})」[がはでを]"
)
_LAW = re.compile(
    r"(?P<law>[一-龥ァ-ヺー・]{3,30}(?:基本法|推進法|手続法|整備法|標準化法|保護法))(?:第\s?\d{1,3}\s?条|の基本原則)"
)
_NUMBERED_LAW = re.compile(
    r"(?:^|[、。「」はがやに]|及び|また)(?P<law>[^、。「」（）()]{4,40}法(?:律)?)」?[（(](?:明治|大正|昭和|平成|令和)[^（）()]{1,10}法律第"
)
_GUIDANCE = re.compile(
    r"(?:国|総務省|デジタル庁|都|県)(?:が|の)(?:策定|作成|公表|発出)(?:した|する)「?(?P<name>[^「」、。]{4,40}?(?:ガイドブック|ガイドライン|手順書|マニュアル|仕様書))"
)
_PUBLISHED = re.compile(
    r"[^。「」]{10,}「(?P<name>[^「」]{8,50}(?:プラン|マニュアル|ガイドライン|手引き?|手順書))」(?:を(?:取りまとめ|とりまとめ|公開|公表|発出)|が公表)"
)
_REVISED = re.compile(r"「(?:\d{4}\s?年改[訂定]版)?(?P<name>[^「」（(]{6,40}計画)[（(][^。]{0,80}」を閣議決定")
_DECIDED = re.compile(r"(?P<name>[A-Za-z一-龥ァ-ヺー・]{4,40}(?:計画|方針|戦略))の閣議決定")
_REPLACED = re.compile(
    r"[（(][^（）()]{0,30}「(?P<name>[^「」]{6,40}(?:計画|方針|戦略))」(?:として|に)[^（）()]{0,6}(?:策定|改定|改訂)"
)
_COUNTED = re.compile(r"(?P<whole>[一-龥ァ-ヺー]{4,20})[（(](?P<word>[一-龥]{2,6}\s?\d{1,3}\s?(?:業務|手続き?))[）)]")
_ABLE = re.compile(
    r"[^。、]{4,60}(?:(?:ことの|が)できる|れる|が[作使読書見送売買話]える|が[作]れる)(?P<word>[一-龥ァ-ヺー]{2,6}人材|[ァ-ヺー]{6,14})(?![ァ-ヺー一-龥])"
)
_BUILT = re.compile(
    r"[^。、]{4,60}(?:[にへ](?:構築された|準拠した|適合した|適合する|準拠する)|と連携した)(?P<word>[一-龥]{2,8}システム)(?!。?$)"
)
_USED = re.compile(
    r"[^。、]{2,60}(?:として(?:も)?有効な|などを行う)(?P<word>[一-龥ァ-ヺー]{2,6}(?:LAN|学習|ネットワーク))"
)
_RUN = re.compile(r"[^。、]{6,60}(?:実施していた|実施してきた|開始した)(?P<word>[ァ-ヺー一-龥]{5,15}事業)")
_FOUGHT = re.compile(
    r"(?P<word>[ァ-ヺー]{6,14})(?:の?(?:対策|解消|是正))(?:につなが|を図|に取り組|に向け|が課題|が求め|が必要)"
)
_SOUGHT = re.compile(
    r"(?P<word>[A-ZＡ-Ｚ一-龥ァ-ヺー]{3,12}(?:リーダー|推進員|アドバイザー|サポーター))の(?:育成|配置|任命|選任|養成|任用)"
)
_SENT = re.compile(
    r"(?:派遣|委嘱|認定|任命)する(?P<word>[A-ZＡ-Ｚ一-龥ァ-ヺー]{2,10}(?:アドバイザー|サポーター|マネージャー|推進員))"
)
_WHO = re.compile(r"[^。、]{5,40}(?:第三者|機関|団体|者|組織)[（(](?P<word>[一-龥]{3,8})[）)](?=[がはをに])")
_CARRIES = re.compile(
    r"[^。、「」]{5,60}(?:支える|担う|務める|補佐する|助言する|束ねる|まとめる|進める|教える|手伝う)(?P<word>[A-ZＡ-Ｚ一-龥ァ-ヺー]{2,12}(?:補佐官|責任者|推進員|リーダー|アドバイザー|サポーター|支援員|相談員|マネージャー))(?=[をがはにの])"
)
_DX = re.compile(r"「(?P<word>(?:自治体|地域|行政|庁内|住民|暮らしの|産業)DX)」(?=を推進|を進め|に取り組|と)")
_JOINED = re.compile(r"(?P<word>[一-龥ァ-ヺー]{6,25}(?:クラウド|協議会))(?:に|へ)(?:参加|加入|加盟)")
_OWN_RULES = re.compile(r"本[市町村](?:の|における)「(?P<word>[^「」]{4,20}(?:ポリシー|規程|要綱))」")
_CHOSEN = re.compile(r"」として(?P<word>\d{1,3}\s?(?:手続き?|業務))\s?[^。、]{0,20}を(?:選定|指定)")
_NUMBERED = re.compile(r"^(?:[一-龥]{2}\s?)?[①-⑳]\s?(?P<word>[A-Za-z0-9ァ-ヺー・一-龥]{3,20})\s\S[^。]{20,}。")
_TOWN = r"(?:[一-龥]の[一-龥]{1,3}|[一-龥々ヶケ]{1,6}|(?<![^、。「])[ぁ-んァ-ヺー]{2,8})[市町村区]"
_BODY = re.compile(
    rf"「(?P<quoted>[^「」]{{5,30}})」(?=において|を中心|が中心|で|が|に報告|に諮|を開|を年|の下)"
    rf"|(?P<bare>{_TOWN}[A-Za-z一-龥ァ-ヺー]{{2,20}})(?=[（(][^（）()]{{2,40}}[）)](?:において|が|で|を)|において|を中心|が中心|が全体|に報告|で[^、。]{{0,20}}確認|を設置|を設け|を置|を年)"
)
_BODIES = (
    r"(?:[ァ-ヺー]{2,8}・)?[A-ZＡ-Ｚ一-龥ァ-ヺー]{2,20}"
    r"(?:本部|委員会|会議|部会|協議会|検討会|懇話会|懇談会|審議会|研究会|連絡会|チーム)"
)
_LED = re.compile(
    rf"(?:とする|とした|集まった|集まる|選ばれた|でつくる|から成る|からなる|が参加する|が加わる|で構成する|で構成される|を設置し、)「?(?P<led>(?:[ぁ-ん]{{2,4}}[市町村区])?{_BODIES})(?=[」]?(?:において|が|で|を|に|の下|の意見))"
    rf"|(?P<headed>(?:[ぁ-ん]{{2,6}}[一-龥])?{_BODIES})(?=[（(](?:本部長|座長|会長|委員長|議長|リーダー|構成員?)\s?[:：は、]|[:：][^。]{{5,}})"
    rf"|(?:[、。の]|^|構成した)(?:下に)?(?P<placed>{_BODIES}|[一-龥]{{2}}組織)(?=を(?:置|設置|設け|組織|新設|立ち上げ))"
)
_PARENT = re.compile(
    rf"(?:本計画|本方針|本プラン|本ビジョン|この計画|このプラン)は、?(?:本[市町村]の)?「?(?P<name>(?:{_TOWN})?第\s?\d{{1,2}}\s?[次期][^、。「」]{{0,12}}計画)」?[をのに]"
)


def mentions(sentence: str) -> Iterator[Mention]:
    """The words of a sentence that it names with what they are for."""
    for pattern in (
        _QUOTED_GLOSS,
        _MEASURING,
        _ABLE,
        _BUILT,
        _USED,
        _RUN,
        _FOUGHT,
        _SOUGHT,
        _SENT,
        _WHO,
        _CARRIES,
        _DX,
        _JOINED,
        _OWN_RULES,
        _CHOSEN,
    ):
        for match in pattern.finditer(sentence):
            yield match["word"], ()
    for match in _SET.finditer(sentence):
        yield next(filter(None, match.groups())), ()
    for compound in vocabulary.words("headings")["compounds"]:
        if f"「{compound}」" in sentence:
            yield compound, ()
    for match in _LAW.finditer(half(sentence)):
        yield re.sub("^(?:また|なお)", "", match["law"]), ()
    for match in _NUMBERED_LAW.finditer(sentence):
        yield match["law"], ()
    for pattern in (_GUIDANCE, _PUBLISHED, _DECIDED, _REVISED, _REPLACED, _PARENT):
        for match in pattern.finditer(sentence):
            yield match["name"], ()
    for match in _COUNTED.finditer(half(sentence)):
        yield match["word"], (match["whole"],)


def numbered_in(cell: str) -> Iterator[Mention]:
    """The word that a cell of a table names with its number before it explains it: 原則① 共通基盤利用原則 …。"""
    match = _NUMBERED.match(cell)
    if match:
        yield match["word"], ()


def bodies_in(sentence: str) -> Iterator[str]:
    """The bodies that a sentence says to act, each once: みほん町情報化推進委員会に報告する, 座長とするDX推進会議で."""
    named = (match["quoted"] or match["bare"] for match in _BODY.finditer(sentence))
    found = [name for name in (split_name(name)[0] for name in named) if vocabulary.ends_as("bodies", name)]
    found += [match["led"] or match["headed"] or match["placed"] for match in _LED.finditer(sentence)]
    yield from (name for name in dict.fromkeys(found) if not any(n != name and n.endswith(name) for n in found))
