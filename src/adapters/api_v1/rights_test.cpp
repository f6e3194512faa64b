// Every route asks the table of rights, for every role and object: what api/authz.yaml refuses is refused with
// not_permitted, what it allows is not. Most ways to change one cell in src/domain/roles.cpp change an answer
// here, at every route that can tell; the others none can:
//   - admin: an admin is a viewer, too. Where a viewer has `any` all three are the same; where a viewer has `own`,
//     `own` and `no` are.
//   - host, coHost of createRoom, listRooms, putUser, updateMe, manageBlocks: outside of any room nobody is either.
//   - host of acceptInvitation, rejectInvitation: no host is invited (invitee_is_host), so `own` and `no` are the same.
//   - Where nothing is anybody's own (all but invitations, requests, seats and new rooms) `own` and `no` are the same;
//     where it always is (openLease, leaveStage, createRequest, updateMe, manageBlocks) `own` and `any` are.
#include <gmock/gmock.h>

#include <set>

#include "adapters/api_v1/testing/rights_world.hpp"

namespace costage::api_v1 {
namespace {

using boost::asio::awaitable;
using Codes = std::set<std::string>;

// What the request is about.
enum class Object {
  nothing,     // of a room
  me,          // the caller, outside of any room
  new_room,    // own: that the caller hosts
  room,        // or everything in it
  self,        // the caller, in this room
  invitation,  // own: addressed to the caller
  request,     // own: the caller asked
  seat,
  person,   // own: the caller
  message,  // own: the caller wrote it
  own_message,
};

// How a picture begins.
const std::string kJpeg = "\xFF\xD8\xFF";

struct Route {
  std::string request;  // as the router has it
  Action action{};
  Object object{};
  std::string body;
  Codes refusals;          // what the room's state may say to who has the right
  std::string when_ended;  // what it says to them in a room that has ended; empty: as before
};

const std::vector<Route>& routes() {
  static const std::string ended = "room_ended";
  static const std::vector<Route> kRoutes{
      {"POST /v1/rooms", Action::create_room, Object::new_room, "", {}, ""},
      {"GET /v1/rooms", Action::list_rooms, Object::nothing, "", {}, ""},
      {"GET /v1/rooms/{roomId}", Action::read_room, Object::room, "", {}, ""},
      {"PATCH /v1/rooms/{roomId}", Action::update_room, Object::room, R"({"title":"Clay"})", {}, ""},
      {"PUT /v1/rooms/{roomId}/cover", Action::update_room, Object::room, kJpeg, {}, ""},
      {"DELETE /v1/rooms/{roomId}/cover", Action::update_room, Object::room, "", {}, ""},
      {"GET /v1/rooms/{roomId}/picture", Action::read_room, Object::room, "", {}, ""},
      {"PUT /v1/rooms/{roomId}/picture", Action::update_room, Object::room, kJpeg, {"room_not_live"}, ended},
      {"POST /v1/rooms/{roomId}/stop", Action::stop_room, Object::room, "", {}, ended},
      {"GET /v1/rooms/{roomId}/events", Action::read_history, Object::room, "", {}, ""},
      {"GET /v1/rooms/{roomId}/stage", Action::read_room, Object::room, "", {}, ""},
      {"DELETE /v1/rooms/{roomId}/stage/{userId}",
       Action::remove_from_stage,
       Object::seat,
       "",
       {"not_on_stage"},
       ended},
      {"POST /v1/rooms/{roomId}/stage/leave", Action::leave_stage, Object::self, "", {"not_on_stage"}, ended},
      {"GET /v1/rooms/{roomId}/watchers", Action::list_watchers, Object::room, "", {}, ""},
      {"POST /v1/rooms/{roomId}/broadcaster", Action::open_lease, Object::self, "", {"invitation_pending"}, ended},
      {"POST /v1/rooms/{roomId}/viewer", Action::watch_room, Object::room, "", {}, ended},
      {"POST /v1/rooms/{roomId}/green-room", Action::enter_green_room, Object::self, "", {"invitation_pending"}, ended},
      {"POST /v1/rooms/{roomId}/probe", Action::probe_media, Object::room, "", {}, ended},
      {"POST /v1/rooms/{roomId}/invitations",
       Action::create_invitation,
       Object::room,
       R"({"userId":"nina"})",
       {},
       ended},
      {"GET /v1/rooms/{roomId}/invitations", Action::list_invitations, Object::room, "", {}, ""},
      {"GET /v1/rooms/{roomId}/invitation", Action::read_invitation, Object::self, "", {"invitation_not_found"}, ""},
      {"GET /v1/invitations/{invitationId}", Action::read_invitation, Object::invitation, "", {}, ""},
      {"POST /v1/invitations/{invitationId}/accept",
       Action::accept_invitation,
       Object::invitation,
       "",
       {"invitation_already_accepted"},
       ended},
      {"POST /v1/invitations/{invitationId}/reject",
       Action::reject_invitation,
       Object::invitation,
       "",
       {"invitation_already_accepted"},
       ended},
      {"POST /v1/invitations/{invitationId}/cancel", Action::cancel_invitation, Object::invitation, "", {}, ended},
      {"POST /v1/invitations/{invitationId}/resend", Action::resend_invitation, Object::invitation, "", {}, ended},
      {"POST /v1/invitations/{invitationId}/call",
       Action::call_to_stage,
       Object::invitation,
       "",
       {"invitation_pending", "already_on_stage", "rate_limited"},
       ended},
      {"POST /v1/rooms/{roomId}/requests",
       Action::create_request,
       Object::self,
       "",
       {"invitation_pending", "already_on_stage", "invitee_is_host"},
       ended},
      {"GET /v1/rooms/{roomId}/requests", Action::list_requests, Object::room, "", {}, ""},
      {"GET /v1/rooms/{roomId}/request", Action::read_request, Object::self, "", {"request_not_found"}, ""},
      {"GET /v1/requests/{requestId}", Action::read_request, Object::request, "", {}, ""},
      {"POST /v1/requests/{requestId}/withdraw", Action::withdraw_request, Object::request, "", {}, ended},
      {"POST /v1/requests/{requestId}/decline", Action::decline_request, Object::request, "", {}, ended},
      {"POST /v1/rooms/{roomId}/invitations/batch",
       Action::create_invitation,
       Object::room,
       R"({"userIds":["nina"]})",
       {},
       ended},
      {"GET /v1/rooms/{roomId}/diagnosis", Action::diagnose, Object::person, "", {}, ""},
      {"POST /v1/rooms/{roomId}/stage/{userId}/switch-off",
       Action::switch_off_others,
       Object::seat,
       R"({"microphone":true})",
       {"not_on_stage"},
       ended},
      {"POST /v1/rooms/{roomId}/stage/{userId}/ask-to-switch-on",
       Action::ask_to_switch_on,
       Object::seat,
       R"({"microphone":true})",
       {"not_on_stage"},
       ended},
      {"PUT /v1/rooms/{roomId}/stage/{userId}/permissions",
       Action::set_permissions,
       Object::seat,
       R"({"invite":true})",
       {"not_on_stage"},
       ended},
      {"PUT /v1/rooms/{roomId}/successor", Action::name_successor, Object::room, R"({"userId":"sven"})", {}, ended},
      {"DELETE /v1/rooms/{roomId}/successor", Action::name_successor, Object::room, "", {}, ended},
      {"GET /v1/rooms/{roomId}/run-of-show", Action::read_room, Object::room, "", {}, ""},
      {"PUT /v1/rooms/{roomId}/run-of-show",
       Action::set_run_of_show,
       Object::room,
       R"({"items":[{"title":"Clay"}]})",
       {},
       ended},
      {"GET /v1/rooms/{roomId}/egresses", Action::manage_egress, Object::room, "", {}, ""},
      {"POST /v1/rooms/{roomId}/egresses",
       Action::manage_egress,
       Object::room,
       R"({"kind":"recording"})",
       {"egress_unavailable", "room_not_live"},
       ended},
      {"DELETE /v1/rooms/{roomId}/egresses/{egressId}",
       Action::manage_egress,
       Object::room,
       "",
       {"egress_not_found"},
       ""},
      {"GET /v1/rooms/{roomId}/ingress", Action::open_lease, Object::self, "", {"ingress_unavailable"}, ended},
      {"PUT /v1/rooms/{roomId}/ingress",
       Action::open_lease,
       Object::self,
       R"({"input":"rtmp"})",
       {"ingress_unavailable"},
       ended},
      {"DELETE /v1/rooms/{roomId}/ingress", Action::open_lease, Object::self, "", {"ingress_unavailable"}, ended},
      {"GET /v1/rooms/{roomId}/scene", Action::read_room, Object::room, "", {}, ""},
      {"PUT /v1/rooms/{roomId}/scene", Action::set_scene, Object::room, R"({"layout":"grid"})", {}, ended},
      {"GET /v1/rooms/{roomId}/chat", Action::read_chat, Object::room, "", {}, ""},
      {"GET /v1/rooms/{roomId}/chat/messages", Action::read_chat, Object::room, "", {}, ""},
      {"GET /v1/rooms/{roomId}/chat/events", Action::read_chat, Object::room, "", {}, ""},
      {"POST /v1/rooms/{roomId}/chat/messages", Action::send_message, Object::self, R"({"text":"Hi"})", {}, ended},
      {"PATCH /v1/rooms/{roomId}/chat/messages/{messageId}",
       Action::send_message,
       Object::own_message,
       R"({"text":"Hi"})",
       {"message_not_found"},
       ended},
      {"POST /v1/rooms/{roomId}/chat/messages/{messageId}/delete",
       Action::delete_message,
       Object::message,
       "",
       {"message_not_found"},
       ""},
      {"POST /v1/rooms/{roomId}/chat/messages/{messageId}/reactions",
       Action::react,
       Object::room,
       R"({"emoji":"👏"})",
       {},
       ended},
      {"POST /v1/rooms/{roomId}/chat/messages/{messageId}/review",
       Action::review_message,
       Object::room,
       R"({"verdict":"show"})",
       {"message_not_held"},
       ""},
      {"POST /v1/rooms/{roomId}/chat/messages/{messageId}/reports",
       Action::report_message,
       Object::room,
       R"({"reason":"spam"})",
       {},
       ""},
      {"POST /v1/rooms/{roomId}/chat/reports/{reportId}/settle", Action::review_message, Object::room, "", {}, ""},
      {"PATCH /v1/rooms/{roomId}/chat/settings", Action::set_chat, Object::room, R"({"writers":"stage"})", {}, ended},
      {"PUT /v1/rooms/{roomId}/chat/pin", Action::pin_message, Object::room, R"({"text":"Clay"})", {}, ended},
      {"DELETE /v1/rooms/{roomId}/chat/pin", Action::pin_message, Object::room, "", {}, ""},
      {"GET /v1/rooms/{roomId}/chat/words", Action::set_chat, Object::room, "", {}, ""},
      {"PUT /v1/rooms/{roomId}/chat/words", Action::set_chat, Object::room, R"({"words":[]})", {}, ""},
      {"GET /v1/words", Action::set_words, Object::nothing, "", {}, ""},
      {"PUT /v1/words", Action::set_words, Object::nothing, R"({"words":[]})", {}, ""},
      {"GET /v1/rooms/{roomId}/moderation", Action::read_moderation, Object::room, "", {}, ""},
      {"POST /v1/rooms/{roomId}/people/{userId}/mute", Action::moderate_people, Object::room, "", {}, ended},
      {"POST /v1/rooms/{roomId}/people/{userId}/unmute", Action::moderate_people, Object::room, "", {}, ""},
      {"POST /v1/rooms/{roomId}/people/{userId}/ban", Action::moderate_people, Object::room, "", {}, ""},
      {"POST /v1/rooms/{roomId}/people/{userId}/unban", Action::moderate_people, Object::room, "", {}, ""},
      {"POST /v1/rooms/{roomId}/people/{userId}/appoint", Action::appoint_moderator, Object::room, "", {}, ended},
      {"POST /v1/rooms/{roomId}/people/{userId}/dismiss", Action::appoint_moderator, Object::room, "", {}, ""},
      {"PATCH /v1/me", Action::update_me, Object::me, R"({"takesInvitations":false})", {}, ""},
      {"GET /v1/me/blocks", Action::manage_blocks, Object::me, "", {}, ""},
      {"PUT /v1/me/blocks/{userId}", Action::manage_blocks, Object::me, "", {"not_oneself"}, ""},
      {"DELETE /v1/me/blocks/{userId}", Action::manage_blocks, Object::me, "", {}, ""},
      {"PUT /v1/users/{userId}", Action::put_user, Object::nothing, R"({"name":"Nina"})", {}, ""},
      {"POST /v1/server/drain", Action::drain_node, Object::nothing, "", {}, ""},
  };
  return kRoutes;
}

// Routes that are refused to nobody, and why.
const std::map<std::string, std::string>& open_routes() {
  static const std::map<std::string, std::string> kOpen{
      {"GET /v1/me", "says what the caller's own token says"},
      {"GET /v1/me/invitations", "lists what the caller may read (WhatOneWasSentIsListedToWhoMayReadIt)"},
      {"GET /v1/server", "needs no token"},
      {"POST /v1/rooms/{roomId}/guests", "needs no token: the room's policy decides"},
      {"POST /v1/dev/tokens", "needs no token, is there with --dev only"},
      {"GET /healthz", "needs no token"},
      {"GET /openapi.yaml", "needs no token"},
      {"GET /realtime.yaml", "needs no token"},
  };
  return kOpen;
}

std::vector<Place> places(Object object) {
  if (object == Object::nothing || object == Object::new_room || object == Object::me) return {Place::no_room};
  return {Place::here, Place::ended, Place::elsewhere};
}

std::vector<Relation> relations(Object object) {
  if (object == Object::nothing || object == Object::room) return {Relation::other};
  if (object == Object::self || object == Object::me || object == Object::own_message) return {Relation::own};
  return {Relation::own, Relation::other};
}

// Neither the host nor who is on stage asks, and no guest.
bool may_have_asked(const Cell& cell) {
  const bool is_on_stage = (cell.role == Role::host || cell.role == Role::co_host) && is_in_room(cell);
  return !is_on_stage && cell.role != Role::guest;
}

// No host is invited to their own room. Their seat they can only leave: it is refused to all, whatever the table says.
bool can_be(Object object, const Cell& cell) {
  if (object == Object::request && cell.relation == Relation::own) return may_have_asked(cell);
  const bool of_host = cell.role == Role::host && cell.relation == Relation::own && cell.place != Place::elsewhere;
  return !of_host || (object != Object::invitation && object != Object::seat);
}

struct Case {
  Route route;
  Cell cell;
};

std::vector<Case> all_cases() {
  std::vector<Case> out;
  for (const Route& route : routes())
    for (const Role role : domain::all_roles())
      for (const Place place : places(route.object))
        for (const Relation relation : relations(route.object))
          if (const Cell cell{role, place, relation}; can_be(route.object, cell)) out.push_back({route, cell});
  return out;
}

// "PATCH_rooms_roomId_coHost_here_other"
std::string name(const Case& one) {
  const std::string request = std::regex_replace(one.route.request, std::regex{"/v1/"}, "");
  return std::regex_replace(request + '_' + name(one.cell), std::regex{"[^A-Za-z]+"}, "_");
}
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << name(one); }

class EveryRoute : public RightsWorld, public testing::WithParamInterface<Case> {
 protected:
  [[nodiscard]] std::string target(const std::string& pattern) const {
    const auto& [route, cell] = GetParam();
    const std::string user = cell.relation == Relation::own ? person(cell.role) : "";
    std::string out = std::regex_replace(pattern, std::regex{R"(\{roomId\})"}, room());
    if (route.object == Object::invitation)
      out = std::regex_replace(out, std::regex{R"(\{invitationId\})"}, invitation(user.empty() ? "ivan" : user));
    if (route.object == Object::request)
      out = std::regex_replace(out, std::regex{R"(\{requestId\})"}, stage_request(user.empty() ? "nina" : user));
    out = std::regex_replace(out, std::regex{R"(\{messageId\})"},
                             message(user.empty() || route.object == Object::room ? "nina" : user));
    out = std::regex_replace(out, std::regex{R"(\{reportId\})"}, report());
    out = std::regex_replace(out, std::regex{R"(\{egressId\})"}, "EG_none");
    if (route.object == Object::person) return out + "?userId=" + (user.empty() ? "nina" : user);
    const std::string other = route.object == Object::seat ? "sven" : "nina";
    return std::regex_replace(out, std::regex{R"(\{userId\})"}, user.empty() ? other : user);
  }
  [[nodiscard]] std::string body() const {
    const auto& [route, cell] = GetParam();
    if (route.object != Object::new_room) return route.body;
    return cell.relation == Relation::own ? R"({"title":"Mine"})" : R"({"title":"Theirs","hostId":"nina"})";
  }
};

TEST_P(EveryRoute, AsksTheTable) {
  run([&]() -> awaitable<void> {
    const auto& [route, cell] = GetParam();
    co_await build(cell, route.object == Object::request);
    const auto space = route.request.find(' ');
    auto headers = as(cell);
    if (route.body == kJpeg) headers.emplace_back("Content-Type", "image/jpeg");
    const auto answer =
        co_await ask(route.request.substr(0, space), target(route.request.substr(space + 1)), body(), headers);
    const std::string code = answer.text("code");
    if (!ContractOfRights::allows(route.action, cell)) {
      EXPECT_EQ(answer.status, 403u) << answer.raw.body;
      EXPECT_EQ(code, "not_permitted") << answer.raw.body;
    } else if (cell.place == Place::ended && !route.when_ended.empty()) {
      EXPECT_EQ(code, route.when_ended) << answer.raw.body;
    } else if (answer.status >= 300) {
      EXPECT_THAT(route.refusals, testing::Contains(code)) << answer.raw.body;
    }
  });
}
INSTANTIATE_TEST_SUITE_P(Rights, EveryRoute, testing::ValuesIn(all_cases()),
                         [](const testing::TestParamInfo<Case>& info) { return name(info.param); });

class EveryRole : public RightsWorld, public testing::WithParamInterface<Role> {};

TEST_P(EveryRole, WhatOneWasSentIsListedToWhoMayReadIt) {
  run([&]() -> awaitable<void> {
    co_await build({GetParam(), Place::elsewhere});
    const Cell asked{GetParam(), Place::no_room, Relation::own};
    const auto answer = co_await ask("GET", "/v1/me/invitations", "", as(asked));
    EXPECT_EQ(answer.status, 200u) << answer.raw.body;
    const bool listed = !answer.body.at("items").as_array().empty();
    EXPECT_EQ(listed, ContractOfRights::allows(Action::read_invitation, asked)) << answer.raw.body;
  });
}
INSTANTIATE_TEST_SUITE_P(Rights, EveryRole, testing::ValuesIn(domain::all_roles().begin(), domain::all_roles().end()),
                         [](const testing::TestParamInfo<Role>& info) {
                           return std::string{domain::name(info.param)};
                         });

class Rights : public RightsWorld {};

// A new route without a row fails here, and so does an action that no route asks about.
TEST_F(Rights, AllRoutesAndActionsHaveARow) {
  std::set<std::string> listed;
  std::set<Action> asked;
  for (const Route& route : routes()) {
    EXPECT_TRUE(listed.insert(route.request).second) << route.request;
    asked.insert(route.action);
  }
  for (const auto& [request, why] : open_routes()) EXPECT_TRUE(listed.insert(request).second) << request;
  const auto registered = server_.routes();
  EXPECT_EQ(listed, (std::set<std::string>{registered.begin(), registered.end()}));
  const auto actions = domain::all_actions();
  EXPECT_EQ(asked, (std::set<Action>{actions.begin(), actions.end()}));
}

}  // namespace
}  // namespace costage::api_v1
