// The clock that OpenSSL and usrsctp read in tests. They call gettimeofday(); the test program brings its own, which
// shows simulated time while a VirtualClock lives and the real one otherwise.
#pragma once

#include "base/time.hpp"

namespace costage::sfu {

class VirtualClock {
 public:
  explicit VirtualClock(Instant now);
  ~VirtualClock();
  void set(Instant now);
};

}  // namespace costage::sfu
