// What the bus holds at most: twice 10,000 messages and twice 64 MB, once for each direction.
#pragma once

#include <cstddef>

namespace costage::bus {

constexpr std::size_t kMaxMessage = 512 * 1024;     // bytes; nats-server allows 1 MB unless it is told otherwise
constexpr std::size_t kMaxWaiting = 10'000;         // messages, each direction
constexpr std::size_t kMaxWaitingBytes = 64 << 20;  // of them together
constexpr std::size_t kMaxTogether = 256;  // heard in one turn of the control loop, or sent before the next look around

}  // namespace costage::bus
