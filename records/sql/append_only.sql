CREATE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only table %: rows are added, never changed or deleted', tg_table_name
        USING ERRCODE = 'restrict_violation';
END $$;
