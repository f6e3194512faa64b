#include "adapters/livekit_api/access_token.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/json/array.hpp>
#include <cmath>

#include "signal/limits.hpp"

namespace costage::livekit_api {
namespace {

namespace json = boost::json;

// Claims of our own: tokens with a lease are asked for at the gate, and a second is too coarse to tell a token made
// just before a removal from one made just after it.
constexpr const char* kLeaseClaim = "leaseId";
constexpr const char* kMintedClaim = "mintedMs";
// Metadata and attributes would have made the token too long; the room still has them.
constexpr const char* kLeftOutClaim = "metadataLeftOut";

constexpr std::array<std::pair<std::string_view, livekit::TrackSource>, 4> kSources{{
    {"camera", livekit::CAMERA},
    {"microphone", livekit::MICROPHONE},
    {"screen_share", livekit::SCREEN_SHARE},
    {"screen_share_audio", livekit::SCREEN_SHARE_AUDIO},
}};
constexpr std::array<std::pair<std::string_view, livekit::ParticipantInfo::Kind>, 7> kKinds{{
    {"standard", livekit::ParticipantInfo::STANDARD},
    {"ingress", livekit::ParticipantInfo::INGRESS},
    {"egress", livekit::ParticipantInfo::EGRESS},
    {"sip", livekit::ParticipantInfo::SIP},
    {"agent", livekit::ParticipantInfo::AGENT},
    {"connector", livekit::ParticipantInfo::CONNECTOR},
    {"bridge", livekit::ParticipantInfo::BRIDGE},
}};

// Reads fields of one JSON object. A field of the wrong type makes all of it bad.
class Fields {
 public:
  explicit Fields(const json::object& object) : object_(object) {}
  [[nodiscard]] bool good() const { return good_; }
  void require(bool right) { good_ = good_ && right; }

  std::string text(std::string_view name) {
    const auto* value = present(name);
    if (!value || !expect(value->is_string())) return {};
    return std::string{value->as_string()};
  }
  bool flag(std::string_view name, bool otherwise = false) {
    const auto* value = present(name);
    if (!value || !expect(value->is_bool())) return otherwise;
    return value->as_bool();
  }
  double number(std::string_view name) {
    const auto* value = present(name);
    if (!value || !expect(value->is_number())) return 0;
    return value->to_number<double>();
  }
  json::object object(std::string_view name) {
    const auto* value = present(name);
    if (!value || !expect(value->is_object())) return {};
    return value->as_object();
  }
  json::array array(std::string_view name) {
    const auto* value = present(name);
    if (!value || !expect(value->is_array())) return {};
    return value->as_array();
  }

 private:
  const json::value* present(std::string_view name) const {
    const auto* value = object_.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
  }
  bool expect(bool right_type) {
    good_ = good_ && right_type;
    return right_type;
  }

  const json::object& object_;
  bool good_ = true;
};

template <class Table, class Value>
bool look_up(const Table& table, std::string_view name, Value& out) {
  for (const auto& [key, value] : table) {
    if (key != name) continue;
    out = value;
    return true;
  }
  return false;
}

// A source that we do not know still narrows the right to the others, as in LiveKit.
bool read_sources(const json::array& names, livekit::ParticipantPermission& permission) {
  for (const json::value& name : names) {
    if (!name.is_string()) return false;
    livekit::TrackSource source = livekit::UNKNOWN;
    look_up(kSources, std::string_view{name.as_string()}, source);
    permission.add_can_publish_sources(source);
  }
  return true;
}

// Names of LiveKit's enumeration in any case; one that we do not know is left out.
bool read_kind_details(const json::array& names, std::vector<livekit::ParticipantInfo::KindDetail>& details) {
  for (const json::value& name : names) {
    if (!name.is_string()) return false;
    livekit::ParticipantInfo::KindDetail detail{};
    const std::string upper = boost::algorithm::to_upper_copy(std::string{name.as_string()});
    if (livekit::ParticipantInfo::KindDetail_Parse(upper, &detail)) details.push_back(detail);
  }
  return true;
}

bool read_attributes(const json::object& object, std::map<std::string, std::string>& attributes) {
  for (const auto& [key, value] : object) {
    if (!value.is_string()) return false;
    attributes.emplace(key, value.as_string());
  }
  return true;
}

// Empty lists, zeros and the like ask for nothing.
bool asks_for(const json::object& config, std::string_view name) {
  const json::value* value = config.if_contains(name);
  if (!value) return false;
  if (const auto* list = value->if_array()) return !list->empty();
  if (const auto* object = value->if_object()) return !object->empty();
  if (value->is_number()) return value->to_number<double>() != 0;
  return !value->is_null() && *value != json::value(false);
}

// livekit.RoomConfiguration as the SDKs write it. What we do not know is left out.
signal::RoomOptions read_room_config(const json::object& config, Fields& claims) {
  Fields fields{config};
  signal::RoomOptions options;
  constexpr double kMost = 0xFFFFFFFF;
  const auto whole = [&](std::string_view name) {
    return static_cast<std::uint32_t>(std::clamp(fields.number(name), 0.0, kMost));
  };
  if (const auto seconds = whole("emptyTimeout")) options.empty_timeout = std::chrono::seconds{seconds};
  if (const auto seconds = whole("departureTimeout")) options.departure_timeout = std::chrono::seconds{seconds};
  options.max_participants = whole("maxParticipants");
  options.metadata = fields.text("metadata");
  for (const char* name : {"egress", "agents", "tags", "minPlayoutDelay", "maxPlayoutDelay", "syncStreams"})
    if (asks_for(config, name)) options.ignored.emplace_back(name);
  claims.require(fields.good() && options.metadata.size() <= signal::kMaxMetadata);
  return options;
}

bool read_video_grant(const json::object& video, AccessToken& token) {
  Fields fields{video};
  token.room_join = fields.flag("roomJoin");
  token.room_create = fields.flag("roomCreate");
  token.room_list = fields.flag("roomList");
  token.room_admin = fields.flag("roomAdmin");
  token.room = fields.text("room");
  token.destination_room = fields.text("destinationRoom");
  livekit::ParticipantPermission& permission = token.grants.permission;
  permission.set_can_publish(fields.flag("canPublish", true));
  permission.set_can_subscribe(fields.flag("canSubscribe", true));
  permission.set_can_publish_data(fields.flag("canPublishData", permission.can_publish()));
  permission.set_can_update_metadata(fields.flag("canUpdateOwnMetadata"));
  permission.set_can_subscribe_metrics(fields.flag("canSubscribeMetrics"));
  permission.set_can_manage_agent_session(fields.flag("canManageAgentSession"));
  permission.set_hidden(fields.flag("hidden"));
  permission.set_recorder(fields.flag("recorder"));
  permission.set_agent(fields.flag("agent"));
  return read_sources(fields.array("canPublishSources"), permission) && fields.good();
}

// A time claim in ms, or -1.
std::int64_t claim_ms(double seconds) { return seconds > 0 && seconds < 1e11 ? std::llround(seconds * 1000) : -1; }

WallTime minted_at(Fields& claims) {
  const double exact = claims.number(kMintedClaim);
  if (exact > 0 && exact < 1e14) return from_unix_ms(std::llround(exact));
  return from_unix_ms(std::max<std::int64_t>({0, claim_ms(claims.number("iat")), claim_ms(claims.number("nbf"))}));
}

json::object video_claim(const std::string& room, const livekit::ParticipantPermission& permission) {
  json::object video{{"roomJoin", true},
                     {"room", room},
                     {"canPublish", permission.can_publish()},
                     {"canSubscribe", permission.can_subscribe()},
                     {"canPublishData", permission.can_publish_data()},
                     {"canUpdateOwnMetadata", permission.can_update_metadata()}};
  if (permission.can_subscribe_metrics()) video["canSubscribeMetrics"] = true;
  if (permission.hidden()) video["hidden"] = true;
  if (permission.recorder()) video["recorder"] = true;
  if (permission.agent()) video["agent"] = true;
  json::array sources;
  for (const int source : permission.can_publish_sources())
    for (const auto& [name, value] : kSources)
      if (value == source) sources.emplace_back(name);
  if (!sources.empty()) video["canPublishSources"] = std::move(sources);
  return video;
}

}  // namespace

std::optional<AccessToken> read_claims(const json::object& claims) {
  AccessToken token;
  Fields fields{claims};
  signal::Grants& grants = token.grants;
  grants.identity = fields.text("sub");
  grants.name = fields.text("name");
  grants.metadata = fields.text("metadata");
  grants.lease_id = fields.text(kLeaseClaim);
  look_up(kKinds, fields.text("kind"), grants.kind);  // one that we do not know is a standard participant
  if (!read_kind_details(fields.array("kindDetails"), grants.kind_details)) return std::nullopt;
  token.room_options = read_room_config(fields.object("roomConfig"), fields);
  grants.metadata_left_out = fields.flag(kLeftOutClaim);
  token.minted = minted_at(fields);
  if (!read_attributes(fields.object("attributes"), grants.attributes)) return std::nullopt;
  if (!read_video_grant(fields.object("video"), token) || !fields.good()) return std::nullopt;
  return token;
}

json::object join_claims(const std::string& room, const signal::Grants& grants, WallTime now,
                         std::chrono::seconds ttl) {
  const std::int64_t seconds = to_unix_ms(now) / 1000;
  json::object claims{{"sub", grants.identity},
                      {"name", grants.name},
                      {"metadata", grants.metadata_left_out ? "" : grants.metadata},
                      {"nbf", seconds},
                      {"iat", seconds},
                      {"exp", seconds + ttl.count()},
                      {kMintedClaim, to_unix_ms(now)},
                      {"video", video_claim(room, grants.permission)}};
  if (!grants.lease_id.empty()) claims["jti"] = claims[kLeaseClaim] = grants.lease_id;
  json::object attributes;
  for (const auto& [key, value] : grants.attributes) attributes[key] = value;
  if (grants.metadata_left_out)
    claims[kLeftOutClaim] = true;
  else if (!attributes.empty())
    claims["attributes"] = std::move(attributes);
  for (const auto& [name, kind] : kKinds)
    if (kind == grants.kind && kind != livekit::ParticipantInfo::STANDARD) claims["kind"] = name;
  json::array details;
  for (const auto detail : grants.kind_details)
    details.emplace_back(
        boost::algorithm::to_lower_copy(std::string{livekit::ParticipantInfo::KindDetail_Name(detail)}));
  if (!details.empty()) claims["kindDetails"] = std::move(details);
  return claims;
}

}  // namespace costage::livekit_api
