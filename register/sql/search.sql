-- English, without accents: "café" is found as "cafe".
CREATE TEXT SEARCH CONFIGURATION portal (COPY = english);
ALTER TEXT SEARCH CONFIGURATION portal ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
