"""What does the sample company set for its reports? A definition, with the cycles it is running.

It is written beside the sample's data, for people to change and to build the reports with anew.
"""

from __future__ import annotations

from datetime import date, timedelta

TEXT = """\
# Report definition of the sample company. What else can be set: tellback definition
definition: 1

# What is being done about the findings, as the first page of its reports tells.
cycles:
  - figure: gap
    of: delivery
    measure:
      en: Weekly slots with the carriers; the promised day is checked when an order is entered
      zh: 每周与承运商确认时段；录入订单时核对承诺的交期
    owner: Logistics 物流部
    due: {later}
    phase: do
  - figure: gap
    of: complaints
    segment: A
    measure:
      en: A first answer within a day, and one owner for each case
      zh: 一天内首次答复，每案由一名负责人跟进
    owner: Service 客服部
    due: {over}
    phase: plan
  - figure: attribute_mean
    of: support
    measure:
      en: The service desk of a year ago becomes the rule in all regions
      zh: 一年前设立的服务台在各地区定为常规做法
    owner: Support 技术支持
    due: {later}
    phase: act
"""


def definition_after(wave: str) -> str:
    """The definition as it stood when the answers of that month were in.

    One of its cycles is overdue by then.

    >>> from reports.definition import read_definition
    >>> text = definition_after("2026-10")
    >>> [cycle.due for cycle in read_definition(text.encode(), "sample").cycles]
    ['2026-11-30', '2026-10-16', '2026-11-30']
    """
    first = date.fromisoformat(f"{wave}-01")
    return TEXT.format(later=first + timedelta(days=60), over=first + timedelta(days=15))
