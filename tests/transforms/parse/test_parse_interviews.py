from article_rows import parse_one

ASKED = "\n".join(
    f"– Сұрақ {number}, қалай ойлайсыз?\nЖауап осындай, толық сөйлем."
    for number in range(4)
)


def is_interview(text, title="Тақырып"):
    return parse_one({"title": title, "text": text})["is_interview"]


def test_questions_and_answers_by_turns_are_an_interview():
    assert is_interview(ASKED)
    assert is_interview(ASKED.replace("Жауап", "– Жауап"))
    assert is_interview(ASKED.replace("– Сұрақ", "- Сұрақ"))


def test_two_questions_need_the_word():
    two = "\n".join(ASKED.split("\n")[:4])
    assert not is_interview(two)
    assert is_interview(two, title="Министрдің сұхбаты")


def test_dashed_quotations_with_a_narrator_are_no_interview():
    quote = "— Біз не істейміз? Бәріміз жұмыс істейміз, — деді Президент."
    assert not is_interview("\n".join([quote, "Ол сапарға шықты."] * 4))


def test_a_list_with_dashes_is_no_interview():
    assert not is_interview("Құжаттар:\n– келісім;\n– шарт;\n– хаттама;\n– жоспар.")
