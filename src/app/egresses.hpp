// Recordings and restreams of shows. The media server carries them out and is asked first; what it says becomes
// history.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "app/ports/egress_server.hpp"
#include "app/request.hpp"

namespace costage::app {

struct Context;

class EgressUseCases {
 public:
  explicit EgressUseCases(const Context& context) : in_(context) {}

  [[nodiscard]] bool offered(const std::string& region) const;
  // The newest first.
  void list(const Caller& caller, const domain::RoomId& room, Done<std::vector<domain::Egress>> done);
  void start(const Caller& caller, const domain::RoomId& room, domain::EgressPlan plan, const MaybeIdempotency& once,
             Done<domain::Egress> done);
  void stop(const Caller& caller, const domain::RoomId& room, const domain::EgressId& id, const MaybeIdempotency& once,
            Done<domain::Egress> done);

  // From the media server, again and again: what storage did not take is taken the next time.
  void on_report(const EgressReport& report);

 private:
  static constexpr std::size_t kRemembered = 10'000;  // about 1 kB each; then all is compared with storage anew

  // Two that start at once would both find that none goes on.
  using Slot = std::pair<domain::RoomId, domain::EgressKind>;
  struct Facts;
  void ask_to_start(const Caller& caller, const Facts& facts, const domain::EgressPlan& plan,
                    const MaybeIdempotency& once, Done<domain::Egress> done);
  void ask_to_stop(const Caller& caller, const Facts& facts, const MaybeIdempotency& once, Done<domain::Egress> done);
  void write(const Caller& caller, const domain::RoomId& room, domain::EgressReported reported,
             const MaybeIdempotency& once, Done<domain::Egress> done);

  void stop_for_good(const EgressReport& report);

  // What was given up is stopped after all when its service answers again.
  static constexpr std::chrono::seconds kStopAgain{10};
  struct GivenUp {
    std::string region;
    WallTime next;  // try
  };

  const Context& in_;
  std::map<domain::EgressId, GivenUp> given_up_;
  std::set<Slot> starting_;
  std::map<domain::EgressId, domain::Egress> written_;  // as it was reported last
};

}  // namespace costage::app
