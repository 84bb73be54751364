CREATE FUNCTION portal_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()';
COMMENT ON FUNCTION portal_now() IS 'The one clock of the portal. Tests and rehearsals replace it.';
