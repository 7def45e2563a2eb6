DELETE FROM "rate_limits";--> statement-breakpoint
CREATE TABLE "message_pages" (
	"message_id" bigint PRIMARY KEY NOT NULL,
	"cleaner" integer NOT NULL,
	"html" text,
	"trouble" text,
	"remote_images" integer DEFAULT 0 NOT NULL,
	"has_colours" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_forms" (
	"id" text PRIMARY KEY NOT NULL,
	"session_hash" text NOT NULL,
	"path" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rate_limits" ALTER COLUMN "expire" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_received" ADD COLUMN "readers_ended" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "password_is_public" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "may_read" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "may_measure" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "may_administer" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "owner_id" bigint;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "mailbox_ids" jsonb;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "message_pages" ADD CONSTRAINT "message_pages_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_forms" ADD CONSTRAINT "kept_forms_session_hash_sessions_token_hash_fk" FOREIGN KEY ("session_hash") REFERENCES "public"."sessions"("token_hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kept_forms_session" ON "kept_forms" USING btree ("session_hash");--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_owner_id_agents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_html" ON "messages" USING btree ("id") WHERE html is not null;--> statement-breakpoint
CREATE INDEX "rate_limits_empties" ON "rate_limits" USING btree ("expire");--> statement-breakpoint
ALTER TABLE "rate_limits" DROP COLUMN "points";--> statement-breakpoint
-- by hand
-- PostgreSQL does not know the rules domains are compared by; a job brings what may differ into the one form.
insert into jobs (kind, dedupe_key, due_at)
select 'addresses', 'addresses', now()
 where exists (select from customer_addresses where address ~ '[^ -~]|[A-Z]|@.*(xn--|[.]$)')
    or exists (select from participants where address ~ '[^ -~]|[A-Z]|@.*(xn--|[.]$)')
    or exists (select from mailboxes where address ~ '[^ -~]|[A-Z]|@.*(xn--|[.]$)')
    or exists (select from agents where email ~ '[^ -~]|[A-Z]|@.*(xn--|[.]$)')
    or exists (select from sender_rules where sender ~ '[^ -~]|[A-Z]|@.*(xn--|[.]$)')
    or exists (select from bounces where address ~ '[^ -~]|[A-Z]|@.*(xn--|[.]$)');
--> statement-breakpoint
UPDATE "agents" SET "password_is_public" = true WHERE "email" IN ('joan@harbor.example', 'ann@harbor.example', 'chase@harbor.example', 'emily@harbor.example', 'michael@harbor.example', 'kristin@harbor.example', 'merissa@harbor.example');
--> statement-breakpoint
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
--> statement-breakpoint
-- What a token could do until now it still may; it ends in a year, as new ones do.
UPDATE "api_tokens" SET "may_measure" = true, "expires_at" = now() + interval '1 year' WHERE "revoked_at" IS NULL;
