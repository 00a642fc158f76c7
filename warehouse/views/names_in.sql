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

    part as (
        select
            place.first_place,
            length.size,
            words[place.first_place:place.first_place + length.size - 1] as words,
            gaps[place.first_place:place.first_place + length.size - 2] as gaps
        from words_of_query
        cross join (select unnest(range(1, 41)) as first_place) as place
        cross join (select unnest([1, 2, 3, 4]) as size) as length
        where place.first_place + length.size - 1 <= len(words_of_query.words)
    ),

    -- As typed, with look-alikes folded, and Latin letters read as Kazakh ones.
    spelled as (
        select
            first_place,
            size,
            gaps,
            list_transform(
                words,
                lambda word: case
                    when way = 0 then word
                    else coalesce(
                        latin_spellings(fold_word(word))[way], latin_spellings(fold_word(word))[1]
                    )
                end
            ) as words
        from part
        cross join (select unnest(range(0, 7)) as way) as ways
        where way <= 1 or regexp_matches(array_to_string(words, ''), '[A-Za-z]')
    ),

    cased as (
        select distinct
            first_place,
            size,
            gaps,
            unnest(
                [
                    words,
                    list_transform(words, lambda word: upper(word)),
                    list_transform(
                        words, lambda word: upper(left(word, 1)) || lower(substring(word, 2))
                    ),
                    list_transform(
                        words,
                        lambda word, place: case
                            when place = 1 then upper(left(word, 1)) || lower(substring(word, 2))
                            else lower(word)
                        end
                    )
                ]
            ) as words
        from spelled
    ),

    -- With and without each case ending that the last word may have.
    name as (
        select distinct
            first_place,
            size,
            array_to_string(
                list_transform(
                    words[1:size - 1], lambda word, place: word || gaps[place]
                ),
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

    meant as materialized (
        select distinct
            name.first_place,
            name.size,
            coalesce(dim_entity.merged_into, dim_entity.entity_id) as named_id
        from name
        inner join dim_entity_alias on name.alias = dim_entity_alias.alias
        inner join dim_entity on dim_entity_alias.entity_id = dim_entity.entity_id
        where dim_entity.origin <> 'article'
        -- «Алматыны» is «Алматы», though «Алматын» were a name.
        qualify
            len(name.alias) = max(len(name.alias)) over (
                partition by name.first_place, name.size
            )
            and count(distinct coalesce(dim_entity.merged_into, dim_entity.entity_id)) over (
                partition by name.first_place, name.size
            ) <= 5
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
