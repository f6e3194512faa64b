#include "adapters/contract/room.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

#include "adapters/contract/json.hpp"

namespace costage::contract {
namespace {

using domain::Policies;
using domain::RoomDetails;

template <class T>
void read_into(T& field, std::optional<T> value) {
  if (value) field = std::move(*value);
}

void read_seconds(Fields& fields, std::string_view name, std::chrono::seconds& out) {
  constexpr std::int64_t kMost = 24 * 3600;
  const auto number = fields.integer(name);
  if (!number) return;
  if (*number < 0 || *number > kMost) return fields.wrong(name, "a number of seconds");
  out = std::chrono::seconds{*number};
}

void read(Fields& fields, Policies& policies) {
  constexpr std::int64_t kMostCoHosts = 1000;  // far above what the domain allows
  read_into(policies.invite_watchers_only, fields.flag("inviteWatchersOnly"));
  if (const auto most = fields.integer("maxCoHosts")) {
    if (*most < 0 || *most > kMostCoHosts) fields.wrong("maxCoHosts", "a small whole number");
    policies.max_co_hosts = static_cast<int>(*most);
  }
  read_seconds(fields, "invitationTtlSeconds", policies.invitation_ttl);
  read_seconds(fields, "reconnectGraceSeconds", policies.reconnect_grace);
  read_into(policies.guests_may_watch, fields.flag("guestsMayWatch"));
  read_into(policies.invitees_must_be_ready, fields.flag("inviteesMustBeReady"));
  read_into(policies.invite_requesters_only, fields.flag("inviteRequestersOnly"));
  read_into(policies.min_client_version, fields.text("minClientVersion"));
  read_into(policies.requests_open, fields.flag("requestsOpen"));
  read_seconds(fields, "requestTtlSeconds", policies.request_ttl);
  read_into(policies.request_order,
            fields.word("requestOrder", "asked or fewestAppearances", domain::request_order_from));
  read_into(policies.second_window, fields.word("secondWindow", "replaces or refused", domain::second_window_from));
  read_seconds(fields, "quietLimitSeconds", policies.quiet_limit);
  read_seconds(fields, "showLimitSeconds", policies.show_limit);
  read_into(policies.co_host_devices, fields.word("coHostDevices", "any or both", domain::co_host_devices_from));
}

json::object to_json(const domain::Policies& policies) {
  return {{"inviteWatchersOnly", policies.invite_watchers_only},
          {"maxCoHosts", policies.max_co_hosts},
          {"invitationTtlSeconds", policies.invitation_ttl.count()},
          {"reconnectGraceSeconds", policies.reconnect_grace.count()},
          {"coHostDevices", domain::name(policies.co_host_devices)},
          {"guestsMayWatch", policies.guests_may_watch},
          {"inviteesMustBeReady", policies.invitees_must_be_ready},
          {"inviteRequestersOnly", policies.invite_requesters_only},
          {"minClientVersion", policies.min_client_version},
          {"requestsOpen", policies.requests_open},
          {"requestTtlSeconds", policies.request_ttl.count()},
          {"requestOrder", domain::name(policies.request_order)},
          {"secondWindow", domain::name(policies.second_window)},
          {"quietLimitSeconds", policies.quiet_limit.count()},
          {"showLimitSeconds", policies.show_limit.count()}};
}

// The domain keeps it as text that was checked when it came in.
json::value metadata_of(const domain::Room& room) {
  boost::system::error_code error;
  json::value value = json::parse(room.metadata, error);
  return error ? json::value(json::object{}) : value;
}

}  // namespace

json::object to_json(const domain::Room& room) {
  json::object out{{"roomId", room.id.value()},
                   {"title", room.title},
                   {"description", room.description},
                   {"status", domain::name(room.status)},
                   {"type", "coHosts"},
                   {"metadata", metadata_of(room)},
                   {"tags", json::value_from(room.tags)},
                   {"chatEnabled", room.chat_enabled},
                   {"policies", to_json(room.policies)},
                   {"hostId", room.host.value()},
                   {"hostName", room.host_name},
                   {"createdAt", iso8601(room.created_at)},
                   {"updatedAt", iso8601(room.updated_at)},
                   {"version", room.version}};
  if (!room.external_id.empty()) out["externalId"] = room.external_id;
  if (!room.media_region.empty()) out["mediaRegion"] = room.media_region;
  if (room.media_epoch > 0) out["mediaEpoch"] = room.media_epoch;
  add_time(out, "scheduledAt", room.scheduled_at);
  add_time(out, "coverAt", room.cover_at);
  add_time(out, "liveAt", room.live_at);
  add_time(out, "endedAt", room.ended_at);
  add_time(out, "reconnectBy", room.reconnect_by);
  const auto over = domain::ending(room);
  if (over) out["endsBy"] = iso8601(over->at);
  if (const auto why = over ? std::optional{over->why} : room.end_reason) out["endReason"] = domain::name(*why);
  if (room.successor) out["successorId"] = room.successor->value();
  if (room.acting_host) out["actingHostId"] = room.acting_host->value();
  return out;
}

void read(Fields& fields, RoomDetails& details) {
  read_into(details.title, fields.text("title"));
  read_into(details.description, fields.text("description"));
  if (const json::object* metadata = fields.object("metadata")) details.metadata = json::serialize(*metadata);
  read_into(details.tags, fields.texts("tags"));
  read_into(details.scheduled_at, fields.time_or_null("scheduledAt"));
  if (const json::object* policies = fields.object("policies")) {
    Fields inner{*policies, "policies."};
    read(inner, details.policies);
    fields.take_over(inner);
  }
}

}  // namespace costage::contract
