DELETE FROM "rate_limits";--> statement-breakpoint
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
ALTER TABLE "kept_forms" ADD CONSTRAINT "kept_forms_session_hash_sessions_token_hash_fk" FOREIGN KEY ("session_hash") REFERENCES "public"."sessions"("token_hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kept_forms_session" ON "kept_forms" USING btree ("session_hash");--> statement-breakpoint
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
