CREATE OR REPLACE FUNCTION portal_stamped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Nobody says that a sweep or a check ended at another time, or began later, than it did.
    NEW.finished_at := portal_now();
    NEW.started_at := least(NEW.started_at, NEW.finished_at);
    RETURN NEW;
END
$$;

CREATE TRIGGER stamped BEFORE INSERT ON ledger_check FOR EACH ROW EXECUTE FUNCTION portal_stamped();
