-- dream-users.sql: the 29 users of A Midsummer Night's Dream, and who follows whom.
--
-- Purpose:  gives that play's speakers their full names, short names and bios before their tweets
--           are loaded. For that play only: others' speakers become users as they are met.
-- Objects:  rows of tweet.users and tweet.follower
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/tweet/dream-users.sql
--           After schema.sql. May be run again: users and followers that exist are left alone.

insert into tweet.users (uname, nickname, bio)
values
  -- The court
  ('Theseus', null, 'Duke of Athens, counting the nights until the wedding.'),
  ('Hippolyta', null, 'Queen of the Amazons, conquered once and unimpressed ever since.'),
  ('Egeus', null, 'Father of one, with strong opinions on sons-in-law and the law to match.'),
  ('Philostrate', null, 'Master of the revels; I have read the script and I did warn you.'),

  -- The lovers
  ('Hermia', null, 'Short, as people keep telling me, and taller than anyone''s patience.'),
  ('Lysander', null, 'The course of my love is a shortcut through the woods.'),
  ('Demetrius', null, 'Engaged to one, chased by another, awake for neither.'),
  ('Helena', null, 'Still running after him; my friends say it counts as exercise.'),

  -- The players
  ('Peter Quince', 'Quince', 'Carpenter by day, playwright by moonlight, patient at all hours.'),
  ('Nick Bottom', 'Bottom', 'Weaver, and available for every part in your next production.'),
  ('Francis Flute', 'Flute', 'Mends bellows, grows a beard, gets the lady''s part anyway.'),
  ('Tom Snout', 'Snout', 'Tinker who once held up a whole scene by being a wall.'),
  ('Snug', null, 'Joiner and slow reader; my roar needs no script.'),
  ('Robin Starveling', 'Starveling', 'Tailor, dog owner, and the only moon in town with a lantern.'),

  -- The fairies
  ('Oberon', null, 'King of the fairies, invisible when it suits me.'),
  ('Titania', null, 'Queen of the fairies; I wake up like this, beside whom I will not discuss.'),
  ('Puck', 'Robin Goodfellow', 'Deliveries around the earth in forty minutes, recipients not guaranteed.'),
  ('Peaseblossom', null, 'Small, fragrant, and ready to serve.'),
  ('Cobweb', null, 'Good with cut fingers, bad with brooms.'),
  ('Moth', null, 'Flies toward anything that glows.'),
  ('Mustardseed', null, 'Comes from a hot family and is best with roast beef.'),
  ('Fairy', null, 'Over hill, over dale, dropping dew before breakfast.'),

  -- The play within the play, and everybody at once
  ('Prologue', null, 'Pauses in the wrong. Places, but means well.'),
  ('Pyramus', null, 'Dies for love, at length, and takes requests to do it again.'),
  ('Thisbe', null, 'Has a date at the tomb and a scarf to lose.'),
  ('Wall', null, 'Has a chink, keeps secrets, crumbles on cue.'),
  ('Moonshine', null, 'The lantern is the moon; the rest is explained in the notes.'),
  ('Lion', null, 'Roars gently, so as not to alarm the ladies.'),
  ('All', null, 'What everybody says when everybody speaks.')
on conflict (uname) do nothing;

-- Lovers follow whom they love, as they stand before anybody falls asleep in the wood.
insert into tweet.follower (follower, following)
select lover.userid, beloved.userid
  from (values ('Lysander', 'Hermia'),
               ('Demetrius', 'Hermia'),
               ('Hermia', 'Lysander'),
               ('Helena', 'Demetrius')) as love (lover, beloved)
  join tweet.users as lover on lover.uname = love.lover
  join tweet.users as beloved on beloved.uname = love.beloved
on conflict do nothing;

-- The fairies in waiting follow their king and their queen.
insert into tweet.follower (follower, following)
select fairy.userid, sovereign.userid
  from tweet.users as fairy
 cross join tweet.users as sovereign
 where fairy.uname in ('Peaseblossom', 'Cobweb', 'Moth', 'Mustardseed')
   and sovereign.uname in ('Oberon', 'Titania')
on conflict do nothing;
