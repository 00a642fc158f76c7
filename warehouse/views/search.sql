-- Grain: one article that a query finds, the best first.
-- A word finds its other forms by their headword, less so words that begin like it. A name
-- finds, less so, articles that mention its bearer by other names. Words in «…» or "…" must
-- stand side by side, in any form. At most 32 different words are asked for. Ranked by BM25F;
-- of equal scores the newest article is first. In the snippet, which the first 100 have, the
-- words found stand between ** and **.
-- An empty or null filter filters nothing (a lake keeps no null as a default).
create or replace macro search(
    query,
    since := '',
    until := '',
    source := '',
    entity := '',
    max_rows := 10
) as table (
    with recursive query_token as materialized (
        select
            phrase_no,
            unnest(range(1, len(token) + 1))::integer as place,
            fold_word(unnest(token)) as word
        from (
            select
                unnest(range(0, len(part) + 1)) as phrase_no,
                cut_words(unnest([query::varchar] || part))[1:2000] as token
            from (
                select
                    regexp_extract_all(
                        query::varchar, '[«"“„]([^«»"“”„]+)[»"“”]', 1
                    )[1:8] as part
            ) as quoted
        ) as cut_query
    ),

    query_word as materialized (
        select
            word,
            row_number() over (order by min(place)) - 1 as word_no,
            upper(word) <> word as has_forms,
            word in (
                'мен', 'бен', 'пен', 'және', 'да', 'де', 'та', 'те', 'ма', 'ме', 'ба', 'бе',
                'па', 'пе', 'ның', 'нің', 'дың', 'дің', 'тың', 'тің', 'ға', 'ге', 'қа', 'ке',
                'дан', 'ден', 'тан', 'тен', 'нан', 'нен', 'ны', 'ні', 'ды', 'ді', 'ты', 'ті',
                'дағы', 'дегі', 'тағы', 'тегі', 'и', 'в', 'во', 'на', 'с', 'о', 'об', 'по',
                'the', 'of', 'and', 'in', 'a', 'an', 'to'
            ) as is_small
        from query_token
        where phrase_no = 0
        group by word
        -- Small words are asked for where there are no others.
        qualify not is_small or bool_and(is_small) over ()
        order by word_no
        limit 32
    ),

    spelling as materialized (
        select
            word_no,
            has_forms,
            unnest(latin_spellings(word)) as form
        from query_word
    ),

    -- The headwords of forms that some article has.
    met as materialized (
        select
            spelling.word_no,
            search_form.form,
            search_form.term
        from spelling
        inner join search_form on spelling.form = search_form.form
    ),

    -- Of the others those that are the headword of such a form.
    headword as materialized (
        select distinct
            unmet.word_no,
            search_form.term
        from (
            select
                word_no,
                form
            from spelling
            where has_forms and word_no not in (select met.word_no from met)
        ) as unmet
        inner join search_form on unmet.form = search_form.term
    ),

    -- Of the rest: what is left when a chain of endings is taken off, the longest.
    cut as (
        select
            unmet.word_no,
            search_form.form,
            search_form.term,
            len(search_form.form) as letters
        from (
            -- The stem as it is cut, and with its last sound hardened: «кітаб», «кітап».
            select
                word_no,
                unnest(
                    [stem, left(stem, -1) || translate(right(stem, 1), 'бгғ', 'пкқ')]
                ) as stem
            from (
                select
                    word_no,
                    unnest(cut_endings(form)) as stem
                from spelling
                where
                    has_forms
                    and word_no not in (select met.word_no from met)
                    and word_no not in (select headword.word_no from headword)
            ) as shortened
        ) as unmet
        inner join search_form on unmet.stem = search_form.form
    ),

    known as materialized (
        select
            word_no,
            form,
            term,
            100 as level
        from met
        union all
        select
            word_no,
            null as form,
            term,
            90 as level
        from headword
        union all
        select
            word_no,
            form,
            term,
            90 as level
        from cut
        qualify letters = max(letters) over (partition by word_no)
    ),

    -- Which forms count for which word, in hundredths.
    candidate as (
        select
            known.word_no,
            search_form.form_no,
            search_form.form,
            search_form.article_count,
            case when known.form = search_form.form then known.level else 90 end as level
        from known
        inner join search_form on known.term = search_form.term
        union all
        select
            spelling.word_no,
            search_form.form_no,
            search_form.form,
            search_form.article_count,
            case
                when left(spelling.form, 5) = left(search_form.form, 5) then 30
                else 15
            end as level
        from spelling
        inner join search_form on left(spelling.form, 4) = search_form.beginning
        where spelling.has_forms and len(spelling.form) >= 4
    ),

    document_total as (
        select greatest(count(*), 1) as documents from search_document
    ),

    weighed as materialized (
        select * exclude (documents)
        from (
            select
                word_no,
                form_no,
                form,
                article_count,
                max(level) as level
            from candidate
            group by word_no, form_no, form, article_count
        ) as graded
        cross join document_total
        -- Words that only begin alike say nothing where they are everywhere.
        qualify
            level >= 90
            or sum(article_count) filter (level < 90) over (partition by word_no)
            <= greatest(100, 0.1 * documents)
    ),

    meant as materialized (
        select * from names_in(query)
    ),

    -- The forms of those whom a name in the query means, for each of its words.
    borne as materialized (
        select distinct
            query_word.word_no,
            search_form.form_no,
            search_form.article_count
        from meant
        inner join query_token
            on
                query_token.phrase_no = 0
                and meant.first_place <= query_token.place
                and meant.first_place + meant.size > query_token.place
        inner join query_word on query_token.word = query_word.word
        inner join search_form on 'e:' || meant.entity_id = search_form.form
    ),

    rarity as materialized (
        select
            word_no,
            ln(1 + (documents - found + 0.5) / (found + 0.5)) as idf
        from (
            select
                word_no,
                least(max(found), any_value(documents)) as found,
                any_value(documents) as documents
            from (
                select
                    word_no,
                    coalesce(
                        sum(article_count) filter (level >= 90), sum(article_count)
                    ) as found
                from weighed
                group by word_no
                union all
                select
                    word_no,
                    article_count as found
                from borne
            ) as counted_form
            cross join document_total
            group by word_no
        ) as counted_word
    ),

    asked as materialized (
        select
            asked_form.word_no,
            asked_form.form_no,
            asked_form.level,
            rarity.idf,
            count(*) over (partition by asked_form.word_no) as forms
        from (
            select
                word_no,
                form_no,
                level
            from weighed
            union all
            select
                word_no,
                form_no,
                50 as level
            from borne
        ) as asked_form
        inner join rarity on asked_form.word_no = rarity.word_no
    ),

    -- What a word has in an article, times 10000: whole numbers, whose sum does not depend on
    -- the order. A word of one form needs no sum.
    counted as (
        select
            search_posting.document_no,
            asked.idf,
            (search_posting.weight * asked.level)::double as frequency
        from search_posting
        inner join asked on search_posting.form_no = asked.form_no
        where asked.forms = 1
        union all
        select
            search_posting.document_no,
            any_value(asked.idf) as idf,
            sum((search_posting.weight * asked.level)::double) as frequency
        from search_posting
        inner join asked on search_posting.form_no = asked.form_no
        where asked.forms > 1
        group by search_posting.document_no, asked.word_no
    ),

    scored as (
        select
            document_no,
            round(sum(idf * frequency * 2.2 / (frequency + 12000)), 4) as score
        from counted
        group by document_no
    ),

    phrase_word as materialized (
        select
            query_token.phrase_no,
            query_token.place,
            query_word.word_no
        from query_token
        inner join query_word on query_token.word = query_word.word
        where query_token.phrase_no > 0
    ),

    phrase_length as materialized (
        select
            phrase_no,
            count(*) as words,
            count(*) over () as phrases
        from phrase_word
        group by phrase_no
    ),

    phrase_form as materialized (
        select
            phrase_word.phrase_no,
            phrase_word.place,
            weighed.form_no,
            -- Of each phrase the word that stands in the fewest articles.
            phrase_word.place = first_value(phrase_word.place) over (
                partition by phrase_word.phrase_no
                order by rarity.idf desc, phrase_word.place asc
            ) as is_rarest
        from phrase_word
        inner join rarity on phrase_word.word_no = rarity.word_no
        inner join weighed on phrase_word.word_no = weighed.word_no
        where weighed.level >= 90
    ),

    -- Where a phrase would begin for one of its words to stand where it does: an article, a
    -- phrase and a place in one number, since DuckDB meets numbers far faster than rows.
    beginning_of_rarest as materialized (
        select
            phrase_form.phrase_no,
            (search_posting.document_no * 8::bigint + phrase_form.phrase_no - 1) * 131072
            + unnest(search_posting.places) + 2048 - phrase_form.place as beginning
        from search_posting
        inner join phrase_form on search_posting.form_no = phrase_form.form_no
        where phrase_form.is_rarest
    ),

    beginning_of_others as (
        select
            (search_posting.document_no * 8::bigint + phrase_form.phrase_no - 1) * 131072
            + unnest(search_posting.places) + 2048 - phrase_form.place as beginning
        from search_posting
        inner join phrase_form on search_posting.form_no = phrase_form.form_no
        where not phrase_form.is_rarest
    ),

    other_words as (
        select
            beginning_of_others.beginning,
            count(*) as words
        from beginning_of_others
        inner join beginning_of_rarest
            on beginning_of_others.beginning = beginning_of_rarest.beginning
        group by beginning_of_others.beginning
    ),

    phrased as (
        select beginning_of_rarest.beginning // (131072 * 8) as document_no
        from beginning_of_rarest
        left join other_words on beginning_of_rarest.beginning = other_words.beginning
        inner join phrase_length on beginning_of_rarest.phrase_no = phrase_length.phrase_no
        where coalesce(other_words.words, 0) = phrase_length.words - 1
        group by document_no
        having
            count(distinct beginning_of_rarest.phrase_no)
            = any_value(phrase_length.phrases)
    ),

    best as materialized (
        select
            allowed.article_id,
            allowed.published_date,
            allowed.score,
            allowed.source_id,
            fact_article.rowid as row_no,
            row_number() over (
                order by
                    allowed.score desc,
                    allowed.published_date desc nulls last,
                    allowed.article_id asc
            ) as turn
        from (
            select
                scored.score,
                search_document.article_id,
                search_document.version,
                search_document.published_date,
                search_document.source_id
            from scored
            inner join search_document on scored.document_no = search_document.document_no
            where
                (
                    nullif(since::varchar, '') is null
                    or search_document.published_date >= nullif(since::varchar, '')::date
                )
                and (
                    nullif(until::varchar, '') is null
                    or search_document.published_date <= nullif(until::varchar, '')::date
                )
                and (
                    nullif(source::varchar, '') is null
                    or search_document.source_id in (
                        select dim_source.source_id from dim_source
                        where dim_source.source_code = source::varchar  -- noqa: RF03
                    )
                )
                and (
                    nullif(entity::varchar, '') is null
                    or search_document.article_id in (
                        select fact_mention.article_id
                        from fact_mention
                        inner join entity_ids(entity) as wanted
                            on fact_mention.entity_id = wanted.entity_id
                    )
                )
                and (
                    (select count(*) from phrase_word) = 0
                    or scored.document_no in (select phrased.document_no from phrased)
                )
            order by
                scored.score desc,
                search_document.published_date desc nulls last,
                search_document.article_id asc
            limit max_rows
        ) as allowed
        inner join fact_article
            on
                allowed.article_id = fact_article.article_id
                and allowed.version = fact_article.version
    ),

    -- One by one: DuckDB reads a single row by its number at once, of several it reads the
    -- blocks around them.
    fetched as (
        select
            0::bigint as turn,
            null::varchar as title,
            null::varchar as url,
            null::varchar as text
        union all
        select
            following.turn,
            fact_article.title,
            fact_article.url,
            fact_article.text
        from (
            select
                best.turn,
                best.row_no
            from fetched
            inner join best on fetched.turn + 1 = best.turn
            where best.turn <= 100
        ) as following
        inner join fact_article on following.row_no = fact_article.rowid
    ),

    marked as (
        select form
        from weighed
        where level >= 30
        union
        select form
        from (
            select fold_word(unnest(cut_words(dim_entity_alias.alias))) as form
            from dim_entity_alias
            inner join meant on dim_entity_alias.entity_id = meant.entity_id
        ) as word_of_name
        where len(form) >= 3
    ),

    piece as materialized (
        select
            token_list.turn,
            token_list.place,
            token_list.token,
            marked.form is not null as is_hit
        from (
            select
                turn,
                unnest(range(1, len(token) + 1)) as place,
                unnest(token) as token
            from (
                select
                    turn,
                    cut_pieces(replace(text, chr(10), ' ')) as token
                from fetched
                where turn > 0
            ) as cut_text
        ) as token_list
        left join marked on replace(lower(token_list.token), 'ё', 'е') = marked.form
    ),

    -- Where most words found stand close together.
    hit as (
        select
            turn,
            place,
            count(*) over (
                partition by turn
                order by place asc
                range between current row and 40 following
            ) as hits
        from piece
        where is_hit
    ),

    spot as (
        select
            fetched.turn,
            greatest(1, coalesce(arg_min(hit.place, (-hit.hits, hit.place)), 1) - 12)
                as first_place
        from fetched
        left join hit on fetched.turn = hit.turn
        group by fetched.turn
    ),

    snippet as (
        select
            piece.turn,
            case when any_value(spot.first_place) > 1 then '…' else '' end
            || trim(
                string_agg(
                    case when piece.is_hit then '**' || piece.token || '**' else piece.token end,
                    '' order by piece.place asc
                ) filter (piece.place <= spot.first_place + 60)
            )
            || case
                when max(piece.place) > any_value(spot.first_place) + 60 then '…' else ''
            end as snippet
        from piece
        inner join spot on piece.turn = spot.turn
        where piece.place >= spot.first_place
        group by piece.turn
    ),

    shown as (
        select
            fetched.turn,
            fetched.title,
            fetched.url,
            snippet.snippet
        from fetched
        left join snippet on fetched.turn = snippet.turn
        union all
        select
            best.turn,
            fact_article.title,
            fact_article.url,
            null as snippet
        from best
        inner join fact_article on best.row_no = fact_article.rowid
        where best.turn > 100
    )

    select
        best.article_id,
        shown.title,
        best.published_date,
        dim_source.source_code as source,
        shown.url,
        best.score,
        shown.snippet
    from best
    inner join shown on best.turn = shown.turn
    left join dim_source on best.source_id = dim_source.source_id
    order by best.turn
);
