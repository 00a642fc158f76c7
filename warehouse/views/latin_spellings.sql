-- Ways to write a word in Cyrillic that was typed in Latin letters, itself the first.
-- The alphabets of 2021 (which unmarked typing follows), of 2018 and of the Kazakh Wikipedia.
create or replace macro latin_spellings(word) as (
    case
        when not regexp_matches(word, '^[a-zà-ʯ]+$') then [word]
        else
            [word]
            || list_transform(
                ['іиыу', 'иіыұ', 'ыійұ', 'ыіыу', 'ыиыу'],
                lambda vowels: translate(
                    replace(
                        replace(
                            replace(
                                replace(replace(replace(word, 'sh', 'ш'), 'ch', 'ч'), 'zh', 'ж'),
                                'kh', 'х'
                            ),
                            'gh', 'ғ'
                        ),
                        'ts', 'ц'
                    ),
                    'abdefgjklmnopqrtvzhscxäáöóüúğǵñńşçūŭəŋýwïıiyu',
                    'абдефгжклмнопқртвзхскхәәөөүүғғңңшчұұәңууи' || vowels
                )
            )
    end
);
