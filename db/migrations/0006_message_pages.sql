CREATE TABLE "message_pages" (
	"message_id" bigint PRIMARY KEY NOT NULL,
	"cleaner" integer NOT NULL,
	"html" text,
	"trouble" text,
	"remote_images" integer DEFAULT 0 NOT NULL,
	"has_colours" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "message_pages" ADD CONSTRAINT "message_pages_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_html" ON "messages" USING btree ("id") WHERE html is not null;