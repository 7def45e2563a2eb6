ALTER TABLE "cases" ADD COLUMN "facts_in" jsonb;--> statement-breakpoint
ALTER TABLE "frown_ratings" ADD COLUMN "own_frown_id" bigint;--> statement-breakpoint
ALTER TABLE "frowns" ADD COLUMN "alone" jsonb;--> statement-breakpoint
CREATE INDEX "case_events_unmerged" ON "case_events" USING btree ("at") WHERE kind = 'unmerged';--> statement-breakpoint
CREATE INDEX "frown_ratings_own" ON "frown_ratings" USING btree ("own_frown_id") WHERE own_frown_id is not null;--> statement-breakpoint
CREATE INDEX "frowns_merged" ON "frowns" USING btree ("id") WHERE alone is not null;