-- The function is the ledger's.
CREATE TRIGGER stamped BEFORE INSERT ON notifications_sweeprun FOR EACH ROW EXECUTE FUNCTION portal_stamped();
