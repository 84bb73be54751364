-- What was issued is frozen; from when it is in force and which decision has baselined it may still be said, and it may be withdrawn.
CREATE FUNCTION artefacts_release_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free text[] := ARRAY['status', 'withdrawn_why', 'effective_on', 'effective_by', 'baselined_by_id', 'revision'];
BEGIN
    IF OLD.issued_at IS NULL OR (NEW.status <> 'planned' AND to_jsonb(OLD) - free = to_jsonb(NEW) - free) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'release % is issued: it can only be followed by another', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen';
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON artefacts_release FOR EACH ROW EXECUTE FUNCTION artefacts_release_frozen();
-- And so is what goes out with it.
CREATE FUNCTION artefacts_contents_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM artefacts_release release WHERE release.id IN (NEW.release_id, OLD.release_id) AND release.status <> 'planned') THEN
        RAISE EXCEPTION 'the release is not planned any more: its contents stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON artefacts_releasedversion FOR EACH ROW EXECUTE FUNCTION artefacts_contents_frozen();
