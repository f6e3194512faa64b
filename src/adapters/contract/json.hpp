// Domain objects as the JSON of the contract (api/openapi.yaml, api/realtime.yaml).
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "adapters/contract/room.hpp"
#include "adapters/contract/time.hpp"
#include "app/blocks.hpp"
#include "app/diagnosis.hpp"
#include "app/history.hpp"
#include "app/invitations.hpp"
#include "app/requests.hpp"
#include "app/run_of_shows.hpp"
#include "app/scenes.hpp"
#include "app/stage.hpp"
#include "app/watching.hpp"

namespace costage::app {
struct MessageView;
}

namespace costage::contract {

namespace json = boost::json;

void add_time(json::object& out, const char* name, const std::optional<WallTime>& time);

[[nodiscard]] json::object to_json(const domain::Invitation& invitation);
[[nodiscard]] json::object to_json(const domain::StageRequest& request);
[[nodiscard]] json::object to_json(const app::RequestView& view);
[[nodiscard]] json::object to_json(const domain::Seat& seat);
[[nodiscard]] json::object to_json(const domain::TrackSources& sources);
[[nodiscard]] json::object to_json(const domain::Scene& scene);
[[nodiscard]] json::object to_json(const domain::RunOfShow& run_of_show);
// As everybody in the room knows of it.
[[nodiscard]] json::object to_json(const domain::Egress& egress);
[[nodiscard]] json::object to_json(const domain::RoomId& room, const domain::Stage& stage);
[[nodiscard]] json::object to_json(const app::StageView& view);
[[nodiscard]] json::object to_json(const app::Watcher& watcher);
[[nodiscard]] json::object to_json(const app::WatcherPage& page);
[[nodiscard]] json::object to_json(const app::BroadcasterData& data);
[[nodiscard]] json::object to_json(const app::MediaCredentials& credentials);
[[nodiscard]] json::object to_json(const app::Caller& me);
[[nodiscard]] json::object to_json(const app::User& user);
[[nodiscard]] json::object to_json(const app::Block& block);
[[nodiscard]] json::object to_json(const domain::UserId& user, const domain::Readiness& readiness);
[[nodiscard]] json::object to_json(const domain::Standing& standing);
[[nodiscard]] json::object to_json(const app::DiagnosisView& view);
[[nodiscard]] json::object to_json(const domain::Event& event, const domain::RoomId& room);
// What stands in the place of an event that the reader may not see, so that seq has no holes.
[[nodiscard]] json::object redacted(const domain::Event& event);

// In chat.hpp.
[[nodiscard]] json::object to_json(const app::MessageView& view);

template <class T>
[[nodiscard]] json::object to_json(const app::Page<T>& page) {
  json::array items;
  for (const T& item : page.items) items.push_back(to_json(item));
  json::object out{{"items", std::move(items)}};
  if (!page.next_cursor.empty()) out["nextCursor"] = page.next_cursor;
  return out;
}

}  // namespace costage::contract
