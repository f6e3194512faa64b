#include "adapters/storage/codec.hpp"

#include <boost/json.hpp>
#include <concepts>
#include <stdexcept>
#include <type_traits>

#include "adapters/storage/stored_values.hpp"
#include "base/overloaded.hpp"

namespace costage::storage {
namespace {

using namespace domain;
namespace json = boost::json;

template <class O, class T>
concept Is = std::same_as<std::remove_const_t<O>, T>;

// One list of fields per type, for writing and reading.
template <class F, Is<Policies> O>
void fields(F& f, O& o) {
  f("inviteWatchersOnly", o.invite_watchers_only);
  f("maxCoHosts", o.max_co_hosts);
  f("invitationTtl", o.invitation_ttl);
  f("reconnectGrace", o.reconnect_grace);
  f.since_step_3("coHostDevices", o.co_host_devices);
  f.since_step_3("guestsMayWatch", o.guests_may_watch);
}
template <class F, Is<Room> O>
void fields(F& f, O& o) {
  f("id", o.id);
  f("title", o.title);
  f("description", o.description);
  f("metadata", o.metadata);
  f("externalId", o.external_id);
  f("chatEnabled", o.chat_enabled);
  f("policies", o.policies);
  f("host", o.host);
  f("hostName", o.host_name);
  f("status", o.status);
  f("createdAt", o.created_at);
  f("updatedAt", o.updated_at);
  f("liveAt", o.live_at);
  f("endedAt", o.ended_at);
  f("reconnectBy", o.reconnect_by);
  f("version", o.version);
}
template <class F, Is<Invitation> O>
void fields(F& f, O& o) {
  f("id", o.id);
  f("room", o.room);
  f("roomTitle", o.room_title);
  f("inviter", o.inviter);
  f("inviterName", o.inviter_name);
  f("invitee", o.invitee);
  f("inviteeName", o.invitee_name);
  f("status", o.status);
  f("createdAt", o.created_at);
  f("expiresAt", o.expires_at);
  f("respondedAt", o.responded_at);
  f("ttl", o.ttl);
  f("declines", o.declines);
  f("admission", o.admission);
}
template <class F, Is<Seat> O>
void fields(F& f, O& o) {
  f("user", o.user);
  f("name", o.name);
  f("role", o.role);
  f("state", o.state);
  f("lease", o.lease);
  f("epoch", o.epoch);
  f("camera", o.camera);
  f("microphone", o.microphone);
  f("joinedAt", o.joined_at);
  f("onAirAt", o.on_air_at);
  f("releaseAt", o.release_at);
  f("link", o.link);
}
template <class F, Is<Stage> O>
void fields(F& f, O& o) {
  f("seats", o.seats);
  f("lastEpoch", o.last_epoch);
}
// What happens to a room or an invitation is written as the whole of it.
template <class F, Is<RoomChange> O>
void fields(F& f, O& o) {
  fields(f, o.room);
}
template <class F, Is<InvitationChange> O>
void fields(F& f, O& o) {
  fields(f, o.invitation);
}
template <class F, Is<StageChange> O>
void fields(F& f, O& o) {
  f("seat", o.seat);
  f("stage", o.stage);
  f("reason", o.reason);
}
template <class F, Is<app::StoredInvitation> O>
void fields(F& f, O& o) {
  f("invitation", o.invitation);
  f("created", o.created);
}
template <class F, Is<app::StoredStage> O>
void fields(F& f, O& o) {
  f("room", o.room);
  f("stage", o.stage);
}
template <class F, Is<app::StoredLease> O>
void fields(F& f, O& o) {
  f("room", o.room);
  f("seat", o.seat);
}
template <class F, Is<app::User> O>
void fields(F& f, O& o) {
  f("id", o.id);
  f("name", o.name);
}

template <class E>
concept Word = std::is_enum_v<E>;

std::optional<RoomStatus> word(std::string_view text, RoomStatus) { return room_status_from(text); }
std::optional<InvitationStatus> word(std::string_view text, InvitationStatus) { return invitation_status_from(text); }
std::optional<Admission> word(std::string_view text, Admission) { return admission_from(text); }
std::optional<SeatRole> word(std::string_view text, SeatRole) { return seat_role_from(text); }
std::optional<SeatState> word(std::string_view text, SeatState) { return seat_state_from(text); }
std::optional<Device> word(std::string_view text, Device) { return device_from(text); }
std::optional<LeaveReason> word(std::string_view text, LeaveReason) { return leave_reason_from(text); }
std::optional<Link> word(std::string_view text, Link) { return link_from(text); }
std::optional<CoHostDevices> word(std::string_view text, CoHostDevices) { return co_host_devices_from(text); }

struct Writer {
  json::object out;

  template <class T>
  void operator()(const char* key, const T& value) {
    out[key] = write(value);
  }
  template <class T>
  void since_step_3(const char* key, const T& value) {
    (*this)(key, value);
  }

  static json::value write(const std::string& text) { return json::value(text); }
  static json::value write(bool flag) { return flag; }
  static json::value write(int number) { return number; }
  static json::value write(std::uint64_t number) { return number; }
  static json::value write(WallTime time) { return to_unix_ms(time); }
  static json::value write(std::chrono::seconds time) { return time.count(); }
  static json::value write(Word auto value) { return json::string(name(value)); }
  template <class Tag>
  static json::value write(const Strong<Tag, std::string>& id) {
    return write(id.value());
  }
  template <class T>
  static json::value write(const std::optional<T>& value) {
    return value ? write(*value) : json::value(nullptr);
  }
  template <class T>
  static json::value write(const std::vector<T>& items) {
    json::array out;
    for (const T& item : items) out.push_back(write(item));
    return out;
  }
  template <class T>
    requires std::is_class_v<T>
  static json::value write(const T& object) {
    Writer writer;
    fields(writer, object);
    return writer.out;
  }
};

struct Reader {
  const json::object& in;

  template <class T>
  void operator()(const char* key, T& value) {
    read(in.at(key), value);
  }
  // What was written before that step of the schema does not have it: the default.
  template <class T>
  void since_step_3(const char* key, T& value) {
    if (in.contains(key)) (*this)(key, value);
  }

  static void read(const json::value& in, std::string& text) { text = stored::text(json::value_to<std::string>(in)); }
  static void read(const json::value& in, bool& flag) { flag = in.as_bool(); }
  static void read(const json::value& in, int& number) { number = in.to_number<int>(); }
  static void read(const json::value& in, std::uint64_t& number) { number = in.to_number<std::uint64_t>(); }
  static void read(const json::value& in, WallTime& time) { time = stored::time(in.to_number<std::int64_t>()); }
  static void read(const json::value& in, std::chrono::seconds& time) {
    time = stored::seconds(in.to_number<std::int64_t>());
  }
  static void read(const json::value& in, Word auto& value) {
    value = stored::known(word(std::string_view(in.as_string()), value));
  }
  template <class Tag>
  static void read(const json::value& in, Strong<Tag, std::string>& id) {
    id = Strong<Tag, std::string>{stored::text(json::value_to<std::string>(in))};
  }
  template <class T>
  static void read(const json::value& in, std::optional<T>& value) {
    value.reset();
    if (!in.is_null()) read(in, value.emplace());
  }
  template <class T>
  static void read(const json::value& in, std::vector<T>& items) {
    for (const json::value& item : in.as_array()) read(item, items.emplace_back());
  }
  template <class T>
    requires std::is_class_v<T>
  static void read(const json::value& in, T& object) {
    Reader reader{in.as_object()};
    fields(reader, object);
  }
};

template <class T>
T read_as(const json::value& in) {
  T out;
  Reader::read(in, out);
  return out;
}

constexpr std::string_view kind(const Room&) { return "room"; }
constexpr std::string_view kind(const app::StoredInvitation&) { return "invitation"; }
constexpr std::string_view kind(const app::StoredStage&) { return "stage"; }
constexpr std::string_view kind(const app::StoredLease&) { return "lease"; }
constexpr std::string_view kind(const app::User&) { return "user"; }

}  // namespace

std::string encode(const EventData& data) {
  return json::serialize(std::visit([](const auto& change) { return Writer::write(change); }, data));
}

EventData decode_event(EventType type, std::string_view text) {
  const json::value in = json::parse(json::string_view(text.data(), text.size()));
  EventData data = data_for(type);
  std::visit([&](auto& change) { Reader::read(in, change); }, data);
  return data;
}

std::string encode(const app::StoredAnswer& answer) {
  return std::visit(
      [](const auto& a) {
        return json::serialize(json::object{{"kind", json::string(kind(a))}, {"answer", Writer::write(a)}});
      },
      answer);
}

app::StoredAnswer decode_answer(std::string_view text) {
  const json::value in = json::parse(json::string_view(text.data(), text.size()));
  const auto kind = json::value_to<std::string>(in.at("kind"));
  const json::value& answer = in.at("answer");
  if (kind == "room") return read_as<Room>(answer);
  if (kind == "invitation") return read_as<app::StoredInvitation>(answer);
  if (kind == "stage") return read_as<app::StoredStage>(answer);
  if (kind == "lease") return read_as<app::StoredLease>(answer);
  if (kind == "user") return read_as<app::User>(answer);
  throw std::runtime_error("an unknown kind of answer");
}

}  // namespace costage::storage
