// The bus over NATS. A thread of its own speaks to the library, which holds a lock while it connects or writes; the
// library has threads of its own too. Whatever they say reaches the control loop through the Inbox.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/bus/inbox.hpp"
#include "app/ports/bus.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace costage::bus {

struct NatsSettings {
  std::vector<Secret> urls;  // servers of one cluster: nats://[token or user:password@]host[:port], tls://...
  std::string name;          // of this node, for whoever looks at the server
  std::string tls_ca;        // path of a PEM file; empty: the system's certificates
};

struct BusCounts {
  std::uint64_t sent = 0;     // given to the connection
  std::uint64_t dropped = 0;  // not sent: away, too much waits, or too large
  std::uint64_t heard = 0;
  std::uint64_t lost = 0;  // said by others, and not heard: the control loop was too slow
};

class NatsBus : public app::Bus {
 public:
  [[nodiscard]] virtual BusCounts counts() const = 0;
};

// Settings that make no sense are an error, in one sentence for people; a server that is not there is none: it is tried
// for ever. Destroyed on the control loop; nothing is called or posted afterwards.
[[nodiscard]] Result<std::unique_ptr<NatsBus>, std::string> open_nats(const NatsSettings& settings, Post post);

}  // namespace costage::bus
