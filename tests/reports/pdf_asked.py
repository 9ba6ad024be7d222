"""Which questionnaire do the findings from literals answer?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from instruments.model import Attribute, Better, Instrument, Kind, Means, Point, Question, Role
from instruments.model import Text as Wording

ATTRIBUTES = {
    "quality": ("Product quality", "产品质量"),
    "delivery": ("On-time delivery", "交付及时性"),
    "complaints": ("Complaint handling", "投诉处理"),
    "support": ("Technical support", "技术支持"),
    "price": ("Value for money", "性价比"),
    "staff": ("Staff courtesy", "服务态度"),
    "ordering": ("Ordering & quotation", "询价与下单"),
    "invoicing": ("Invoicing", "开票结算"),
}
KINDS = {
    1: ("Late delivery", "交货延迟"),
    2: ("Slow or no answer", "回复缓慢"),
    3: ("Faulty product", "产品缺陷"),
    4: ("Wrong or missing item", "错发漏发"),
    5: ("Damaged packaging", "包装破损"),
    6: ("Other", "其他"),
}


def text(english: str, chinese: str) -> Wording:
    """A wording in both languages."""
    return Wording(MappingProxyType({"en": english, "zh": chinese}))


def _scale(labels: Iterable[tuple[str, str]]) -> tuple[Point, ...]:
    return tuple(Point(i, text(*label)) for i, label in enumerate(labels, start=1))


FIVE = _scale(
    (
        ("very dissatisfied", "非常不满意"),
        ("dissatisfied", "不满意"),
        ("neither", "一般"),
        ("satisfied", "满意"),
        ("very satisfied", "非常满意"),
    )
)


def make_instrument(
    attributes: Mapping[str, tuple[str, str]] = MappingProxyType(ATTRIBUTES),
) -> Instrument:
    """A questionnaire with the roles reports look at."""
    named = tuple(Attribute(key, text(*names)) for key, names in attributes.items())
    asked = (*asked_of_all(), *(rating_of(attribute) for attribute in named))
    return Instrument(
        "monthly_satisfaction",
        1,
        text("Monthly satisfaction survey", "月度满意度调查"),
        ("en", "zh"),
        named,
        (),
        asked,
        (),
    )


def asked_of_all() -> list[Question]:
    """What is asked besides the attributes."""
    return [
        Question(
            "overall", "loyalty", Kind.SCALE, Role.OVERALL, text("Overall", "总体"), points=FIVE
        ),
        Question(
            "recommend",
            "loyalty",
            Kind.SCALE,
            Role.RECOMMEND,
            text("Recommend", "推荐"),
            points=tuple(Point(i) for i in range(11)),
        ),
        Question(
            "kind",
            "problem",
            Kind.MULTIPLE,
            Role.PROBLEM_KIND,
            text("Kind", "类型"),
            points=tuple(Point(code, text(*names)) for code, names in KINDS.items()),
        ),
        Question(
            "handled",
            "problem",
            Kind.SINGLE,
            Role.HANDLED,
            text("Handled", "处理"),
            points=(Point(1, text("solved", "解决"), Means.SOLVED),),
        ),
    ]


def rating_of(attribute: Attribute) -> Question:
    """How one attribute is experienced."""
    return Question(
        f"experience_{attribute.id}",
        "experience",
        Kind.SCALE,
        Role.EXPERIENCE,
        attribute.text,
        attribute=attribute.id,
        points=FIVE,
        better=Better.HIGH,
    )
