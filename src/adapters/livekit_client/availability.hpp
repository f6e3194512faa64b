// Whether a LiveKit server answers, by the rounds in which it is asked. While it does not, nothing else is tried: each
// attempt would wait for nothing.
#pragma once

namespace costage::livekit_client {

class Availability {
 public:
  static constexpr int kFailures = 2;  // rounds in a row; one alone may be a packet that was lost

  // True: it changed.
  bool on_round(bool answered) {
    failures_ = answered ? 0 : failures_ + 1;
    const bool before = available_;
    if (answered) available_ = true;
    if (failures_ >= kFailures) available_ = false;
    return available_ != before;
  }
  [[nodiscard]] bool available() const { return available_; }
  // The last round failed.
  [[nodiscard]] bool doubtful() const { return failures_ > 0; }

 private:
  bool available_ = true;
  int failures_ = 0;
};

}  // namespace costage::livekit_client
