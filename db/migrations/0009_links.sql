ALTER TABLE "mail_to_send" ADD COLUMN "link_origin" text;--> statement-breakpoint
-- by hand
update mail_to_send m set link_origin = coalesce((select value #>> '{}' from settings where key = 'web.baseUrl'), 'http://localhost:3000')
 where sent_at is null and exists (select from rating_requests r where r.reply_id = m.message_id);--> statement-breakpoint
update settings set key = 'web.localUrl' where key = 'web.baseUrl' and value #>> '{}' ~ '^http://(localhost|127\.|\[::1\])';
