"""Which words of a comment are somebody's name, though no roster knows them? Those with a title.

*Mr Smith*, *Ms. J. Wei*, 王经理, 张伟先生, 李工, 小王: a form of address beside it tells a name.
One without (*ask for Peter*, 找张伟) stays: no form tells it from any other word.
"""

from __future__ import annotations

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏"
    "魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝"
    "龚邵万钱严覃武洪汤尚赖葛牛翟申骆庄柳耿倪柯霍蓝鲁章肖"
)
"""Surnames of one character that most people bear, but for those that mostly are other words."""

_DOUBLE = "欧阳|上官|司马|司徒|诸葛|皇甫|尉迟|东方|慕容|令狐|夏侯"
_COMMON = "王李张刘陈杨赵吴徐朱郭罗郑梁谢宋唐韩冯邓曹彭蔡潘董袁"
"""Those that nearly always are names after 小 and 老, and before 总 and 工."""

_NEVER = (
    "高级|高层|高铁|高新|马上|万能|方案|方面|方便|任何|任意|白班|程序|石材|石化|石油|江南|江北|"
    "夏季|史上|黄金|万一|于是|何时|何况|余下|林业|武汉|洪水|钱款|严重|尚未"
)
TITLES = (
    "先生|女士|小姐|太太|经理|主任|总监|师傅|老师|工程师|主管|店长|部长|科长|处长|队长|组长|厂长|"
    "董事长"
)
"""Chinese forms of address that follow a name."""

_GIVEN = r"[^\W\da-zA-Z_的了是在和跟给找让请把被与有没不都也就还很这那位个名些]"
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_CAPITAL = r"(?=[A-Z\u00c0-\u00de])"

_PARTS = r"(?:(?:van|von|de|der|da|di|du|la|le|bin)[ \t]){0,2}"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Mme|Herr|Frau|mr|mrs|dr|prof)(?:\.|(?=[ \t]))"

_LOOKED_FOR = ("Mr", "Ms", "Miss", "Mx", "Dr", "Prof", "Mme", "Herr", "Frau", "mr", "dr", "prof")
"""What a text must hold for it to be worth looking for: most comments hold none."""
_CALLED = tuple(TITLES.split("|"))

_LATIN = re.compile(
    rf"(?<![^\W_])({_TITLE}(?:[ \t]?{_TITLE})*)"
    rf"[ \t]{{0,2}}(?:[A-Z]\.[ \t]?){{0,2}}{_PARTS}{_CAPITAL}{_WORD}"
    rf"(?:[ \t]{_PARTS}{_CAPITAL}(?!I\b){_WORD})?"
)
_CHINESE = re.compile(
    rf"(?:{_DOUBLE}|(?<![由对关至等属位双甲乙地官多各])(?!{_NEVER})[{_SURNAMES}])"
    rf"{_GIVEN}{{0,2}}?(?:{TITLES})"
)
_SHORT = re.compile(
    rf"(?<![一大最太较从缩弱窄减变古衰养])[小老][{_COMMON}](?![子女儿醋])"
    rf"|(?<![一紧主扩夸慌这那每两三几])[{_COMMON}]"
    r"(?:总(?![是体共结之的数部计会量有])|工(?![作资程厂业具人期序艺种地龄]))"
)


def without_titled_names(text: str, removed: str) -> str:
    """``text`` with names that stand beside a form of address replaced by ``removed``.

    A title in Latin letters stays; a Chinese one goes with the name, whose end nothing marks.

    >>> without_titled_names("Mr. O'Brien was rude, Ms J. Wei Fang was not.", "…")
    'Mr. … was rude, Ms … was not.'
    >>> without_titled_names("王经理和张伟先生都很好，小李也是，李工作认真", "…")
    '…和…都很好，…也是，李工作认真'
    """
    if any(title in text for title in _LOOKED_FOR):
        text = _LATIN.sub(lambda found: f"{found[1]} {removed}", text)
    if any(title in text for title in _CALLED):
        text = _CHINESE.sub(removed, text)
    return _SHORT.sub(removed, text) if any(mark in text for mark in "小老总工") else text
