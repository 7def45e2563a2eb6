CREATE TABLE "tally_zones" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"zone" text NOT NULL
);
--> statement-breakpoint
-- by hand
INSERT INTO "tally_zones" ("zone")
SELECT coalesce((SELECT "value" #>> '{}' FROM "settings" WHERE "key" = 'desk.timeZone'), 'UTC')
 WHERE EXISTS (SELECT FROM "rating_tallies") OR EXISTS (SELECT FROM "reply_tallies");
