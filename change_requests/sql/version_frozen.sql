-- A fixed version is frozen, and so is what it says is attached to it.
CREATE TRIGGER frozen BEFORE UPDATE ON change_requests_changerequestversion FOR EACH ROW EXECUTE FUNCTION portal_frozen('revision');
CREATE FUNCTION change_requests_attachment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM change_requests_changerequestversion version WHERE version.id IN (NEW.version_id, OLD.version_id) AND version.status <> 'draft') THEN
        RAISE EXCEPTION 'the version is fixed: so is what is attached to it' USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON change_requests_attachment FOR EACH ROW EXECUTE FUNCTION change_requests_attachment_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON change_requests_requestfile FOR EACH ROW EXECUTE FUNCTION change_requests_attachment_frozen();
