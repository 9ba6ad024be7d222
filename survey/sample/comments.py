"""What sample customers write: invented sentences, by the attribute they are about.

Who met a problem complains about it, others praise what they liked best. Which of the sentences
somebody writes follows from who and when, not from the generator, so that it changes no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Sentences = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Attribute → language → what may be written."""

BLAME: Sentences = MappingProxyType(
    {
        "quality": {
            "en": (
                "Two of the twelve seals leaked on the first day.",
                "The new bearings run louder than the old ones did.",
                "Paint came off one of the housings after a week outdoors.",
            ),
            "zh": (
                "十二个密封圈里有两个第一天就漏水。",
                "新轴承的噪声比以前大。",
                "有一台泵壳在室外放了一周就掉漆。",
            ),
        },
        "delivery": {
            "en": (
                "The last delivery came four days late and nobody told us.",
                "We were promised Tuesday and got it the Monday after; our line stood still.",
                "Half of the order arrived, the rest a week later. Please send it together, or say "
                "beforehand that you cannot: we plan our shifts by your dates, and every change "
                "costs us an evening on the telephone.",
                "Late again. Reach me on 138 0013 8000 if you want to know how we felt.",
            ),
            "zh": (
                "上一批货晚了四天才到，而且没有人通知我们。",
                "说好周二到货，结果下个周一才到，生产线停了。",
                "订单只到了一半，剩下的又等了一周。要么一次发齐，要么提前说明做不到："
                "我们的排班是按你们的交期定的，每改一次都要打一晚上电话。",
                "又迟了。想了解情况可以打我电话13800138000。",
            ),
        },
        "ordering": {
            "en": (
                "The order form forgets everything when I go back one page.",
                "I still have to send a fax for anything special.",
            ),
            "zh": ("下单页面返回上一步，填的内容就没了。", "特殊规格还得发传真才能订。"),
        },
        "price": {
            "en": (
                "Good pumps, but spare parts have become expensive.",
                "Third price increase this year, without a word of explanation.",
                "The small impeller now costs as much as the large one did.",
            ),
            "zh": (
                "泵不错，但是备件越来越贵了。",
                "今年第三次涨价，也没有任何说明。",
                "现在小叶轮的价格跟以前大叶轮一样。",
            ),
        },
        "staff": {
            "en": ("Your people are kind but never have the time to look into anything.",),
            "zh": ("工作人员态度好，就是没有时间把问题弄清楚。",),
        },
        "support": {
            "en": (
                "It took the service desk three calls to find our drawing.",
                "The manual still describes the model before this one.",
            ),
            "zh": ("打了三次电话，服务台才找到我们的图纸。", "说明书讲的还是上一代产品。"),
        },
        "complaints": {
            "en": (
                "I had to explain the same complaint three times.",
                "We got an apology and a form, and then nothing for two weeks.",
                "Nobody feels responsible: sales sends me to service, service to sales.",
                "Reply came after 16 days. Write to quality@customers.example next time.",
            ),
            "zh": (
                "同一个投诉我解释了三遍。",
                "道了歉，发了张表，然后两周没有下文。",
                "没有人负责：销售让我找售后，售后让我找销售。",
                "16天才回复，下次请直接写到quality@customers.example。",
            ),
        },
        "invoicing": {
            "en": (
                "The invoice showed the old address again.",
                "Two invoices for one delivery, and it took a month to cancel one.",
            ),
            "zh": ("发票上又是旧地址。", "一次送货开了两张发票，过了一个月才作废一张。"),
        },
    }
)

PRAISE: Sentences = MappingProxyType(
    {
        "quality": {
            "en": ("Six years and not one leak.", "Solid pumps, nothing to improve there."),
            "zh": ("用了六年，一次都没漏过。", "泵很结实，这方面没什么可改进的。"),
        },
        "delivery": {
            "en": ("On time again, thank you.",),
            "zh": ("又是准时到货，谢谢。",),
        },
        "ordering": {
            "en": ("Ordering takes me five minutes now.",),
            "zh": ("现在五分钟就能下完单。",),
        },
        "price": {
            "en": ("Fair prices for what one gets.",),
            "zh": ("东西值这个价。",),
        },
        "staff": {
            "en": (
                "Friendly people who know their pumps.",
                "The driver helped us unload in the rain. 👍",
                "Always a patient answer on the telephone, even on a Friday afternoon.",
            ),
            "zh": (
                "工作人员很热情，也很懂泵。",
                "司机冒雨帮我们卸货。👍",
                "电话里总是很耐心，周五下午也一样。",
            ),
        },
        "support": {
            "en": (
                "The new service desk answers quickly.",
                "Sent a photo, had the right part number within the hour.",
            ),
            "zh": ("新的服务台回复很快。", "发了张照片，一小时内就查到了配件号。"),
        },
        "complaints": {
            "en": ("One wrong part, exchanged the next day without any fuss.",),
            "zh": ("发错一个配件，第二天就换好了，没有推诿。",),
        },
        "invoicing": {
            "en": ("Invoices are clear and always right.",),
            "zh": ("发票清楚，从不出错。",),
        },
    }
)


def comment(
    sentences: Sentences, attribute: str, language: str, customer: str, waves_back: int
) -> str | None:
    """What that customer writes about an attribute; None where nothing is invented for it.

    >>> comment(PRAISE, "delivery", "en", "S0007", 3)
    'On time again, thank you.'
    """
    known = sentences.get(attribute, {}).get(language, ())
    if not known:
        return None
    return known[(int(customer.lstrip("S")) * 7 + waves_back * 5) % len(known)]
