#include "adapters/contract/json.hpp"

#include "base/overloaded.hpp"

namespace costage::contract {
void add_time(json::object& out, const char* name, const std::optional<WallTime>& time) {
  if (time) out[name] = iso8601(*time);
}

json::object to_json(const domain::Invitation& invitation) {
  json::object out{{"invitationId", invitation.id.value()},       {"roomId", invitation.room.value()},
                   {"roomTitle", invitation.room_title},          {"inviterId", invitation.inviter.value()},
                   {"inviterName", invitation.inviter_name},      {"inviteeId", invitation.invitee.value()},
                   {"inviteeName", invitation.invitee_name},      {"status", domain::name(invitation.status)},
                   {"createdAt", iso8601(invitation.created_at)}, {"expiresAt", iso8601(invitation.expires_at)},
                   {"ttlSeconds", invitation.ttl.count()}};
  add_time(out, "respondedAt", invitation.responded_at);
  add_time(out, "calledFor", invitation.called_for);
  if (invitation.admission == domain::Admission::revoked) out["revoked"] = true;
  return out;
}

json::object to_json(const domain::StageRequest& request) {
  json::object out{{"requestId", request.id.value()},          {"roomId", request.room.value()},
                   {"userId", request.user.value()},           {"name", request.name},
                   {"status", domain::name(request.status)},   {"appearances", request.appearances},
                   {"createdAt", iso8601(request.created_at)}, {"expiresAt", iso8601(request.expires_at)}};
  if (!request.comment.empty()) out["comment"] = request.comment;
  if (!request.reason.empty()) out["reason"] = request.reason;
  add_time(out, "respondedAt", request.responded_at);
  return out;
}

json::object to_json(const app::RequestView& view) {
  json::object out = to_json(view.request);
  if (view.place > 0) out["place"] = view.place;
  return out;
}

json::object to_json(const domain::Seat& seat) {
  const domain::StagePermissions& may = seat.permissions;
  json::object out{
      {"permissions", json::object{{"invite", may.invite}, {"moderate", may.moderate}, {"products", may.products}}},
      {"userId", seat.user.value()},
      {"name", seat.name},
      {"role", domain::name(seat.role)},
      {"state", domain::name(seat.state)},
      {"leaseId", seat.lease.value()},
      {"epoch", seat.epoch},
      {"camera", domain::name(seat.camera)},
      {"screen", domain::name(seat.screen)},
      {"microphone", domain::name(seat.microphone)},
      {"joinedAt", iso8601(seat.joined_at)}};
  add_time(out, "releaseAt", seat.release_at);
  return out;
}

json::object to_json(const domain::Scene& scene) {
  json::array order;
  for (const domain::UserId& user : scene.order) order.emplace_back(user.value());
  json::object out{{"layout", domain::name(scene.layout)}, {"order", std::move(order)}};
  if (scene.spotlight) out["spotlightId"] = scene.spotlight->value();
  return out;
}

json::object to_json(const domain::RunOfShow& run_of_show) {
  json::array items;
  for (const domain::RunOfShowItem& item : run_of_show.items) {
    json::object one{{"title", item.title}};
    if (item.user) one["userId"] = item.user->value();
    items.push_back(std::move(one));
  }
  json::object out{{"items", std::move(items)}};
  if (run_of_show.current) out["current"] = *run_of_show.current;
  return out;
}

json::object to_json(const domain::Egress& egress) {
  json::object out{{"egressId", egress.id.value()},
                   {"kind", domain::name(egress.kind)},
                   {"state", domain::name(egress.state)},
                   {"startedAt", iso8601(egress.started_at)}};
  if (egress.started_by) out["startedBy"] = egress.started_by->value();
  add_time(out, "endedAt", egress.ended_at);
  return out;
}

json::object to_json(const domain::TrackSources& sources) {
  return {{"microphone", sources.microphone}, {"camera", sources.camera}, {"screen", sources.screen}};
}

json::object to_json(const domain::RoomId& room, const domain::Stage& stage) {
  json::array seats;
  for (const domain::Seat& seat : stage.seats) seats.push_back(to_json(seat));
  return {{"roomId", room.value()}, {"seats", std::move(seats)}};
}
json::object to_json(const app::StageView& view) { return to_json(view.room, view.stage); }

json::object to_json(const app::Watcher& watcher) {
  json::object out{{"userId", watcher.user.value()},
                   {"name", watcher.name},
                   {"since", iso8601(watcher.since)},
                   {"readiness", to_json(watcher.user, watcher.readiness)},
                   {"invitable", !watcher.reason}};
  if (watcher.reason) {
    out["reason"] = domain::info(watcher.reason->code).name;
    out["detail"] = watcher.reason->sentence();
    if (watcher.reason->retry_after.count() > 0) out["retryAfterSeconds"] = watcher.reason->retry_after.count();
  }
  return out;
}

json::object to_json(const app::WatcherPage& page) {
  json::object out = to_json(app::Page<app::Watcher>{page.items, page.next_cursor});
  out["total"] = page.total;
  return out;
}

json::object to_json(const app::BroadcasterData& data) {
  return {{"coHostUrl", data.media.url},
          {"coHostToken", data.media.token.reveal()},
          {"leaseId", data.lease.value()},
          {"epoch", data.epoch}};
}

json::object to_json(const app::MediaCredentials& credentials) {
  return {{"url", credentials.url}, {"token", credentials.token.reveal()}};
}

json::object to_json(const app::Caller& me) {
  json::object out{{"userId", me.user.value()}, {"name", me.name}, {"admin", me.admin}};
  if (me.guest_of) out["guestOf"] = me.guest_of->value();
  return out;
}

json::object to_json(const app::User& user) { return {{"userId", user.id.value()}, {"name", user.name}}; }

json::object to_json(const app::Block& block) {
  return {{"userId", block.user.value()}, {"createdAt", iso8601(block.created_at)}};
}

json::object to_json(const domain::UserId& user, const domain::Readiness& readiness) {
  json::object out{{"userId", user.value()},
                   {"camera", domain::name(readiness.camera)},
                   {"microphone", domain::name(readiness.microphone)},
                   {"connection", domain::name(readiness.connection)}};
  if (!readiness.client_version.empty()) out["clientVersion"] = readiness.client_version;
  return out;
}

json::object to_json(const domain::Event& event, const domain::RoomId& room) {
  json::object out = redacted(event);
  out["type"] = domain::name(event.type);
  if (event.actor) out["actorId"] = event.actor->value();
  out["data"] = std::visit(
      Overloaded{
          [](const domain::RoomChange& change) { return json::object{{"room", to_json(change.room)}}; },
          [](const domain::InvitationChange& change) {
            return json::object{{"invitation", to_json(change.invitation)}};
          },
          [](const domain::RequestChange& change) { return json::object{{"request", to_json(change.request)}}; },
          [](const domain::ModerationChange& change) { return json::object{{"standing", to_json(change.standing)}}; },
          [](const domain::RunOfShowChange& change) {
            return json::object{{"runOfShow", to_json(change.run_of_show)}};
          },
          [](const domain::EgressChange& change) {
            json::array running;
            for (const domain::Egress& one : change.running) running.push_back(to_json(one));
            return json::object{{"egress", to_json(change.egress)}, {"egresses", std::move(running)}};
          },
          [](const domain::SceneChange& change) { return json::object{{"scene", to_json(change.scene)}}; },
          [&](const domain::StageChange& change) {
            json::object data{{"seat", to_json(change.seat)}, {"stage", to_json(room, change.stage)}};
            if (change.reason) data["reason"] = domain::name(*change.reason);
            if (change.sources != domain::TrackSources{}) data["sources"] = to_json(change.sources);
            return data;
          }},
      event.data);
  return out;
}

json::object redacted(const domain::Event& event) {
  return {{"seq", event.seq}, {"type", "private"}, {"at", iso8601(event.at)}};
}

}  // namespace costage::contract
