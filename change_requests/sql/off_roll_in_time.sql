-- The database itself keeps answers off the roll to their assessment, whoever writes them: none before it, none when it was withdrawn or its
-- results are published, and whether it is late is as the clock says. It stamps the moment, after the assessment is held.
CREATE FUNCTION change_requests_off_roll_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM change_requests_assessment WHERE id = NEW.assessment_id;
    NEW.submitted_at := portal_now();
    IF a.status = 'withdrawn' OR NEW.submitted_at < a.opens_at OR a.results_published_at IS NOT NULL THEN
        RAISE EXCEPTION 'the assessment is not open' USING ERRCODE = 'check_violation', CONSTRAINT = 'off_roll_in_time';
    END IF;
    IF NEW.late <> (a.status <> 'open' OR NEW.submitted_at >= a.closes_at) THEN
        RAISE EXCEPTION 'whether it is late is for the clock to say' USING ERRCODE = 'check_violation', CONSTRAINT = 'off_roll_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER off_roll_in_time BEFORE INSERT ON change_requests_offrollanswer FOR EACH ROW EXECUTE FUNCTION change_requests_off_roll_in_time();
