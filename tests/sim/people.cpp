#include "people.hpp"

namespace costage::sim {

using namespace domain;
using namespace std::chrono_literals;

namespace {

const char* const kNames[] = {"hanna", "cora", "carl", "vera", "vito"};
constexpr milliseconds kPauseAtLeast = 20ms, kPauseAtMost = 900ms;
constexpr milliseconds kListenEvery = 1s;
constexpr unsigned kListens = 600, kListensToChat = 500;  // in a thousand

std::vector<app::Caller> callers() {
  std::vector<app::Caller> out;
  for (const char* name : kNames) out.push_back({UserId{name}, name, false});
  return out;
}

}  // namespace

People::People(World& world, Installation& all, Nodes& nodes)
    : world_(world),
      all_(all),
      nodes_(nodes),
      ledger_(all.database.ledger()),
      requests_(world, nodes),
      callers_(callers()) {}

void People::begin() {
  create_room();
  act();
  listen();
}

void People::act() {
  using Act = void (People::*)();
  struct Likely {
    unsigned weight;
    Act act;
  };
  static constexpr Likely kActs[] = {
      {2, &People::create_room},
      {1, &People::stop_room},
      {10, &People::host_takes_seat},
      {14, &People::take_seat},
      {4, &People::leave},
      {5, &People::remove},
      {1, &People::ban},
      {3, &People::unban},
      {1, &People::change_limit},
      {14, &People::invite},
      {14, &People::answer_invitation},
      {4, &People::accept_twice},
      {3, &People::cancel},
      {3, &People::call},
      {5, &People::ask},
      {2, &People::withdraw},
      {2, &People::decline},
      {12, &People::say},
      {16, &People::connect},
      {8, &People::switch_devices},
      {3, &People::hang_up},
  };
  if (world_.is_calm()) return;
  unsigned all = 0;
  for (const Likely& one : kActs) all += one.weight;
  auto at = static_cast<unsigned>(world_.rng().below(all));
  const Likely* chosen = kActs;
  for (; at >= chosen->weight; ++chosen) at -= chosen->weight;
  (this->*chosen->act)();
  world_.after(world_.between(kPauseAtLeast, kPauseAtMost), [this] { act(); });
}

// Whoever likes listens to a new show.
void People::listen() {
  for (const auto& [room, book] : ledger_.rooms()) {
    if (std::ranges::find(listened_to_, room) != listened_to_.end()) continue;
    listened_to_.push_back(room);
    for (const app::Caller& one : callers_) {
      if (!world_.chance(kListens)) continue;
      room_readers_.push_back(std::make_shared<Reader<OfRoom>>(world_, nodes_, ledger_, one, room));
      room_readers_.back()->begin();
      if (!world_.chance(kListensToChat)) continue;
      chat_readers_.push_back(std::make_shared<Reader<OfChat>>(world_, nodes_, ledger_, one, room));
      chat_readers_.back()->begin();
    }
  }
  world_.after(kListenEvery, [this] { listen(); });
}

void People::check_end() const {
  for (const auto& one : room_readers_) one->check_end();
  for (const auto& one : chat_readers_) one->check_end();
}

std::uint64_t People::events_heard() const {
  std::uint64_t out = 0;
  for (const auto& one : room_readers_) out += one->events_heard();
  for (const auto& one : chat_readers_) out += one->events_heard();
  return out;
}

const app::Caller& People::caller(const UserId& user) const {
  const auto at = std::ranges::find(callers_, user, &app::Caller::user);
  return at == callers_.end() ? callers_.front() : *at;
}

const RoomState* People::any_room() {
  if (ledger_.rooms().empty()) return nullptr;
  return &world_.any(ledger_.rooms()).second.state;
}

app::Caller People::host_of(const RoomState& room) { return world_.chance(50) ? somebody() : caller(room.room.host); }

// Of this status if there is one.
const Invitation* People::any_invitation(InvitationStatus status) {
  std::vector<const Invitation*> fitting, all;
  for (const auto& [id, one] : ledger_.invitations()) {
    all.push_back(&one);
    if (one.status == status) fitting.push_back(&one);
  }
  if (all.empty()) return nullptr;
  return fitting.empty() || world_.chance(100) ? world_.any(all) : world_.any(fitting);
}

const StageRequest* People::any_request() {
  if (ledger_.requests().empty()) return nullptr;
  return &world_.any(ledger_.requests()).second;
}

}  // namespace costage::sim
