-- A word as search_form writes it: small letters, look-alikes folded, «kegocтың» as «kegoc».
create or replace macro fold_word(word) as (
    case
        when not regexp_matches(lower(word), '[Ѐ-ԯ][a-zə]|[a-zə][Ѐ-ԯ]')
            then replace(lower(word), 'ё', 'е')[1:40]
        when regexp_matches(lower(word), '^[a-z0-9]{2,}[Ѐ-ԯ]+$')
            then regexp_extract(lower(word), '^[a-z0-9]+')
        else
            translate(
                replace(lower(word), 'ё', 'е'), 'aceopxyhikmtbəǝɵŋï', 'асеорхуһікмтьәәөңї'
            )[1:40]
    end
);
