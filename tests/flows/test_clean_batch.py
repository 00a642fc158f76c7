"""Good articles raise no rule at all, however many they are."""

import pytest

from tests.benchmarks.generate import make_article, sample_sentences

#: Lines of the outlets' own, which the parser takes for no part of the article.
_CHROME = ("Telegram", "WhatsApp", "оқыңыз")


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("count", [300, 20_000])
def test_a_clean_batch_raises_no_rule(workspace, count):
    sentences = [
        sentence
        for sentence in sample_sentences()
        if not any(word in sentence for word in _CHROME)
    ]
    for number in range(count):
        workspace.put(f"{number}.txt", make_article(number, sentences))

    summary = workspace.load()

    assert (summary.articles_loaded, summary.articles_rejected) == (count, 0)
    assert summary.messages == []
    assert workspace.ask("select * from fact_check where not is_passed") == []
