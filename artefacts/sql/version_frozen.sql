-- What was put forward is frozen; it may still be withdrawn.
CREATE TRIGGER frozen BEFORE UPDATE ON artefacts_artefactversion FOR EACH ROW EXECUTE FUNCTION portal_frozen('status', 'withdrawn_why', 'revision');
-- And so are its files.
CREATE FUNCTION artefacts_file_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM artefacts_artefactversion version WHERE version.id IN (NEW.version_id, OLD.version_id) AND version.status <> 'draft') THEN
        RAISE EXCEPTION 'the version is fixed: so are its files' USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON artefacts_versionfile FOR EACH ROW EXECUTE FUNCTION artefacts_file_frozen();
