ALTER TABLE "messages" ADD COLUMN "held_for" text;
--> statement-breakpoint
-- by hand
update "messages" set "held_for" = case
    when "joined_because" like 'Held because its sender wrote more than %' then 'volume'
    when "joined_because" like 'Held because %' then 'disowned'
    else 'new sender' end
  where "unverified" and "machine" is null;
