-- Grain: one measure of fact_measure: how it is made, and how a day of it is judged.
-- published: by day of publication, over current versions whose day is known; arrived: by day
-- of arrival. A count is a sum, a mean and a share are a sum divided by another one; those an
-- article are over Kazakh articles, which are read in full. is_by_weekday: a day is judged by
-- the same weekdays before it, since outlets write less on weekends.
create or replace macro measure_definitions() as table (
    with definition (
        measure, family, kind, numerator, denominator, is_by_weekday, is_judged
    ) as (
        values
        ('articles', 'published', 'count', 'articles', null, true, true),
        ('without_copies', 'published', 'count', 'without_copies', null, true, false),
        ('mentions', 'published', 'count', 'mentions', null, true, false),
        ('quotes', 'published', 'count', 'quotes', null, true, false),
        ('amounts', 'published', 'count', 'amounts', null, true, false),
        ('events', 'published', 'count', 'events', null, true, false),
        ('mentions_an_article', 'published', 'mean', 'kk_mentions', 'kk_articles', false, true),
        ('quotes_an_article', 'published', 'mean', 'kk_quotes', 'kk_articles', false, true),
        ('amounts_an_article', 'published', 'mean', 'kk_amounts', 'kk_articles', false, true),
        ('events_an_article', 'published', 'mean', 'kk_events', 'kk_articles', false, true),
        (
            'low_confidence_share', 'published', 'share',
            'doubtful_rows', 'evidence_rows', false, true
        ),
        ('arrived_files', 'arrived', 'count', 'files', null, true, true),
        ('arrived_records', 'arrived', 'count', 'records', null, true, true),
        ('arrived_rejects', 'arrived', 'count', 'rejects', null, true, false),
        ('arrived_reject_share', 'arrived', 'share', 'rejects', 'tried', false, true),
        ('arrived_articles', 'arrived', 'count', 'articles', null, true, true),
        ('arrived_undated_share', 'arrived', 'share', 'undated', 'articles', false, true),
        ('arrived_kazakh_share', 'arrived', 'share', 'kk_articles', 'articles', false, true),
        ('arrived_russian_share', 'arrived', 'share', 'ru_articles', 'articles', false, true),
        ('arrived_copy_share', 'arrived', 'share', 'copies', 'current_articles', false, true),
        (
            'arrived_low_confidence_share', 'arrived', 'share',
            'doubtful_rows', 'evidence_rows', false, true
        ),
        ('arrived_words_an_article', 'arrived', 'mean', 'words', 'articles', false, true)
    )

    select * from definition
);
