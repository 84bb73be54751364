-- The database itself keeps comments, and the word that there are none, inside the window of their review, whoever writes them, but
-- for those whose lateness is said. It stamps the moment, after the review is held.
CREATE FUNCTION artefacts_comment_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
    SELECT review.*, place.late_leave INTO r FROM artefacts_review review
        JOIN artefacts_reviewrow place ON place.review_id = review.id WHERE place.id = NEW.row_id;
    NEW.said_at := portal_now();
    IF r.status = 'withdrawn' OR r.log_published_at IS NOT NULL OR NEW.said_at < r.opens_at THEN
        RAISE EXCEPTION 'the review is not open' USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_in_time';
    END IF;
    IF NEW.late <> (r.status <> 'open' OR NEW.said_at >= r.closes_at) OR (NEW.late AND r.late_leave <> 'given') THEN
        RAISE EXCEPTION 'the review is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comment_in_time BEFORE INSERT ON artefacts_comment FOR EACH ROW EXECUTE FUNCTION artefacts_comment_in_time();
CREATE TRIGGER comment_in_time BEFORE INSERT ON artefacts_nocomments FOR EACH ROW EXECUTE FUNCTION artefacts_comment_in_time();
