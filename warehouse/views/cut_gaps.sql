-- What stands after each word of a text: a hyphen, or else a space.
create or replace macro cut_gaps(text) as (
    list_transform(
        regexp_extract_all(
            text,
            '[^\x00-/:-@\[-\x60{-\x{BF}\x{D7}\x{F7}\x{2000}-\x{2BFF}\x{3000}-\x{303F}'
            || '\x{FE00}-\x{FE0F}\x{FEFF}\x{1F000}-\x{1FAFF}]+'
            || '([\x00-/:-@\[-\x60{-\x{BF}\x{D7}\x{F7}\x{2000}-\x{2BFF}\x{3000}-\x{303F}'
            || '\x{FE00}-\x{FE0F}\x{FEFF}\x{1F000}-\x{1FAFF}]*)',
            1
        ),
        lambda gap: case when gap in ('-', '‐', '‑') then '-' else ' ' end
    )
);
