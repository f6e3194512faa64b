// One LiveKit participant with v0 signalling (two peer connections): watches everything, and publishes when told to.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "loadgen/link.hpp"
#include "loadgen/media_source.hpp"
#include "loadgen/signal_client.hpp"

namespace livekit {
class ParticipantInfo;
class SessionDescription;
class TrickleRequest;
}  // namespace livekit

namespace costage::bench {

// What arrived of one RTP stream.
struct StreamCount {
  Instant first_at{};
  Instant last_at{};
  std::uint64_t packets = 0;
  std::int64_t lowest = 0;  // unwrapped sequence numbers
  std::int64_t highest = 0;

  [[nodiscard]] std::uint64_t expected() const {
    return packets == 0 ? 0 : static_cast<std::uint64_t>(highest - lowest + 1);
  }
};

class Participant {
 public:
  Participant(LinkWorld& world, Endpoint server, std::string token);
  ~Participant();

  void join();
  // Announces one audio and one video track, offers them, and sends as soon as connected.
  void publish(VideoCodec codec = VideoCodec::vp8);
  void leave();
  // Drops the socket and stops sending, without a word.
  void vanish();
  void on_time(Instant now);

  [[nodiscard]] bool joined() const { return !sid_.empty(); }
  [[nodiscard]] const std::string& sid() const { return sid_; }
  [[nodiscard]] bool may_publish() const { return may_publish_; }
  [[nodiscard]] bool publishing() const { return publisher_ && publisher_->connected(); }
  [[nodiscard]] bool watching() const { return subscriber_ && subscriber_->connected(); }
  [[nodiscard]] const std::string& closed_because() const { return closed_because_; }
  // Called once, in the turn in which the right to publish arrives.
  void set_on_promoted(std::function<void()> callback) { on_promoted_ = std::move(callback); }

  // Called with the time that each stamped packet was under way, from its writing to its arrival here.
  void set_on_latency(std::function<void(Duration)> callback) { on_latency_ = std::move(callback); }

  [[nodiscard]] std::uint64_t received() const { return received_; }
  [[nodiscard]] std::uint64_t sent() const { return source_ ? source_->sent() : 0; }
  // By SSRC; only media that came from `publisher` (PA_ sid).
  [[nodiscard]] std::map<std::uint32_t, StreamCount> streams_of(const std::string& publisher) const;
  void forget_counts();

 private:
  void on_message(const livekit::SignalResponse& message);
  void on_self(const livekit::ParticipantInfo& info);
  void on_offer(const livekit::SessionDescription& offer);
  void on_trickle(const livekit::TrickleRequest& trickle);
  void on_subscriber_media(Instant arrived, const sfu::Received& received);
  void on_publisher_media(const sfu::Received& received);
  void announce_tracks();
  void send_offer();
  void send_ping();
  void send_receiver_report();

  LinkWorld& world_;
  Endpoint server_;
  std::string token_;
  SignalClient signal_;
  std::string sid_;
  bool may_publish_ = false;
  std::string closed_because_;
  std::function<void()> on_promoted_;
  std::function<void(Duration)> on_latency_;
  std::unique_ptr<Link> publisher_;
  std::unique_ptr<Link> subscriber_;
  std::unique_ptr<MediaSource> source_;
  std::map<std::uint32_t, std::string> publisher_of_;  // SSRC -> PA_ sid, from the server's offers
  std::map<std::uint32_t, StreamCount> streams_;
  std::uint64_t received_ = 0;
  Instant next_ping_{};
  Instant next_report_{};
};

}  // namespace costage::bench
