// Every realtime command asks the table of rights, as every route does (api_v1/rights_test.cpp). Unsubscribe, report
// and ping are about the caller's own connection and need no right; react is shown by app/reactions_test.cpp.
#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "adapters/api_v1/testing/rights_world.hpp"
#include "adapters/realtime/testing/with_hub.hpp"

namespace costage::realtime {
namespace {

using api_v1::Action;
using api_v1::Cell;
using api_v1::ContractOfRights;
using api_v1::Place;
using api_v1::Relation;
using api_v1::Role;
using boost::asio::awaitable;
namespace json = boost::json;

static_assert(std::variant_size_v<decltype(ClientMessage::what)> == 5, "a new command needs a test here");
static_assert(std::variant_size_v<Topic> == 4, "a new topic needs a test here");

class RealtimeRights : public WithHub<api_v1::RightsWorld> {
 protected:
  // The server's answer to somebody who has just connected and subscribes.
  awaitable<json::object> subscribe(Cell caller, std::string topic, std::optional<json::object> since = {}) {
    json::object command{{"id", "c"}, {"type", "subscribe"}, {"topic", topic}};
    if (since) command["since"] = *since;
    http::TestWebSocket socket{loop_};
    EXPECT_EQ(co_await socket.open(port_, "/v1/realtime?access_token=" + token_of(caller)), 101u);
    co_await socket.send(json::serialize(command));
    while (true) {
      json::object message = co_await receive(socket);
      if (message.contains("id")) co_return message;
      if (message.at("type") == "closed") break;
    }
    ADD_FAILURE() << "closed without an answer";
    co_return json::object{{"type", ""}};
  }
  static void expect_right(const json::object& answer, const char* type, bool allowed) {
    EXPECT_EQ(answer.at("type"), json::string_view{allowed ? type : "error"}) << json::serialize(answer);
    if (allowed) return;
    EXPECT_EQ(answer.at("code"), "not_permitted") << json::serialize(answer);
  }
};

class EveryCell : public RealtimeRights, public testing::WithParamInterface<Cell> {};

TEST_P(EveryCell, SubscribingToARoomAsks) {
  run([&]() -> awaitable<void> {
    Cell cell = GetParam();
    co_await build(cell);
    const auto answer = co_await subscribe(cell, "room/" + room());
    expect_right(answer, "snapshot", ContractOfRights::allows(Action::watch_room, cell));
    if (answer.at("type") != "snapshot") co_return;
    // Of the invitations it has those that the caller may list or read.
    std::set<std::string> shown;
    for (const auto& one : answer.at("state").at("invitations").as_array())
      shown.insert(std::string{one.at("inviteeId").as_string()});
    const bool lists = ContractOfRights::allows(Action::list_invitations, cell);
    EXPECT_EQ(shown.contains("ivan"), lists);
    // And the queue, which is over when the room is.
    const bool has_queue = !answer.at("state").at("requests").as_array().empty();
    EXPECT_EQ(has_queue, cell.place != Place::ended && ContractOfRights::allows(Action::list_requests, cell));
    cell.relation = Relation::own;
    const bool hosts = cell.role == Role::host && cell.place != Place::elsewhere;
    const bool reads = lists || ContractOfRights::allows(Action::read_invitation, cell);
    EXPECT_EQ(shown.contains(person(cell.role)), reads && !hosts) << json::serialize(answer);
  });
}

// What was missed is history; watchRoom is asked when there is a snapshot to give.
TEST_P(EveryCell, ResumingARoomAsks) {
  run([&]() -> awaitable<void> {
    const Cell cell = GetParam();
    co_await build(cell);
    const auto history = co_await ask("GET", path() + "/events", "", TestWorld::as("backend", true));
    const json::object since{{"epoch", history.text("epoch")}, {"seq", 1}};
    const auto answer = co_await subscribe(cell, "room/" + room(), since);
    expect_right(answer, "resumed", ContractOfRights::allows(Action::read_history, cell));
  });
}

TEST_P(EveryCell, SubscribingToAChatAsks) {
  run([&]() -> awaitable<void> {
    const Cell cell = GetParam();
    co_await build(cell);
    const auto answer = co_await subscribe(cell, "chat/" + room());
    expect_right(answer, "snapshot", ContractOfRights::allows(Action::read_chat, cell));
    if (answer.at("type") != "snapshot") co_return;
    const json::object since{{"epoch", answer.at("epoch")}, {"seq", 0}};
    const auto resumed = co_await subscribe(cell, "chat/" + room(), since);
    expect_right(resumed, "resumed", true);
  });
}

std::vector<Cell> all_cells() {
  std::vector<Cell> out;
  for (const Role role : domain::all_roles())
    for (const Place place : {Place::here, Place::ended, Place::elsewhere}) out.push_back({role, place});
  return out;
}
INSTANTIATE_TEST_SUITE_P(Rights, EveryCell, testing::ValuesIn(all_cells()),
                         [](const testing::TestParamInfo<Cell>& info) { return api_v1::name(info.param); });

class EveryRole : public RealtimeRights, public testing::WithParamInterface<Role> {};

TEST_P(EveryRole, SubscribingToRoomsAsks) {
  run([&]() -> awaitable<void> {
    const Cell cell{GetParam(), Place::no_room};
    const auto answer = co_await subscribe(cell, "rooms");
    expect_right(answer, "snapshot", ContractOfRights::allows(Action::list_rooms, cell));
  });
}

// As GET /v1/me/invitations: refused to nobody, with what the caller may read.
TEST_P(EveryRole, SubscribingToMeAsks) {
  run([&]() -> awaitable<void> {
    co_await build({GetParam(), Place::elsewhere});
    const Cell cell{GetParam(), Place::no_room, Relation::own};
    const auto answer = co_await subscribe(cell, "me");
    expect_right(answer, "snapshot", true);
    if (answer.at("type") != "snapshot") co_return;
    const bool listed = !answer.at("state").at("invitations").as_array().empty();
    EXPECT_EQ(listed, ContractOfRights::allows(Action::read_invitation, cell)) << json::serialize(answer);
  });
}

INSTANTIATE_TEST_SUITE_P(Rights, EveryRole, testing::ValuesIn(domain::all_roles().begin(), domain::all_roles().end()),
                         [](const testing::TestParamInfo<Role>& info) {
                           return std::string{domain::name(info.param)};
                         });

}  // namespace
}  // namespace costage::realtime
