CREATE TABLE "missing_parents" (
	"rfc_message_id" text NOT NULL,
	"message_id" bigint NOT NULL,
	CONSTRAINT "missing_parents_rfc_message_id_message_id_pk" PRIMARY KEY("rfc_message_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "imap_set_aside" (
	"mailbox_id" bigint NOT NULL,
	"folder" text NOT NULL,
	"uid_validity" bigint NOT NULL,
	"uid" bigint NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"words" text NOT NULL,
	"tries" integer DEFAULT 1 NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "imap_set_aside_mailbox_id_folder_uid_validity_uid_pk" PRIMARY KEY("mailbox_id","folder","uid_validity","uid")
);
--> statement-breakpoint
ALTER TABLE "mail_received" ADD COLUMN "answers" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_received" ADD COLUMN "thread_root" text;--> statement-breakpoint
ALTER TABLE "mail_received" ADD COLUMN "copy_of" bigint;--> statement-breakpoint
ALTER TABLE "missing_parents" ADD CONSTRAINT "missing_parents_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imap_set_aside" ADD CONSTRAINT "imap_set_aside_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "missing_parents_message" ON "missing_parents" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "mail_received_to_come" ON "mail_received" USING btree ("rfc_message_id") WHERE fate is null;--> statement-breakpoint
CREATE INDEX "mail_received_turns" ON "mail_received" USING btree ("thread_root") WHERE fate is null and leased_until is not null;--> statement-breakpoint
-- by hand
INSERT INTO "missing_parents" ("rfc_message_id", "message_id")
SELECT named.id, min(m.id) FROM "messages" m
 CROSS JOIN LATERAL (
   SELECT '<' || left(btrim(id, '<>'), 600) || '>' AS id
     FROM (SELECT m.in_reply_to AS id UNION SELECT jsonb_array_elements_text(m."references")) ids WHERE id IS NOT NULL
 ) named
 WHERE m.kind = 'email' AND named.id !~ '^<case[.][0-9]+@'
   AND named.id !~ '^<d[0-9a-z]{1,32}[.][a-z2-7]{16}@'
   AND NOT EXISTS (SELECT FROM "messages" p WHERE p.rfc_message_id = named.id)
 GROUP BY named.id, m.case_number;
