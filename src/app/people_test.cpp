#include "app/testing/people_test.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace costage::app::testing {

using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kIdSeed = 1'000'003;
const char* const kNames[] = {"host", "cora", "carl", "vera", "viktor", "vito", "vanja"};

std::vector<Caller> people() {
  std::vector<Caller> out;
  for (const char* name : kNames) out.push_back({UserId{name}, name, false});
  return out;
}

}  // namespace

People::People(std::uint64_t seed)
    : chance_(seed), ids_(seed * kIdSeed + 1), embedded_(seed % 2 == 0), callers_(people()) {
  start_program();
  create_room();
  storage_.run();
  const RoomId room = rooms_.front();
  open_lease(callers_.front(), room);
  for (const Caller& one : callers_) app_->watching().start(one, room, *connections_.insert(one.user.value()).first);
  storage_.run();
  connect(), send_media();
  storage_.run();
}

void People::play(int acts) {
  for (int i = 0; i < acts && !::testing::Test::HasFailure(); ++i) {
    act();
    if (chance(8)) trouble_passes();
    tell_media_events();
    if (chance(2)) storage_.commit(1 + chance_.below(4));
    if (chance(3)) storage_.run();
    if (chance(3)) media_.finish();
    look();
  }
  if (!::testing::Test::HasFailure()) settle();
}

void People::act() {
  using Act = void (People::*)();
  struct Likely {
    const char* name;
    std::uint64_t weight;
    Act act;
  };
  static constexpr Likely kActs[] = {
      {"create room", 1, &People::create_room},
      {"update", 3, &People::update_room},
      {"stop", 1, &People::stop_room},
      {"watch", 6, &People::watch},
      {"stop watching", 2, &People::stop_watching},
      {"report", 4, &People::report},
      {"block", 1, &People::block},
      {"switch invitations", 1, &People::switch_invitations},
      {"ask", 5, &People::ask_to_join},
      {"crowd", 1, &People::crowd_asks},
      {"withdraw", 2, &People::withdraw},
      {"decline", 2, &People::decline},
      {"invite", 10, &People::invite},
      {"invite several", 2, &People::invite_several},
      {"answer", 10, &People::answer_invitation},
      {"cancel", 3, &People::cancel},
      {"resend", 2, &People::resend},
      {"call to stage", 3, &People::call_to_stage},
      {"everybody at once", 5, &People::everybody_at_once},
      {"broadcaster data", 14, &People::broadcaster_data},
      {"leave", 4, &People::leave},
      {"remove", 4, &People::remove},
      {"act on devices", 3, &People::act_on_devices},
      {"give rights", 3, &People::give_rights},
      {"report egress", 1, &People::report_egress},
      {"keep order", 2, &People::keep_order},
      {"connect", 12, &People::connect},
      {"send", 10, &People::send_media},
      {"lose connection", 3, &People::lose_connection},
      {"come back", 4, &People::come_back},
      {"hang up", 2, &People::hang_up},
      {"time", 14, &People::time_passes},
      {"storage fills", 2, &People::storage_fills},
      {"disk fails", 2, &People::disk_fails},
      {"races", 2, &People::races_are_lost},
      {"media fails", 2, &People::media_fails},
      {"restart", 1, &People::program_restarts},
  };
  std::uint64_t all = 0;
  for (const Likely& one : kActs) all += one.weight;
  std::uint64_t at = chance_.below(all);
  const Likely* chosen = kActs;
  for (; at >= chosen->weight; ++chosen) at -= chosen->weight;
  trail_.emplace_back(chosen->name);
  (this->*chosen->act)();
}

void People::look() {
  witness_.look(storage_.database);
  // What this program was not told of, because it was not answered yet, it is told with the answer; between commits
  // the gate is as the stage is.
  for (const MediaGrant& token : media_.tokens) {
    const RoomState& state = witness_.rooms.at(token.room);
    const bool lives =
        is_open(state.room.status) && lease_is_alive(state.stage, UserId{token.identity.value()}, token.lease);
    app_->gate().may_publish(token.room, token.identity, token.lease, [&](bool may) {
      EXPECT_EQ(may, lives) << "the token of " << token.lease.value() << " of " << token.identity.value();
    });
  }
}

// Everything works again; whatever was to be done later is done.
void People::settle() {
  trail_.emplace_back("settle");
  trouble_passes();
  constexpr int kSteps = 40;
  for (int i = 0; i < kSteps; ++i) {
    storage_.run();
    tell_media_events();
    storage_.run();
    clock_.time += 5s;
    app_->on_time();
  }
  storage_.run();
  look();
  for (const auto& [number, times] : unanswered_) EXPECT_EQ(times, 1) << "use case " << number << " was not answered";
  rights_are_those_of_the_stage();
  nothing_waits_for_ever();
  rights_are_those_of_the_stage();
  links_are_those_of_the_media_server();
}

void People::rights_are_those_of_the_stage() {
  for (const auto& [place, publisher] : media_.publishers) {
    const Seat* seat = witness_.rooms.at(place.first).stage.find(UserId{place.second.value()});
    EXPECT_TRUE(seat != nullptr && seat->lease == publisher.lease)
        << place.second.value() << " publishes without a seat";
  }
}

// A cluster whose reports died with the program is believed once the seats they were about have run out.
void People::links_are_those_of_the_media_server() {
  for (const auto& [id, state] : witness_.rooms)
    for (const Seat& seat : state.stage.seats) {
      const auto at = media_.publishers.find({id, on_stage_as(seat.user)});
      const Link link = at == media_.publishers.end() ? Link::absent
                        : at->second.interrupted      ? Link::interrupted
                                                      : Link::up;
      EXPECT_EQ(name(seat.link), name(link)) << seat.user.value() << " in " << id.value();
    }
}

void People::nothing_waits_for_ever() {
  constexpr int kSteps = 40;
  for (int i = 0; i < kSteps; ++i) {
    clock_.time += 30s;
    app_->on_time();
    storage_.run();
    tell_media_events();
    storage_.run();
  }
  look();
  for (const auto& [id, state] : witness_.rooms) {
    const auto deadline = next_deadline(state);
    EXPECT_FALSE(deadline && *deadline < clock_.time) << id.value() << " has not done what was due";
    EXPECT_NE(state.room.status, RoomStatus::waiting_reconnect);
  }
  for (const FollowerPosition& one : storage_.database.history().behind("media_rights", {}, 10))
    ADD_FAILURE() << "media_rights is at " << one.followed << " of " << one.last << " in " << one.room.value();
  for (const auto& sent : witness_.invitations) EXPECT_NE(sent.status, InvitationStatus::pending) << sent.id.value();
}

void People::start_program() {
  app_ = std::make_unique<App>(storage_, media_, clock_, ids_);
  app_->subscribe([this](const Committed& committed) { witness_.hear(committed); });
  bool started = false;
  app_->start([&](bool ok) { started = ok; });
  storage_.run();
  EXPECT_TRUE(started);
  for (const Caller& one : callers_) app_->users().seen(one);
  storage_.run();
}

// kill -9: what was asked last may be committed or not, and nobody hears of it.
void People::program_restarts() {
  if (!chance(3)) return;
  trouble_passes();
  storage_.kill(chance_.below(storage_.waiting() + 1));
  media_.program_ended(embedded_);
  witness_.program_ended();
  unanswered_.clear();
  connections_.clear();
  app_.reset();
  start_program();
}

namespace {

// COSTAGE_SEED=17 runs that one alone, COSTAGE_SEEDS=20000 more than usual.
std::pair<std::uint64_t, std::uint64_t> seeds() {
  constexpr std::uint64_t kSeeds = 150;
  const auto number = [](const char* text) { return text == nullptr ? 0 : std::strtoull(text, nullptr, 10); };
  const std::uint64_t one = number(std::getenv("COSTAGE_SEED"));
  if (one > 0) return {one, one};
  const std::uint64_t count = number(std::getenv("COSTAGE_SEEDS"));
  return {1, count > 0 ? count : kSeeds};
}

std::string last_of(const std::vector<std::string>& trail) {
  constexpr std::size_t kShown = 60;
  std::string out;
  for (std::size_t i = trail.size() > kShown ? trail.size() - kShown : 0; i < trail.size(); ++i) out += trail[i] + '\n';
  return out;
}

// Chance must have led everywhere, or the test says nothing.
// One node alone moves no show to another (media_nodes_test).
void expect_all_happened(const std::map<EventType, int>& counts) {
  for (const EventInfo& info : all_events())
    EXPECT_TRUE(counts.contains(info.type) || info.type == EventType::room_media_moved) << info.name;
}

TEST(People, WhateverTheyDoAtOnceTheStageStaysTheirs) {  // S-004, S-024, S-028, S-030, S-053..S-067, D13
  constexpr int kActs = 400;
  std::map<EventType, int> counts;
  const auto [first, last] = seeds();
  for (std::uint64_t seed = first; seed <= last && !::testing::Test::HasFailure(); ++seed) {
    People show(seed);
    show.play(kActs);
    for (const auto& [type, count] : show.witness().counts) counts[type] += count;
    if (::testing::Test::HasFailure()) ADD_FAILURE() << "COSTAGE_SEED=" << seed << '\n' << last_of(show.trail());
  }
  if (first != last) expect_all_happened(counts);
}

}  // namespace
}  // namespace costage::app::testing
