-- What was issued is frozen; from when it is in force and which decision has baselined it may still be said, and it may be withdrawn.
CREATE OR REPLACE FUNCTION artefacts_release_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free text[] := ARRAY['status', 'withdrawn_why', 'effective_on', 'effective_by', 'baselined_by_id', 'revision'];
BEGIN
    IF OLD.issued_at IS NULL OR (NEW.status <> 'planned' AND to_jsonb(OLD) - free = to_jsonb(NEW) - free) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'release % is issued: it can only be followed by another', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen';
END $$;
