// What is made of a show beside showing it: it is recorded, or sent to other platforms as well. The media server does
// it and says how it goes; the room keeps what it said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/ids.hpp"

namespace costage::domain {

struct Event;
struct RoomState;

enum class EgressKind { recording, restream };
enum class EgressState { starting, active, ending, complete, failed };
std::string_view name(EgressKind kind);
std::string_view name(EgressState state);
std::optional<EgressKind> egress_kind_from(std::string_view name);
std::optional<EgressState> egress_state_from(std::string_view name);
[[nodiscard]] bool is_over(EgressState state);

struct Egress {
  EgressId id;  // the media server's
  EgressKind kind{};
  EgressState state{};
  std::optional<UserId> started_by;  // nothing: somebody told the media server itself
  WallTime started_at;
  std::optional<WallTime> ended_at;
  std::vector<std::string> destinations;  // URLs of a restream, without their keys
  std::vector<std::string> failed;        // those of them that nothing is sent to any more
  std::string file;                       // where the recording is; empty: nowhere yet
  std::uint64_t file_seconds = 0, file_bytes = 0;
  std::string error;  // in the media server's words

  bool operator==(const Egress&) const = default;
};

// Those that go on, and the newest of those that are over; the oldest first.
struct Egresses {
  std::vector<Egress> all;

  [[nodiscard]] const Egress* find(const EgressId& id) const;
  [[nodiscard]] const Egress* running(EgressKind kind) const;
  [[nodiscard]] std::vector<Egress> running() const;
  bool operator==(const Egresses&) const = default;
};

void put_egress(Egresses& egresses, Egress egress);
void apply(Egresses& egresses, const Event& event);
// Empty, or what does not hold of them.
std::string check_egresses(const RoomState& state);

}  // namespace costage::domain
