DELETE FROM "rate_limits";--> statement-breakpoint
ALTER TABLE "mail_received" ADD COLUMN "readers_ended" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
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
