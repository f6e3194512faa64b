// A network for simulations: datagrams arrive late, out of order, twice or never, all decided by one seed.
#pragma once

#include <functional>
#include <map>
#include <utility>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"

namespace costage::sfu {

class LossyNetwork {
 public:
  struct Settings {
    unsigned loss_percent = 0;
    unsigned duplicate_percent = 0;
    Duration delay = std::chrono::milliseconds(10);
    Duration jitter{};  // uniform on top of the delay, so it reorders
  };
  struct Datagram {
    Address from;
    Address to;
    Buffer bytes;
  };

  LossyNetwork(Rng& rng, Settings settings) : rng_(rng), settings_(settings) {}

  void send(Instant now, const Address& from, const Address& to, Bytes bytes) {
    if (rng_.below(100) < settings_.loss_percent) return;
    if (drop({from, to, Buffer(bytes.begin(), bytes.end())})) return;
    const bool twice = rng_.below(100) < settings_.duplicate_percent;
    for (int i = 0; i < (twice ? 2 : 1); ++i)
      on_the_way_.emplace(arrival(now) + detour(from, to), Datagram{from, to, Buffer(bytes.begin(), bytes.end())});
  }
  [[nodiscard]] Instant next() const { return on_the_way_.empty() ? kNever : on_the_way_.begin()->first; }
  // The datagram that arrives at next(); call only if there is one.
  Datagram take() { return std::move(on_the_way_.extract(on_the_way_.begin()).mapped()); }
  void set(Settings settings) { settings_ = settings; }

  // What else is lost.
  std::function<bool(const Datagram&)> drop = [](const Datagram&) { return false; };
  // How much longer this way is.
  std::function<Duration(const Address& from, const Address& to)> detour = [](auto&, auto&) { return Duration{}; };

 private:
  Instant arrival(Instant now) {
    const auto jitter = settings_.jitter.count();
    return now + settings_.delay + Duration(jitter > 0 ? static_cast<Duration::rep>(rng_.below(jitter)) : 0);
  }

  Rng& rng_;
  Settings settings_;
  std::multimap<Instant, Datagram> on_the_way_;  // equal times keep their order
};

}  // namespace costage::sfu
