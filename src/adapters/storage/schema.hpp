// The tables, as numbered steps: a database remembers how many it has taken, so a step is never edited once released.
#pragma once

#include <array>
#include <string_view>

namespace costage::storage {

inline constexpr std::array<std::string_view, 10> kSchema{
    "CREATE TABLE rooms (room_id TEXT PRIMARY KEY, status TEXT NOT NULL, created_at BIGINT NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX rooms_by_creation ON rooms (created_at, room_id)",
    "CREATE INDEX rooms_by_status ON rooms (status, created_at, room_id)",
    // `place` orders the invitees of a room by their first invitation; `newest` marks the one that counts of each.
    "CREATE TABLE invitations (invitation_id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES rooms (room_id), "
    "invitee_id TEXT NOT NULL, status TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, "
    "place INTEGER NOT NULL, newest INTEGER NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX invitations_of_room ON invitations (room_id, created_at, invitation_id)",
    "CREATE INDEX invitations_of_invitee ON invitations (invitee_id, created_at, invitation_id)",
    "CREATE TABLE events (room_id TEXT NOT NULL REFERENCES rooms (room_id), seq BIGINT NOT NULL, body TEXT NOT NULL, "
    "PRIMARY KEY (room_id, seq))",
    "CREATE TABLE users (user_id TEXT PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE TABLE answers (user_id TEXT NOT NULL, idempotency_key TEXT NOT NULL, asked_at BIGINT NOT NULL, "
    "body TEXT NOT NULL, PRIMARY KEY (user_id, idempotency_key))",
    "CREATE INDEX answers_by_age ON answers (asked_at)",
};

}  // namespace costage::storage
