-- The database itself keeps answers inside their window, whoever writes them, but for those whose lateness is said.
-- It stamps the moment, after the assessment is held.
CREATE FUNCTION change_requests_response_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE a record; leave text;
BEGIN
    SELECT assessment.*, row.late_leave INTO a FROM change_requests_assessment assessment
        JOIN change_requests_assessmentrow row ON row.assessment_id = assessment.id WHERE row.id = NEW.row_id;
    NEW.submitted_at := portal_now();
    IF a.status = 'withdrawn' OR NEW.submitted_at < a.opens_at THEN
        RAISE EXCEPTION 'the assessment is not open' USING ERRCODE = 'check_violation', CONSTRAINT = 'response_in_time';
    END IF;
    IF NEW.late <> (a.status <> 'open' OR NEW.submitted_at >= a.closes_at) OR (NEW.late AND a.late_leave <> 'given') THEN
        RAISE EXCEPTION 'the assessment is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'response_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER response_in_time BEFORE INSERT ON change_requests_response FOR EACH ROW EXECUTE FUNCTION change_requests_response_in_time();
