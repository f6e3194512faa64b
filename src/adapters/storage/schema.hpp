// The database's format, as numbered steps: a step that was released never changes; a change is a new step. Times are
// Unix ms, durations seconds, flags 0 or 1, lists of times comma-separated, lists of texts JSON, pictures base64. The
// text runs on SQLite and PostgreSQL.
#pragma once

#include <array>
#include <string_view>

namespace costage::storage {

struct SchemaStep {
  int version;
  std::string_view sql;       // statements, each ended by a semicolon
  std::string_view shared{};  // what only a database that several nodes share needs
};

inline constexpr std::array<SchemaStep, 19> kSchema{{{1, R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE rooms (
  room_id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  metadata TEXT NOT NULL,
  external_id TEXT NOT NULL,
  chat_enabled BIGINT NOT NULL,
  invite_watchers_only BIGINT NOT NULL,
  max_co_hosts BIGINT NOT NULL,
  invitation_ttl BIGINT NOT NULL,
  reconnect_grace BIGINT NOT NULL,
  host_id TEXT NOT NULL,
  host_name TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  live_at BIGINT,
  ended_at BIGINT,
  reconnect_by BIGINT,
  version BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  last_epoch BIGINT NOT NULL,
  recent_invites TEXT NOT NULL
);
CREATE INDEX rooms_by_creation ON rooms (created_at, room_id);
CREATE INDEX rooms_by_status ON rooms (status, created_at, room_id);

CREATE TABLE seats (
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  lease_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  camera TEXT NOT NULL,
  microphone TEXT NOT NULL,
  joined_at BIGINT NOT NULL,
  on_air_at BIGINT,
  release_at BIGINT,
  link TEXT NOT NULL,
  PRIMARY KEY (room_id, user_id)
);

CREATE TABLE invitations (
  invitation_id TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  room_title TEXT NOT NULL,
  inviter_id TEXT NOT NULL,
  inviter_name TEXT NOT NULL,
  invitee_id TEXT NOT NULL,
  invitee_name TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  responded_at BIGINT,
  ttl BIGINT NOT NULL,
  declines BIGINT NOT NULL,
  admission TEXT NOT NULL,
  created_seq BIGINT NOT NULL,
  newest BIGINT NOT NULL
);
CREATE INDEX invitations_newest ON invitations (room_id, newest, created_seq);
CREATE INDEX invitations_by_room ON invitations (room_id, created_at, invitation_id);
CREATE INDEX invitations_by_invitee ON invitations (invitee_id, created_at, invitation_id);
CREATE INDEX invitations_pending ON invitations (invitee_id, status);

CREATE TABLE events (
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  seq BIGINT NOT NULL,
  type TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor_id TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (room_id, seq)
);

CREATE TABLE users (user_id TEXT PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE answers (
  user_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  request TEXT NOT NULL,
  at BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (user_id, idempotency_key)
);
CREATE INDEX answers_by_time ON answers (at);
)sql"},
                                                     {2, R"sql(
CREATE TABLE revocations (
  room TEXT NOT NULL,
  identity TEXT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (room, identity)
);
CREATE INDEX revocations_by_time ON revocations (until);
)sql"},
                                                     {3, R"sql(
ALTER TABLE rooms ADD COLUMN co_host_devices TEXT NOT NULL DEFAULT 'any';
ALTER TABLE rooms ADD COLUMN guests_may_watch BIGINT NOT NULL DEFAULT 0;
)sql"},
                                                     // Each aggregate's rows apart; histories are streams of their own.
                                                     {4, R"sql(
CREATE TABLE streams (stream TEXT PRIMARY KEY, seq BIGINT NOT NULL);
INSERT INTO streams (stream, seq) SELECT 'room/' || room_id, seq FROM rooms;

CREATE TABLE stream_events (
  stream TEXT NOT NULL,
  seq BIGINT NOT NULL,
  type TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor_id TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
);
INSERT INTO stream_events (stream, seq, type, at, actor_id, body)
  SELECT 'room/' || room_id, seq, type, at, actor_id, body FROM events;
DROP TABLE events;
ALTER TABLE stream_events RENAME TO events;

CREATE TABLE followers (
  follower TEXT NOT NULL,
  stream TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (follower, stream)
);
INSERT INTO followers (follower, stream, seq) SELECT 'media_rights', stream, seq FROM streams;

CREATE TABLE stages (room_id TEXT PRIMARY KEY REFERENCES rooms (room_id), last_epoch BIGINT NOT NULL);
INSERT INTO stages (room_id, last_epoch) SELECT room_id, last_epoch FROM rooms;

CREATE TABLE invitation_rates (room_id TEXT PRIMARY KEY REFERENCES rooms (room_id), recent TEXT NOT NULL);
INSERT INTO invitation_rates (room_id, recent) SELECT room_id, recent_invites FROM rooms;

ALTER TABLE rooms DROP COLUMN seq;
ALTER TABLE rooms DROP COLUMN last_epoch;
ALTER TABLE rooms DROP COLUMN recent_invites;

DROP INDEX invitations_newest;
ALTER TABLE invitations DROP COLUMN created_seq;
ALTER TABLE invitations RENAME COLUMN newest TO held;
CREATE INDEX invitations_held ON invitations (room_id, held, created_at, invitation_id);

DROP TABLE answers;
CREATE TABLE answers (
  user_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  request TEXT NOT NULL,
  at BIGINT NOT NULL,
  room_id TEXT NOT NULL,
  made_id TEXT NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (user_id, idempotency_key)
);
CREATE INDEX answers_by_time ON answers (at);
)sql"},
                                                     {5, R"sql(
ALTER TABLE rooms ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
)sql"},
                                                     // Rooms hold invitations only as long as they matter.
                                                     {6, R"sql(
UPDATE invitations SET held = 0 WHERE held = 1 AND (status IN ('cancelled', 'expired') OR admission = 'revoked');
CREATE INDEX invitations_of_pair ON invitations (room_id, invitee_id, created_at, invitation_id);
)sql"},
                                                     {7, R"sql(
CREATE TABLE webhook_urls (url TEXT PRIMARY KEY, last BIGINT NOT NULL, lost BIGINT NOT NULL);
CREATE TABLE webhooks (
  url TEXT NOT NULL REFERENCES webhook_urls (url),
  number BIGINT NOT NULL,
  body TEXT NOT NULL,
  made BIGINT NOT NULL,
  PRIMARY KEY (url, number)
);
)sql"},
                                                     {8, R"sql(
ALTER TABLE rooms ADD COLUMN requests_open BIGINT NOT NULL DEFAULT 1;
ALTER TABLE rooms ADD COLUMN request_ttl BIGINT NOT NULL DEFAULT 600;
ALTER TABLE rooms ADD COLUMN request_order TEXT NOT NULL DEFAULT 'asked';

CREATE TABLE requests (
  request_id TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  comment TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  responded_at BIGINT,
  reason TEXT NOT NULL,
  appearances BIGINT NOT NULL,
  declines BIGINT NOT NULL,
  asked TEXT NOT NULL,
  held BIGINT NOT NULL
);
CREATE INDEX requests_held ON requests (room_id, held, created_at, request_id);
CREATE INDEX requests_of_person ON requests (room_id, user_id, created_at, request_id);
)sql"},
                                                     {9, R"sql(
ALTER TABLE rooms ADD COLUMN invitees_must_be_ready BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN invite_requesters_only BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN min_client_version TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN takes_invitations BIGINT NOT NULL DEFAULT 1;

CREATE TABLE blocks (
  blocked_by TEXT NOT NULL,
  user_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (blocked_by, user_id)
);
)sql"},
                                                     {10, R"sql(
ALTER TABLE rooms ADD COLUMN successor_id TEXT;
ALTER TABLE rooms ADD COLUMN acting_host_id TEXT;
ALTER TABLE seats ADD COLUMN may_invite BIGINT NOT NULL DEFAULT 0;
ALTER TABLE seats ADD COLUMN may_moderate BIGINT NOT NULL DEFAULT 0;
ALTER TABLE seats ADD COLUMN may_manage_products BIGINT NOT NULL DEFAULT 0;
)sql"},
                                                     {11, R"sql(
CREATE TABLE scenes (
  room_id TEXT PRIMARY KEY REFERENCES rooms (room_id),
  layout TEXT NOT NULL,
  spotlight_id TEXT,
  seat_order TEXT NOT NULL
);
)sql"},
                                                     {12, R"sql(
ALTER TABLE rooms ADD COLUMN second_window TEXT NOT NULL DEFAULT 'replaces';
ALTER TABLE rooms ADD COLUMN quiet_limit BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN show_limit BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN quiet_since BIGINT;
ALTER TABLE rooms ADD COLUMN end_reason TEXT;
ALTER TABLE seats ADD COLUMN screen TEXT NOT NULL DEFAULT 'off';
)sql"},
                                                     {13, R"sql(
ALTER TABLE invitations ADD COLUMN called_for BIGINT;
INSERT INTO followers (follower, stream, seq) SELECT 'green_room_rights', stream, seq FROM streams;
CREATE TABLE run_of_shows (
  room_id TEXT PRIMARY KEY REFERENCES rooms (room_id),
  current_item BIGINT
);
CREATE TABLE run_of_show_items (
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  user_id TEXT,
  PRIMARY KEY (room_id, position)
);
)sql"},
                                                     // Who keeps order in a show, and its chat: a stream of its own.
                                                     {14, R"sql(
CREATE TABLE standings (
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  moderator BIGINT NOT NULL,
  muted BIGINT NOT NULL,
  muted_until BIGINT,
  banned BIGINT NOT NULL,
  reason TEXT NOT NULL,
  by_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (room_id, user_id)
);

CREATE TABLE chats (
  room_id TEXT PRIMARY KEY REFERENCES rooms (room_id),
  writers TEXT NOT NULL,
  slow_mode BIGINT NOT NULL,
  watched_minutes BIGINT NOT NULL,
  pin_text TEXT NOT NULL,
  pin_message_id TEXT NOT NULL,
  pin_user_id TEXT NOT NULL,
  pin_name TEXT NOT NULL,
  pinned_at BIGINT NOT NULL,
  pin_until BIGINT
);
INSERT INTO chats (room_id, writers, slow_mode, watched_minutes, pin_text, pin_message_id, pin_user_id, pin_name, pinned_at)
  SELECT room_id, 'everybody', 0, 0, '', '', '', '', 0 FROM rooms;

CREATE TABLE chat_messages (
  message_id TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  kind TEXT NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  status TEXT NOT NULL,
  client_id TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  edited_at BIGINT,
  deleted_at BIGINT,
  deleted_by TEXT,
  reason TEXT NOT NULL,
  reply_message_id TEXT NOT NULL,
  reply_user_id TEXT NOT NULL,
  reply_name TEXT NOT NULL,
  reply_excerpt TEXT NOT NULL,
  mentions TEXT NOT NULL,
  asks_to_join BIGINT NOT NULL,
  reactions TEXT NOT NULL,
  place BIGINT NOT NULL
);
CREATE INDEX chat_messages_by_place ON chat_messages (room_id, place);
CREATE INDEX chat_messages_of_user ON chat_messages (room_id, user_id, sent_at);
CREATE UNIQUE INDEX chat_messages_by_client ON chat_messages (room_id, user_id, client_id) WHERE client_id <> '';
CREATE INDEX chat_messages_held ON chat_messages (room_id, place) WHERE status = 'held';
CREATE INDEX chat_messages_answering ON chat_messages (reply_message_id) WHERE reply_message_id <> '';

CREATE TABLE chat_emojis (
  message_id TEXT NOT NULL REFERENCES chat_messages (message_id),
  user_id TEXT NOT NULL,
  emoji TEXT NOT NULL,
  PRIMARY KEY (message_id, user_id, emoji)
);

CREATE TABLE chat_reports (
  report_id TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  message_id TEXT NOT NULL REFERENCES chat_messages (message_id),
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  is_open BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  settled_by TEXT
);
CREATE INDEX chat_reports_open ON chat_reports (room_id, is_open, created_at, report_id);
CREATE INDEX chat_reports_of ON chat_reports (message_id, user_id);

CREATE TABLE word_lists (room_id TEXT PRIMARY KEY, words TEXT NOT NULL, links TEXT);

CREATE TABLE reaction_totals (
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  kind TEXT NOT NULL,
  total BIGINT NOT NULL,
  PRIMARY KEY (room_id, kind)
);
)sql"},
                                                     {15, R"sql(
ALTER TABLE rooms ADD COLUMN scheduled_at BIGINT;
ALTER TABLE rooms ADD COLUMN cover_at BIGINT;

CREATE TABLE pictures (
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  base64 TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, kind)
);
)sql"},
                                                     {16, R"sql(
ALTER TABLE rooms ADD COLUMN media_region TEXT NOT NULL DEFAULT '';
)sql"},
                                                     {17, R"sql(
INSERT INTO followers (follower, stream, seq) SELECT 'egress_layout', stream, seq FROM streams;
CREATE TABLE egresses (
  room_id TEXT NOT NULL REFERENCES rooms (room_id),
  egress_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  started_by TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  destinations TEXT NOT NULL,
  failed TEXT NOT NULL,
  file TEXT NOT NULL,
  file_seconds BIGINT NOT NULL,
  file_bytes BIGINT NOT NULL,
  error TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (room_id, egress_id)
);
)sql"},
                                                     // Nodes find what others wrote, and each other.
                                                     {18, "", R"sql(
ALTER TABLE streams ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX streams_by_touch ON streams (touched_at);
CREATE TABLE nodes (
  node_id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  alive_until BIGINT NOT NULL
);
)sql"},
                                                     {19, R"sql(
ALTER TABLE rooms ADD COLUMN media_node TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN media_epoch BIGINT NOT NULL DEFAULT 0;
)sql",
                                                      R"sql(
ALTER TABLE nodes ADD COLUMN carries_media BIGINT NOT NULL DEFAULT 0;
ALTER TABLE nodes ADD COLUMN draining BIGINT NOT NULL DEFAULT 0;
ALTER TABLE nodes ADD COLUMN headroom BIGINT NOT NULL DEFAULT 0;
)sql"}}};

}  // namespace costage::storage
