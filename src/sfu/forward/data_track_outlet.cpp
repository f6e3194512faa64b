#include "sfu/forward/data_track_outlet.hpp"

#include <algorithm>

#include "base/media_limits.hpp"

namespace costage::sfu {

void FrameGate::limit(std::uint32_t frames_per_second) {
  interval_ = frames_per_second == 0 ? Duration{0} : Duration{std::chrono::seconds(1)} / frames_per_second;
  next_ = {};
}

void DataTrackOutlet::subscribe(const media::SubscribeDataTrack& command) {
  auto found = std::find_if(subscribers_.begin(), subscribers_.end(),
                            [&](const Subscriber& s) { return s.peer == command.subscriber; });
  if (found == subscribers_.end()) {
    if (subscribers_.size() == media::kMaxTrackViewers) return;
    found = subscribers_.insert(subscribers_.end(), Subscriber{.peer = command.subscriber});
  }
  found->handle = command.subscriber_handle;
  found->gate.limit(command.max_fps);
}

void DataTrackOutlet::unsubscribe(const media::PeerSid& subscriber) {
  std::erase_if(subscribers_, [&](const Subscriber& s) { return s.peer == subscriber; });
}

}  // namespace costage::sfu
