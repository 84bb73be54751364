-- What was put forward is frozen; it may still be withdrawn.
CREATE TRIGGER frozen BEFORE UPDATE ON artefacts_artefactversion FOR EACH ROW EXECUTE FUNCTION portal_frozen('status', 'withdrawn_why', 'revision');
