-- What is fixed stays as it is, whoever writes it: every column but those named as the trigger's arguments.
CREATE FUNCTION portal_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' OR to_jsonb(OLD) - TG_ARGV = to_jsonb(NEW) - TG_ARGV THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% % is fixed: it can only be followed by another', TG_TABLE_NAME, OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen';
END $$;
