-- What differs from what was put to the group is written down when a version is put forward; after that it stays, as the version's files do.
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON artefacts_passage FOR EACH ROW EXECUTE FUNCTION artefacts_file_frozen();
