// One LiveKit participant: watches everything. With v0 signalling (two peer connections) it publishes when told to;
// with v1 (one for both directions) it is a viewer alone.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "loadgen/link.hpp"
#include "loadgen/media_source.hpp"
#include "loadgen/signal_client.hpp"
#include "loadgen/stream_count.hpp"

namespace livekit {
class MediaSectionsRequirement;
class ParticipantInfo;
class SessionDescription;
class TrickleRequest;
}  // namespace livekit

namespace costage::bench {

enum class SignalPath : std::uint8_t { v0, v1 };

class Participant {
 public:
  Participant(LinkWorld& world, Endpoint server, std::string token, SignalPath path = SignalPath::v0);
  ~Participant();

  void join();
  // v0. Announces one audio and one video track, offers them, and sends as soon as connected.
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
  void on_answer(const livekit::SessionDescription& answer);
  void on_requirement(const livekit::MediaSectionsRequirement& requirement);
  void on_trickle(const livekit::TrickleRequest& trickle);
  void on_subscriber_media(Instant arrived, const sfu::Received& received);
  void on_publisher_media(const sfu::Received& received);
  void open_subscriber();
  void learn_publishers(const SdpDescription& description);
  void offer_to_receive();
  void announce_tracks();
  void send_offer();
  void send_ping();
  void send_receiver_report();

  LinkWorld& world_;
  Endpoint server_;
  std::string token_;
  SignalPath path_;
  SignalClient signal_;
  std::string sid_;
  bool may_publish_ = false;
  std::string closed_because_;
  std::function<void()> on_promoted_;
  std::function<void(Duration)> on_latency_;
  std::unique_ptr<Link> publisher_;
  std::unique_ptr<Link> subscriber_;
  std::unique_ptr<MediaSource> source_;
  std::vector<std::string> receiving_;  // v1: the media of the sections offered
  std::uint32_t offers_ = 0;            // v1
  bool offer_answered_ = true;
  bool offer_wanted_ = false;
  std::map<std::uint32_t, std::string> publisher_of_;  // SSRC -> PA_ sid, from the server's offers
  std::map<std::uint32_t, StreamCount> streams_;
  std::uint64_t received_ = 0;
  Instant next_ping_{};
  Instant next_report_{};
};

}  // namespace costage::bench
