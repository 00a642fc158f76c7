-- A text as it stands between the tags of XML.
create or replace macro xml_text(value) as replace(
    replace(replace(value, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'
);
