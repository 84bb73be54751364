-- The database itself keeps votes inside their window, whoever writes them. It stamps the moment, after the question's lock
-- is held, so that none is counted late and none that was acknowledged is lost.
CREATE FUNCTION decisions_cast_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE q record;
BEGIN
    SELECT question.* INTO q FROM decisions_question question
        JOIN decisions_rollrow row ON row.question_id = question.id WHERE row.id = NEW.row_id;
    IF q.origin = 'imported' THEN
        IF NEW.capacity <> 'imported' THEN
            RAISE EXCEPTION 'no votes are added to what was read in' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    NEW.recorded_at := portal_now();
    IF NEW.capacity = 'imported' OR q.status <> 'open' OR NEW.recorded_at < q.opens_at
       OR NEW.recorded_at >= q.closes_at THEN
        RAISE EXCEPTION 'the question is not open' USING ERRCODE = 'check_violation', CONSTRAINT = 'cast_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cast_in_time BEFORE INSERT ON decisions_cast FOR EACH ROW EXECUTE FUNCTION decisions_cast_in_time();
