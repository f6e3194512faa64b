#include "domain/roles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace costage::domain {
namespace {

using Table = std::map<std::string, std::map<std::string, std::string>>;

// Reads the one shape that authz.yaml uses: `  action: {role: permission, ..}`.
Table read_authz() {
  std::ifstream file(std::filesystem::path(__FILE__).parent_path() / "../../api/authz.yaml");
  EXPECT_TRUE(file) << "api/authz.yaml is missing";
  const std::regex row(R"(^  (\w+):\s*\{(.*)\}\s*$)");
  const std::regex cell(R"((\w+): (\w+))");
  Table table;
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, row)) continue;
    const std::string cells = match[2];
    for (std::sregex_iterator it(cells.begin(), cells.end(), cell), end; it != end; ++it)
      table[match[1]][(*it)[1]] = (*it)[2];
  }
  return table;
}

TEST(Roles, TableEqualsTheContract) {
  Table ours;
  for (Action action : all_actions())
    for (Role role : all_roles())
      ours[std::string(name(action))][std::string(name(role))] = name(permission(action, role));
  EXPECT_EQ(ours, read_authz());
}

TEST(Roles, CoHostCannotStopOrInvite) {  // S-008, S-009
  EXPECT_FALSE(may(Action::stop_room, Role::co_host, Relation::own));
  EXPECT_FALSE(may(Action::create_invitation, Role::co_host, Relation::own));
  EXPECT_TRUE(may(Action::create_invitation, Role::co_host, Relation::other, {.invite = true}));
}

TEST(Roles, HostMayWhatACoHostMay) {  // S-010
  for (Action action : all_actions())
    for (Relation relation : {Relation::other, Relation::own})
      EXPECT_LE(may(action, Role::co_host, relation), may(action, Role::host, relation)) << name(action);
}

TEST(Roles, ViewerHasNoneOfTheHostsActions) {  // S-011
  for (Action action :
       {Action::create_invitation, Action::cancel_invitation, Action::remove_from_stage, Action::stop_room})
    EXPECT_EQ(permission(action, Role::viewer), Permission::no) << name(action);
}

TEST(Roles, AGuestOnlyWatches) {
  for (Action action : all_actions()) {
    const bool reads = action == Action::read_room || action == Action::watch_room || action == Action::read_history ||
                       action == Action::read_chat;
    const Permission asks_why = action == Action::diagnose ? Permission::own : Permission::no;
    EXPECT_EQ(permission(action, Role::guest), reads ? Permission::any : asks_why) << name(action);
  }
}

TEST(Roles, OnlyTheInviteeAnswers) {
  EXPECT_TRUE(may(Action::accept_invitation, Role::viewer, Relation::own));
  for (Role role : all_roles()) EXPECT_FALSE(may(Action::accept_invitation, role, Relation::other)) << name(role);
}

}  // namespace
}  // namespace costage::domain
