// Who may subscribe to a publisher's tracks (SubscriptionPermission), by look-up: it is asked for every track and
// viewer.
#pragma once

#include <livekit/signal.pb.h>

#include <functional>
#include <map>
#include <set>
#include <string>

namespace costage::signal {

class Audience {
 public:
  explicit Audience(const livekit::SubscriptionPermission& permission);

  [[nodiscard]] bool may_get(const std::string& participant_sid, const std::string& identity,
                             const std::string& track_sid) const;

 private:
  struct Tracks {
    bool all = false;
    std::set<std::string, std::less<>> sids;
    [[nodiscard]] bool contain(const std::string& sid) const { return all || sids.contains(sid); }
  };
  using ByName = std::map<std::string, Tracks, std::less<>>;

  bool everybody_;
  ByName by_sid_, by_identity_;
};

}  // namespace costage::signal
