-- by hand
CREATE FUNCTION tell_access() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whose bigint;
BEGIN
  IF TG_TABLE_NAME = 'agents' THEN whose := NEW.id;
  ELSIF TG_OP = 'INSERT' THEN whose := NEW.agent_id;
  ELSE whose := OLD.agent_id;
  END IF;
  PERFORM pg_notify('access', whose::text);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER sessions_access AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION tell_access();--> statement-breakpoint
CREATE TRIGGER agents_access AFTER UPDATE ON agents FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.deactivated_at IS DISTINCT FROM NEW.deactivated_at)
  EXECUTE FUNCTION tell_access();--> statement-breakpoint
CREATE TRIGGER mailbox_agents_access AFTER INSERT OR DELETE ON mailbox_agents FOR EACH ROW EXECUTE FUNCTION tell_access();
