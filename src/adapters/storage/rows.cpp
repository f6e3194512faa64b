#include "adapters/storage/rows.hpp"

#include <limits>
#include <sstream>
#include <stdexcept>

#include "adapters/storage/stored_values.hpp"

namespace costage::storage {
namespace {

using namespace domain;

class Columns {
 public:
  explicit Columns(const soci::row& row) : row_(row) {}

  std::string text() { return stored::text(row_.get<std::string>(at_++)); }
  template <class Id>
  Id id() {
    return Id{text()};
  }
  long long number() { return row_.get<long long>(at_++); }
  int count() { return static_cast<int>(stored::within(number(), 0, std::numeric_limits<int>::max())); }
  std::uint64_t counter() { return stored::counter(number()); }
  bool flag() { return number() != 0; }
  WallTime time() { return stored::time(number()); }
  std::chrono::seconds seconds() { return stored::seconds(number()); }
  std::optional<WallTime> maybe_time() {
    if (row_.get_indicator(at_) == soci::i_ok) return time();
    ++at_;
    return {};
  }
  template <class E>
  E word(std::optional<E> (*read)(std::string_view)) {
    return stored::known(read(text()));
  }

 private:
  const soci::row& row_;
  std::size_t at_ = 0;
};

std::vector<WallTime> read_times(const std::string& text) {
  std::vector<WallTime> out;
  std::istringstream in(text);
  for (std::string one; std::getline(in, one, ',');) out.push_back(stored::time(std::stoll(one)));
  return out;
}

Policies policies_from(Columns& in) {
  Policies policies;
  policies.invite_watchers_only = in.flag();
  policies.max_co_hosts = in.count();
  policies.invitation_ttl = in.seconds();
  policies.reconnect_grace = in.seconds();
  return policies;
}

}  // namespace

std::string write_times(const std::vector<WallTime>& times) {
  std::string out;
  for (WallTime time : times) out += (out.empty() ? "" : ",") + std::to_string(to_unix_ms(time));
  return out;
}

RoomState room_from(const soci::row& row) {
  Columns in(row);
  RoomState state;
  Room& room = state.room;
  room.id = in.id<RoomId>();
  room.title = in.text();
  room.description = in.text();
  room.metadata = in.text();
  room.external_id = in.text();
  room.chat_enabled = in.flag();
  room.policies = policies_from(in);
  room.host = in.id<UserId>();
  room.host_name = in.text();
  room.status = in.word(room_status_from);
  room.created_at = in.time();
  room.updated_at = in.time();
  room.live_at = in.maybe_time();
  room.ended_at = in.maybe_time();
  room.reconnect_by = in.maybe_time();
  room.version = in.counter();
  state.seq = in.counter();
  state.stage.last_epoch = in.counter();
  state.invitations.recent = read_times(in.text());
  room.policies.co_host_devices = in.word(co_host_devices_from);
  room.policies.guests_may_watch = in.flag();
  return state;
}

Seat seat_from(const soci::row& row) {
  Columns in(row);
  Seat seat;
  seat.user = in.id<UserId>();
  seat.name = in.text();
  seat.role = in.word(seat_role_from);
  seat.state = in.word(seat_state_from);
  seat.lease = in.id<LeaseId>();
  seat.epoch = in.counter();
  seat.camera = in.word(device_from);
  seat.microphone = in.word(device_from);
  seat.joined_at = in.time();
  seat.on_air_at = in.maybe_time();
  seat.release_at = in.maybe_time();
  seat.link = in.word(link_from);
  return seat;
}

Invitation invitation_from(const soci::row& row) {
  Columns in(row);
  Invitation out;
  out.id = in.id<InvitationId>();
  out.room = in.id<RoomId>();
  out.room_title = in.text();
  out.inviter = in.id<UserId>();
  out.inviter_name = in.text();
  out.invitee = in.id<UserId>();
  out.invitee_name = in.text();
  out.status = in.word(invitation_status_from);
  out.created_at = in.time();
  out.expires_at = in.time();
  out.responded_at = in.maybe_time();
  out.ttl = in.seconds();
  out.declines = in.count();
  out.admission = in.word(admission_from);
  return out;
}

}  // namespace costage::storage
