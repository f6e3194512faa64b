#include "loadgen/participant.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "adapters/media_io/clock.hpp"
#include "livekit/models.pb.h"
#include "livekit/signal.pb.h"
#include "sfu/wire/rtcp/compound.hpp"
#include "sfu/wire/rtcp/receiver_report.hpp"
#include "sfu/wire/rtcp/remb.hpp"

namespace costage::bench {
namespace {

using namespace std::chrono_literals;
using media_io::monotonic_now;

constexpr Duration kPingInterval = 5s;
constexpr Duration kReportInterval = 1s;
constexpr std::uint64_t kReportedBitrate = 10'000'000;
constexpr unsigned kWidth = 640;
constexpr unsigned kHeight = 360;

bool wants_key_frame(Bytes datagram) {
  using sfu::rtcp::Type;
  auto compound = sfu::rtcp::Compound::parse(datagram);
  while (auto packet = compound ? compound->next() : std::nullopt) {
    if (packet->is(Type::payload_feedback, sfu::rtcp::kPli) || packet->is(Type::payload_feedback, sfu::rtcp::kFir))
      return true;
  }
  return false;
}

// The string behind "candidate" of RTCIceCandidateInit.
std::string candidate_in(const std::string& json) {
  const std::size_t key = json.find("\"candidate\"");
  if (key == std::string::npos) return {};
  const std::size_t begin = json.find('"', json.find(':', key)) + 1;
  return json.substr(begin, json.find('"', begin) - begin);
}

// VP8 needs no word: it is what servers expect.
void describe_video(livekit::AddTrackRequest& track, VideoCodec codec) {
  track.set_width(kWidth);
  track.set_height(kHeight);
  if (codec == VideoCodec::vp8) return;
  auto& published = *track.add_simulcast_codecs();
  published.set_codec(std::string(row_of(codec).name));
  published.set_cid(track.cid());
  const int layers = row_of(codec).spatial_layers;
  for (int spatial = 0; layers > 1 && spatial < layers; ++spatial) {
    auto& layer = *track.add_layers();
    layer.set_quality(static_cast<livekit::VideoQuality>(spatial));
    layer.set_spatial_layer(spatial);
    layer.set_width(kWidth >> (layers - 1 - spatial));
    layer.set_height(kHeight >> (layers - 1 - spatial));
    layer.set_bitrate(spatial + 1 == layers ? 1'200'000 : 264'000);
    *published.add_layers() = layer;
  }
}

}  // namespace

Participant::Participant(LinkWorld& world, Endpoint server, std::string token, SignalPath path)
    : world_(world),
      server_(std::move(server)),
      token_(std::move(token)),
      path_(path),
      signal_(world.io, {[this](const livekit::SignalResponse& message) { on_message(message); },
                         [this](const std::string& why) { closed_because_ = why; }}) {}

Participant::~Participant() = default;

void Participant::join() {
  if (path_ == SignalPath::v0) return signal_.connect(server_, token_);
  receiving_ = {"audio", "audio", "audio", "video", "video", "video"};  // as livekit-client
  open_subscriber();
  offers_ = 1;
  offer_answered_ = false;
  signal_.connect_single(server_, token_, write_receiving_offer(receiving_, subscriber_->local()));
}

void Participant::open_subscriber() {
  subscriber_ = std::make_unique<Link>(
      world_, [this](Instant arrived, const sfu::Received& received) { on_subscriber_media(arrived, received); });
}

void Participant::publish(VideoCodec codec) {
  source_ = std::make_unique<MediaSource>(world_.rng, monotonic_now(), codec);
  publisher_ = std::make_unique<Link>(world_, [this](Instant, const sfu::Received& r) { on_publisher_media(r); });
  announce_tracks();
  send_offer();
}

void Participant::announce_tracks() {
  for (const bool video : {false, true}) {
    livekit::SignalRequest request;
    auto& track = *request.mutable_add_track();
    track.set_cid(fmt::format("cid-{}", video ? source_->video_ssrc() : source_->audio_ssrc()));
    track.set_name(video ? "camera" : "microphone");
    track.set_type(video ? livekit::VIDEO : livekit::AUDIO);
    track.set_source(video ? livekit::CAMERA : livekit::MICROPHONE);
    if (video) describe_video(track, source_->codec());
    signal_.send(request);
  }
}

void Participant::send_offer() {
  const OfferedTracks tracks{fmt::format("cid-{}", source_->audio_ssrc()), fmt::format("cid-{}", source_->video_ssrc()),
                             source_->audio_ssrc(), source_->video_ssrc(), source_->codec()};
  livekit::SignalRequest request;
  request.mutable_offer()->set_type("offer");
  request.mutable_offer()->set_sdp(write_offer(tracks, publisher_->local()));
  signal_.send(request);
}

void Participant::leave() {
  livekit::SignalRequest request;
  request.mutable_leave()->set_reason(livekit::CLIENT_INITIATED);
  signal_.send(request);
  vanish();
}

void Participant::vanish() {
  signal_.close();
  for (auto* link : {&publisher_, &subscriber_}) {
    if (*link) (*link)->close();
    link->reset();
  }
}

void Participant::on_time(Instant now) {
  if (publisher_) publisher_->on_time(now);
  if (subscriber_) subscriber_->on_time(now);
  if (publishing()) {
    source_->on_time(
        now, [this](Bytes packet) { publisher_->send_rtp(packet); },
        [this](Bytes packet) { publisher_->send_rtcp(packet); });
  }
  if (!joined()) return;
  if (now >= next_ping_) next_ping_ = now + kPingInterval, send_ping();
  if (watching() && now >= next_report_) next_report_ = now + kReportInterval, send_receiver_report();
}

void Participant::send_ping() {
  using namespace std::chrono;
  livekit::SignalRequest request;
  request.mutable_ping_req()->set_timestamp(
      duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
  signal_.send(request);
}

void Participant::on_message(const livekit::SignalResponse& message) {
  using Kind = livekit::SignalResponse::MessageCase;
  switch (message.message_case()) {
    case Kind::kJoin:
      sid_ = message.join().participant().sid();
      on_self(message.join().participant());
      break;
    case Kind::kUpdate:
      for (const auto& info : message.update().participants())
        if (info.sid() == sid_) on_self(info);
      break;
    case Kind::kOffer:
      on_offer(message.offer());
      break;
    case Kind::kAnswer:
      on_answer(message.answer());
      break;
    case Kind::kMediaSectionsRequirement:
      on_requirement(message.media_sections_requirement());
      break;
    case Kind::kTrickle:
      on_trickle(message.trickle());
      break;
    default:
      break;
  }
}

void Participant::on_self(const livekit::ParticipantInfo& info) {
  const bool before = std::exchange(may_publish_, info.permission().can_publish());
  if (before || !may_publish_ || !on_promoted_) return;
  std::exchange(on_promoted_, {})();
}

void Participant::on_offer(const livekit::SessionDescription& offer) {
  const SdpDescription description = parse_sdp(offer.sdp());
  learn_publishers(description);
  if (!subscriber_) open_subscriber();
  livekit::SignalRequest request;
  auto& answer = *request.mutable_answer();
  answer.set_type("answer");
  answer.set_id(offer.id());
  answer.set_sdp(write_answer(description, subscriber_->local()));
  signal_.send(request);
  subscriber_->set_remote(description);
}

void Participant::learn_publishers(const SdpDescription& description) {
  for (const auto& section : description.sections)
    for (std::uint32_t ssrc : section.ssrcs) publisher_of_[ssrc] = section.publisher;
}

void Participant::on_answer(const livekit::SessionDescription& answer) {
  const SdpDescription description = parse_sdp(answer.sdp());
  if (path_ == SignalPath::v0) {
    if (publisher_) publisher_->set_remote(description);
    return;
  }
  learn_publishers(description);
  subscriber_->set_remote(description);
  offer_answered_ = true;
  if (std::exchange(offer_wanted_, false)) offer_to_receive();
}

// So many sections more, or with none a new offer all the same.
void Participant::on_requirement(const livekit::MediaSectionsRequirement& requirement) {
  receiving_.insert(receiving_.end(), requirement.num_audios(), "audio");
  receiving_.insert(receiving_.end(), requirement.num_videos(), "video");
  offer_wanted_ = true;
  if (offer_answered_ && std::exchange(offer_wanted_, false)) offer_to_receive();
}

void Participant::offer_to_receive() {
  livekit::SignalRequest request;
  auto& offer = *request.mutable_offer();
  offer.set_type("offer");
  offer.set_id(++offers_);
  offer.set_sdp(write_receiving_offer(receiving_, subscriber_->local()));
  offer_answered_ = false;
  signal_.send(request);
}

void Participant::on_trickle(const livekit::TrickleRequest& trickle) {
  const auto address = parse_candidate(candidate_in(trickle.candidateinit()));
  const bool subscriber = path_ == SignalPath::v1 || trickle.target() == livekit::SUBSCRIBER;
  const auto& link = subscriber ? subscriber_ : publisher_;
  if (address && link) link->add_candidate(*address);
}

void Participant::on_subscriber_media(Instant arrived, const sfu::Received& received) {
  if (received.kind != sfu::Received::Kind::rtp || received.packet.size() < 12) return;
  ByteReader in(received.packet);
  in.skip(2);
  const std::uint16_t sequence = in.u16();
  in.skip(4);
  streams_[in.u32()].add(arrived, sequence);
  ++received_;
  if (!on_latency_) return;
  if (const auto written = stamp_of(received.packet)) on_latency_(arrived - *written);
}

void Participant::on_publisher_media(const sfu::Received& received) {
  if (received.kind == sfu::Received::Kind::rtcp && wants_key_frame(received.packet)) source_->request_key_frame();
}

// Without loss and with a generous REMB, as a browser with a good connection reports.
void Participant::send_receiver_report() {
  std::vector<sfu::rtcp::ReportBlock> blocks;
  std::vector<std::uint32_t> ssrcs;
  for (const auto& [ssrc, stream] : streams_) {
    if (blocks.size() == sfu::rtcp::kMaxReportBlocks) break;
    blocks.push_back({.ssrc = ssrc, .highest_sequence = static_cast<std::uint32_t>(stream.highest)});
    ssrcs.push_back(ssrc);
  }
  std::array<std::uint8_t, 1200> buffer;
  ByteWriter out(buffer);
  sfu::rtcp::ReceiverReport{1, {}}.write(out, blocks);
  sfu::rtcp::Remb{1, kReportedBitrate, {}}.write(out, ssrcs);
  subscriber_->send_rtcp(out.written());
}

std::map<std::uint32_t, StreamCount> Participant::streams_of(const std::string& publisher) const {
  std::map<std::uint32_t, StreamCount> out;
  for (const auto& [ssrc, stream] : streams_) {
    const auto owner = publisher_of_.find(ssrc);
    if (owner != publisher_of_.end() && owner->second == publisher) out[ssrc] = stream;
  }
  return out;
}

void Participant::forget_counts() {
  streams_.clear();
  received_ = 0;
}

}  // namespace costage::bench
