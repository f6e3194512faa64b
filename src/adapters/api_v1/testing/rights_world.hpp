// For tests of rights: the table of the contract, a person for each of its roles, and a room with something of
// everybody.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <ostream>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/api_v1/testing/test_world.hpp"
#include "domain/roles.hpp"

namespace costage::api_v1 {

using domain::Action;
using domain::Relation;
using domain::Role;

// Where the object of a request stands: in the caller's room, there after its end, in a room of others, in none.
enum class Place { here, ended, elsewhere, no_room };

struct Cell {
  Role role{};
  Place place{};
  Relation relation = Relation::other;
};

// In a room where their role is theirs.
inline bool is_in_room(const Cell& cell) { return cell.place == Place::here || cell.place == Place::ended; }

inline std::string name(const Cell& cell) {
  static const std::map<Place, std::string> kPlaces{
      {Place::here, "here"}, {Place::ended, "ended"}, {Place::elsewhere, "elsewhere"}, {Place::no_room, "noRoom"}};
  const std::string relation = cell.relation == Relation::own ? "own" : "other";
  return std::string{domain::name(cell.role)} + '_' + kPlaces.at(cell.place) + '_' + relation;
}

inline std::ostream& operator<<(std::ostream& out, const Cell& cell) { return out << name(cell); }

// What api/authz.yaml says, read without help of the program's own table: were a cell of that another, its behaviour
// would differ from here.
class ContractOfRights {
 public:
  [[nodiscard]] static bool allows(Action action, const Cell& cell) {
    static const ContractOfRights contract;
    for (const Role role : roles(cell)) {
      const std::string& permission = contract.table_.at(std::string{domain::name(action)}).at(std::string{name(role)});
      // Nobody here was given `invite` or `moderate`.
      const bool own = permission == "own" || permission == "ownOrInvite" || permission == "ownOrModerate";
      if (permission == "any" || (own && cell.relation == Relation::own)) return true;
    }
    return false;
  }

 private:
  ContractOfRights() {
#ifdef COSTAGE_SOURCE_DIR
    const std::filesystem::path root{COSTAGE_SOURCE_DIR};
#else
    const auto root = std::filesystem::path{__FILE__}.parent_path() / "../../../..";
#endif
    std::ifstream file{root / "api/authz.yaml"};
    const std::regex row{R"(^  (\w+):\s*\{(.*)\}\s*$)"}, cell{R"((\w+): (\w+))"};
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (!std::regex_match(line, match, row)) continue;
      const std::string cells = match[2];
      for (std::sregex_iterator it{cells.begin(), cells.end(), cell}, end; it != end; ++it)
        table_[match[1]][(*it)[1]] = (*it)[2];
    }
  }

  // An admin is also a viewer. Only in their own room is somebody its host, only on its stage a co-host and only
  // where they were appointed a moderator (a room that has ended has neither), and a guest is nobody in another room.
  static std::vector<Role> roles(const Cell& cell) {
    switch (cell.role) {
      case Role::admin:
        return {Role::admin, Role::viewer};
      case Role::host:
        return {is_in_room(cell) ? Role::host : Role::viewer};
      case Role::co_host:
        return {cell.place == Place::here ? Role::co_host : Role::viewer};
      case Role::moderator:
        return {cell.place == Place::here ? Role::moderator : Role::viewer};
      case Role::viewer:
        return {Role::viewer};
      case Role::guest:
        if (cell.place == Place::elsewhere) return {};
        return {Role::guest};
    }
    return {};
  }

  std::map<std::string, std::map<std::string, std::string>> table_;
};

class RightsWorld : public TestWorld {
 protected:
  using Headers = http::TestClient::Headers;

  static std::string person(Role role) {
    static const std::map<Role, std::string> kPeople{{Role::admin, "backend"}, {Role::host, "hanna"},
                                                     {Role::co_host, "carla"}, {Role::moderator, "mona"},
                                                     {Role::viewer, "victor"}, {Role::guest, "guest-gina"}};
    return kPeople.at(role);
  }
  [[nodiscard]] std::string token_of(const Cell& cell) const {
    auth::User who{.id = person(cell.role), .name = person(cell.role), .admin = cell.role == Role::admin};
    who.expires = clock_.time + std::chrono::hours{1};
    if (cell.role == Role::guest) who.guest_of = is_in_room(cell) ? room_ : "room_another";
    return *auth::sign_user(who, "app", settings().keys.at("app"));
  }
  [[nodiscard]] Headers as(const Cell& cell) const { return {{"Authorization", "Bearer " + token_of(cell)}}; }

  // The room of the cell: live; its host, sven and (in their own room) the co-host on stage; invitations to ivan and to
  // the caller waiting, or with `asks` a request of the caller, as far as they may ask; one of nina. Everybody is
  // known, the guest too: an application may have put them.
  boost::asio::awaitable<void> build(Cell cell, bool asks = false) {
    std::vector<std::string> people{"sven", "ivan", "nina"};
    for (const Role role : domain::all_roles()) people.push_back(person(role));
    for (const std::string& user : people) co_await done("PUT", "/v1/users/" + user, named(user), backend());
    if (cell.place == Place::no_room) co_return;

    host_ = is_in_room(cell) ? person(Role::host) : "otto";
    const std::string policies = R"({"inviteWatchersOnly":false,"guestsMayWatch":true,"maxCoHosts":5})";
    room_ =
        (co_await done("POST", "/v1/rooms", R"({"title":"Pottery","policies":)" + policies + "}", TestWorld::as(host_)))
            .text("roomId");
    co_await go_live();
    co_await bring_on_stage("sven");
    if (is_in_room(cell)) co_await bring_on_stage(person(Role::co_host));
    co_await invite("ivan");
    const std::string caller = person(cell.role);
    if (asks)
      co_await request(caller);
    else if (caller != host_ && !invitations_.contains(caller))
      co_await invite(caller);
    co_await request("nina");
    if (is_in_room(cell))
      co_await done("POST", path() + "/people/" + person(Role::moderator) + "/appoint", "", TestWorld::as(host_));
    for (const std::string& author : {std::string{"nina"}, caller}) co_await write(author);
    co_await report("nina");
    if (cell.place == Place::ended) co_await done("POST", path() + "/stop", "", TestWorld::as(host_));
  }

  [[nodiscard]] std::string path() const { return "/v1/rooms/" + room_; }
  [[nodiscard]] const std::string& room() const { return room_; }
  // Addressed to this user.
  [[nodiscard]] const std::string& invitation(const std::string& user) const { return invitations_.at(user); }

  // Written by this user; held ones wait for review.
  [[nodiscard]] std::string message(const std::string& user) const {
    const auto at = messages_.find(user);
    return at == messages_.end() ? "none" : at->second;
  }
  [[nodiscard]] const std::string& report() const { return report_; }
  // Made by this user.
  [[nodiscard]] const std::string& stage_request(const std::string& user) const { return requests_.at(user); }

 private:
  static std::string named(const std::string& user) { return R"({"name":")" + user + "\"}"; }
  [[nodiscard]] Headers backend() const { return TestWorld::as("backend", true); }

  boost::asio::awaitable<Answer> done(std::string method, std::string target, std::string body, Headers headers) {
    Answer answer = co_await ask(method, target, body, headers);
    EXPECT_LT(answer.status, 300u) << "to begin with: " << method << ' ' << target << ' ' << answer.raw.body;
    co_return answer;
  }
  boost::asio::awaitable<void> go_live() {
    const auto lease = co_await done("POST", path() + "/broadcaster", "", TestWorld::as(host_));
    const domain::RoomId room{room_};
    const app::Identity host{host_};
    app_.on_media(app::ParticipantJoined{room, host, domain::LeaseId{lease.text("leaseId")}});
    app_.on_media(app::MediaDevicesChanged{room, host, app::MediaDevice::on, app::MediaDevice::on, true});
  }
  boost::asio::awaitable<void> invite(std::string user) {
    const std::string body = R"({"userId":")" + user + "\"}";
    const auto made = co_await done("POST", path() + "/invitations", body, TestWorld::as(host_));
    invitations_[user] = made.text("invitationId");
  }
  boost::asio::awaitable<void> request(std::string user) {
    const Answer made = co_await ask("POST", path() + "/requests", "", TestWorld::as(user));
    if (made.status < 300) requests_[user] = made.text("requestId");
  }
  // Guests do not write.
  boost::asio::awaitable<void> write(std::string user) {
    const std::string messages = path() + "/chat/messages";
    const Answer made = co_await ask("POST", messages, R"({"text":"Clay!"})", TestWorld::as(user));
    if (made.status < 300) messages_[user] = made.text("messageId");
  }
  boost::asio::awaitable<void> report(std::string author) {
    const std::string reports = path() + "/chat/messages/" + message(author) + "/reports";
    report_ = (co_await done("POST", reports, R"({"reason":"spam"})", TestWorld::as("sven"))).text("reportId");
  }
  boost::asio::awaitable<void> bring_on_stage(std::string user) {
    co_await invite(user);
    co_await done("POST", "/v1/invitations/" + invitation(user) + "/accept", "", TestWorld::as(user));
    co_await done("POST", path() + "/broadcaster", "", TestWorld::as(user));
  }

  std::string host_, room_;
  std::map<std::string, std::string> invitations_;  // invitee -> id
  std::map<std::string, std::string> requests_;     // who asked -> id
  std::map<std::string, std::string> messages_;     // author -> id
  std::string report_;
};

}  // namespace costage::api_v1
