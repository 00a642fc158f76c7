-- What is left of a word in small letters when a chain of endings is taken off: every stem of
-- two letters or more, the shortest first, and nulls.
create or replace macro cut_endings(word) as (
    list_transform(
        range(2, len(word)),
        lambda size: case
            when
                regexp_matches(
                    substring(word, size + 1),
                    '^([лдт][ае]р|[ыі]|с[ыі]|[ыі]?[мң]|[ыі]?[мң][ыі]з'
                    || '|[ндт][ыі]ң|[ғқгкн][ае]|[ае]|[ндт][ыі]|н'
                    || '|н?[дт][ае]|[дтн][ае]н|[мбп]ен|[ғг][ыі]|[дт][ае]й'
                    || '|[дт]ік[ыі]|[ғқгк][ае]н|[ае]т[ыі]н|йт[ыі]н|[ае]р|р'
                    || '|[мбп][ае]с?|[мбп][ае][қк]|[дт][ыі][мңқк]?|[ае]ды'
                    || '|[ае]ді|йд[ыі]|[ыі]?п|с[ае]|с[ыі]н|[бмп][ыі]н|у)+$'
                )
                then left(word, size)
        end
    )
);
