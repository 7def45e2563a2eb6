ALTER TABLE "api_tokens" ADD COLUMN "may_read" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "may_measure" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "may_administer" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "owner_id" bigint;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "mailbox_ids" jsonb;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_owner_id_agents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- by hand
-- What a token could do until now it still may; it ends in a year, as new ones do.
UPDATE "api_tokens" SET "may_measure" = true, "expires_at" = now() + interval '1 year' WHERE "revoked_at" IS NULL;
