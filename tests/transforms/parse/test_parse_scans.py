from article_rows import BODY, parse_one

SCAN = (
    "\n\nСу туралы толғау\n\nБірінші сөйлем осында жалғасып\n\n12\n\nкетті деп айтуға"
    " болады. Халық-\n\nаралық қатынас бар.\n\nЖаңа абзац.\n\nАсан СЕРІКҰЛЫ,\nсарапшы\n"
)


def test_a_sentence_broken_at_a_pages_end_is_joined():
    article = parse_one(SCAN)
    assert article["text"] == (
        "Бірінші сөйлем осында жалғасып кетті деп айтуға болады. Халықаралық қатынас"
        " бар.\nЖаңа абзац.\nАсан СЕРІКҰЛЫ,\nсарапшы"
    )
    assert article["has_scan_noise"]
    assert article["author"] == "Асан Серікұлы"


def test_lines_wrapped_at_a_width_are_joined_without_being_noise():
    wrapped = "\nжәне ".join(["Бұл жол осында бітпей", *["ұзақ жол"] * 5, "соңы."])
    article = parse_one(f"Тақырып осы\n\n{wrapped}\n\nЖаңа абзац.")
    assert article["text"].count("\n") == 1
    assert not article["has_scan_noise"]


def test_paragraphs_of_records_with_titles_stay_apart():
    text = "Бірінші жол осында\n\nекінші жол осында."
    article = parse_one({"title": "Т", "text": text}, file_format="json")
    assert article["text"] == "Бірінші жол осында\nекінші жол осында."


def test_misread_letters_are_noise_and_names_with_endings_are_not():
    assert parse_one({"title": "Т", "text": "Қа3ақстан дамуда."})["has_scan_noise"]
    clean = "Facebookте 2025жылы COVID-19 туралы 5G желісінде жазды. Ту-154М."
    assert not parse_one({"title": "Т", "text": clean})["has_scan_noise"]


def test_what_cleaning_found_counts():
    record = {"title": "Т", "text": BODY}
    assert parse_one(record | {"has_mixed_script": True})["has_scan_noise"]
    assert not parse_one(record | {"has_mixed_script": None})["has_scan_noise"]
