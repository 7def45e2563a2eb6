CREATE TABLE "round_faults" (
	"name" text PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"times" integer NOT NULL,
	"words" text NOT NULL
);
