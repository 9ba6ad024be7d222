"""What tells who wrote a comment is taken out before anybody prints it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.redaction import REMOVED, redact, visible


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Mail dave@example.com today", "dave@example.com"),
        ("邮箱dave.w@example.com.cn谢谢", "dave.w@example.com.cn"),
        ("write to dave＠example.com", "example.com"),
        ("dave (at) example.com", "dave"),
        ("请联系李雷@例子.公司", "李雷"),
        ("see https://example.com/a?b=1 now", "example.com/a?b=1"),
        ("官网www.example.com很慢", "www.example.com"),
        ("it is on example.com/offers", "example.com"),
        ("file:///etc/passwd", "etc/passwd"),
        ("follow @dave_w there", "@dave_w"),
        ("加微信：dave_w88 聊", "dave_w88"),
        ("我的QQ号是 12345678", "12345678"),
        ("电话13800138000。", "13800138000"),
        ("call 138 0013 8000", "138 0013 8000"),
        ("call 138-0013-8000 or", "138-0013-8000"),
        ("+86 (0)10 6255 8888", "6255 8888"),
        ("１３８００１３８０００ 找我", "１３８００１３８０００"),
        ("1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3\u200b8000", "3\u200b8"),
        ("一三八零零一三八零零零", "一三八"),
        ("身份证11010519491231002X", "11010519491231002X"),
        ("card 0000 0000 0000 0000", "0000 0000"),
        ("passport no E12345678", "12345678"),
        ("工号：A0042 态度差", "A0042"),
        ("employee no. 00042 was rude", "00042"),
        ("车牌 京A·00000", "京A·00000"),
    ],
)
def test_what_identifies_is_taken_out(text: str, secret: str) -> None:
    """Addresses, links, handles and numbers in both languages, spaced or hidden as they may be."""
    shown = redact(text)
    assert secret not in shown
    assert REMOVED in shown


@pytest.mark.parametrize("title", ["店长", "工程师", "经理", "总", "工"])
def test_a_rare_surname_that_the_roster_knows_goes_with_any_title(title: str) -> None:
    """The list of common surnames does not have it; the roster does."""
    assert redact(f"逄{title}很好", ["逄小光"]) == f"{REMOVED}很好"


@pytest.mark.parametrize(
    "text",
    [
        "The delivery of 2026-10-05 came 4 days late.",
        "50% off < 60% > 40%, 12,5 bar at 1450 rpm",
        "e.g. this.is fine",
        "2026年10月5日到货，晚了4天。",
        "A/B test: C++ & C#",
        "Order 12 pumps and 3 seals",
    ],
)
def test_what_identifies_nobody_stays(text: str) -> None:
    """Days, amounts and plain words are what the comment is about."""
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "known", "shown"),
    [
        ("Dave Miller here, ask DAVE MILLER", ["Dave Miller"], "▇▇▇ here, ask ▇▇▇"),
        ("Regards, Miller", ["Dave Miller"], "Regards, ▇▇▇"),
        ("I dared to say so", ["Dar"], "I dared to say so"),
        ("我是张伟，张先生也可以", ["张伟"], "我是▇▇▇，▇▇▇也可以"),
        ("我们杭州水泵不满意", ["杭州水泵有限公司"], "我们▇▇▇不满意"),
        ("Customer C-17 speaking", ["C-17"], "Customer ▇▇▇ speaking"),
        ("Dave张伟Dave", ["Dave", "张伟"], "▇▇▇"),
        ("nothing to see", ["", " ", "x"], "nothing to see"),
    ],
)
def test_names_of_the_roster_are_taken_out(text: str, known: list[str], shown: str) -> None:
    """Whole, by a word of the name, or by a Chinese surname; never inside another word."""
    assert redact(text, known) == shown


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=3))
def test_redacting_twice_changes_nothing(text: str, known: list[str]) -> None:
    """What was taken out stays out, and what was left stays, whoever redacts again."""
    once = redact(text, known)
    assert redact(once) == redact(once, known) == once


@given(st.text(max_size=200))
def test_nothing_unseen_is_left(text: str) -> None:
    """No direction mark, zero-width or control character survives to hide a number."""
    assert visible(visible(text)) == visible(text)
    assert not any(c in redact(text) for c in "\u202e\u200b\x00\u2066")


@pytest.mark.parametrize(
    "text",
    ["a" * 5000, "1 " * 2500, "a@" * 2500, "a.b" * 1666, "((" * 2500, "http://" * 700, "1a" * 2500],
)
def test_a_hostile_text_is_done_soon(text: str) -> None:
    """Made to send a pattern astray, five thousand characters still come back."""
    assert redact(redact(text)) == redact(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mr Smith was rude", "Mr ▇▇▇ was rude"),
        ("Ms. J. Wei Fang called", "Ms. ▇▇▇ called"),
        ("thank Prof. Dr. Müller-Lüdenscheidt", "thank Prof. Dr. ▇▇▇"),
        ("mr O'Brien, Mrs. van der Berg", "mr ▇▇▇, Mrs. ▇▇▇"),
        ("王经理很好", "▇▇▇很好"),
        ("请转告张伟先生", "请转告▇▇▇"),
        ("欧阳女士接的电话", "▇▇▇接的电话"),
        ("小王帮了忙，李工没来", "▇▇▇帮了忙，▇▇▇没来"),
        ("陈总说会处理", "▇▇▇说会处理"),
    ],
)
def test_a_name_with_a_form_of_address_is_taken_out(text: str, shown: str) -> None:
    """Whoever it is, customer or staff: no roster is needed."""
    assert redact(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("总经理很好", "客户经理和项目经理都没来", "安装师傅很专业，维修师傅、施工师傅也是"),
        *("车间主任", "高级经理", "财务总监", "各位先生女士", "由于经理不在", "对方经理"),
        *("也许总是这样", "每周工作五天", "工程总是延期", "李工作认真", "陈醋", "老客户", "老师"),
        *("小问题", "大小王", "小孙子", "这位女士", "前台小姐"),
        *("The MS Word file", "I miss London", "Dr. appointments were late", "Mrs was misprinted"),
        *("Ms. is a title", "Misses the point", "Drive carefully"),
    ],
)
def test_words_that_look_like_a_title_stay(text: str) -> None:
    """What is nobody's name is read as it was written."""
    assert redact(text) == text


def test_a_name_without_a_form_of_address_stays() -> None:
    """No rule finds it; the page on voices says so."""
    assert redact("Ask for Peter, 找张伟") == "Ask for Peter, 找张伟"
