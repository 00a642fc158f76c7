-- Grain: one name in a query, and one entity that it may mean, with those merged into it.
-- A name is one to four words side by side, as dim_entity_alias spells it but for letters'
-- case and endings of the last word. Of names inside each other the longest counts; one that
-- more than five may bear says nothing.
create or replace macro names_in(query) as table (
    with words_of_query as materialized (
        select
            cut_words(query::varchar)[1:40] as words,
            cut_gaps(query::varchar)[1:40] as gaps
    ),

    first_word as (
        select unnest(range(1, 41)) as first_place
    ),

    name_length as (
        select unnest([1, 2, 3, 4]) as size
    ),

    -- 0 as typed, 1 with look-alikes folded, from 2 with Latin letters read as Kazakh ones.
    way_of_spelling as (
        select unnest(range(0, 7)) as way
    ),

    part as (
        select
            first_place,
            size,
            words[first_place:first_place + size - 1] as words,
            gaps[first_place:first_place + size - 2] as gaps
        from words_of_query
        cross join first_word
        cross join name_length
        where first_place + size - 1 <= len(words)
    ),

    spelled as (
        select
            first_place,
            size,
            gaps,
            list_transform(
                words,
                lambda word: case
                    when way = 0 then word
                    else coalesce(latin_spellings(fold_word(word))[way], fold_word(word))
                end
            ) as words
        from part
        cross join way_of_spelling
        where way <= 1 or regexp_matches(array_to_string(words, ''), '[A-Za-zÀ-ʯ]')
    ),

    cased as (
        select
            first_place,
            size,
            gaps,
            words
        from spelled
        union
        select
            first_place,
            size,
            gaps,
            list_transform(words, lambda word: upper(word)) as words
        from spelled
        union
        select
            first_place,
            size,
            gaps,
            list_transform(
                words, lambda word: upper(left(word, 1)) || lower(substring(word, 2))
            ) as words
        from spelled
        union
        select
            first_place,
            size,
            gaps,
            [upper(left(words[1], 1)) || lower(substring(words[1], 2))]
            || list_transform(words[2:], lambda word: lower(word)) as words
        from spelled
    ),

    -- With and without each case ending that the last word may have.
    name as (
        select distinct
            first_place,
            size,
            array_to_string(
                list_transform(list_zip(words[:-2], gaps), lambda pair: pair[1] || pair[2]),
                ''
            )
            || unnest(
                list_transform(
                    range(0, 6),
                    lambda letters: case
                        when
                            letters = 0
                            or (
                                len(words[size]) - letters >= 3
                                and regexp_matches(
                                    lower(right(words[size], letters + 1)),
                                    '^(.([ндт][ыі]ң|[ғқгкн][ае]|[ндт][ыі]|н?[дт][ае]|[ндт][ае]н'
                                    || '|[мбп]ен|н?(да|та)ғы|н?(де|те)гі)|[ыі]н)$'
                                )
                            )
                            then left(words[size], len(words[size]) - letters)
                    end
                )
            ) as alias
        from cased
    ),

    meaning as (
        select distinct
            name.first_place,
            name.size,
            len(name.alias) as letters,
            coalesce(dim_entity.merged_into, dim_entity.entity_id) as named_id
        from name
        inner join dim_entity_alias on name.alias = dim_entity_alias.alias
        inner join dim_entity on dim_entity_alias.entity_id = dim_entity.entity_id
        where dim_entity.origin <> 'article'
    ),

    -- Of a name with and without an ending the longer counts: «Алматыда» were one.
    longest as (
        select *
        from meaning
        qualify letters = max(letters) over (partition by first_place, size)
    ),

    meant as materialized (
        select *
        from longest
        qualify count(*) over (partition by first_place, size) <= 5
    )

    select
        meant.first_place,
        meant.size,
        dim_entity.entity_id
    from meant
    inner join dim_entity
        on meant.named_id = coalesce(dim_entity.merged_into, dim_entity.entity_id)
    where not exists (
        select 1 from meant as longer
        where
            longer.size > meant.size
            and longer.first_place <= meant.first_place
            and longer.first_place + longer.size >= meant.first_place + meant.size
    )
);
