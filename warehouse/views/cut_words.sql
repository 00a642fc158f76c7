-- The words of a text, as transforms.search_words cuts them.
-- The class names what is no letter: RE2 compiles it ten times as fast as \p{L}.
create or replace macro cut_words(text) as (
    regexp_extract_all(
        text,
        '[^\x00-/:-@\[-\x60{-\x{BF}\x{D7}\x{F7}\x{2000}-\x{2BFF}\x{3000}-\x{303F}'
        || '\x{FE00}-\x{FE0F}\x{FEFF}\x{1F000}-\x{1FAFF}]+'
    )
);
