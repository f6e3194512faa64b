// How the library is told to connect: for ever, soon noticing a server that is gone, keeping nothing for later.
#pragma once

#include <nats/nats.h>

#include <chrono>
#include <memory>
#include <string>

#include "adapters/bus/nats_bus.hpp"

namespace costage::bus {

constexpr std::chrono::milliseconds kReconnectWait{250};
constexpr std::chrono::milliseconds kReconnectJitter{100};  // so that not all nodes come at once
constexpr std::chrono::milliseconds kConnectTimeout{2'000};
constexpr std::chrono::milliseconds kWriteTimeout{
    1'000};  // then the server counts as stuck, and what was to be sent is dropped
// A server that is silent is left at the third ping that finds both of the earlier ones unanswered: after 3 to 4.5 s.
constexpr std::chrono::milliseconds kPingEvery{1'500};
constexpr int kMaxPingsOut = 2;

struct OptionsDeleter {
  void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
};
using Options = std::unique_ptr<natsOptions, OptionsDeleter>;

// Or one sentence about what was set wrong, without any secret.
[[nodiscard]] Result<Options, std::string> make_options(const NatsSettings& settings);

}  // namespace costage::bus
