#include "sfu/subscriber.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "base/media_limits.hpp"
#include "sfu/congestion/allocator.hpp"
#include "sfu/wire/rtcp/fir.hpp"
#include "sfu/wire/rtcp/nack.hpp"
#include "sfu/wire/rtcp/pli.hpp"
#include "sfu/wire/rtcp/receiver_report.hpp"
#include "sfu/wire/rtcp/remb.hpp"
#include "sfu/wire/rtcp/sdes.hpp"
#include "sfu/wire/rtcp/sender_report.hpp"

namespace costage::sfu {

using media::Kind;
using media::Layer;
using media::SubscriptionFailure;

namespace {

std::optional<Grant> sent_now(const Subscription& viewer) {
  const auto layer = viewer.down.current();
  if (!layer) return std::nullopt;
  return viewer.granted && viewer.granted->layer == *layer ? *viewer.granted : Grant{*layer};
}

}  // namespace

Subscriber::Subscriber(Context& context, PeerTimers& timers, const media::AddPeer& command, PeerTransport& transport,
                       DownSections& sections)
    : context_(context),
      timers_(timers),
      peer_(command.peer),
      pausing_(command.allow_pause ? Pausing::allowed : Pausing::forbidden),
      streams_name_tracks_(command.streams_name_tracks),
      transport_(transport),
      sections_(sections),
      outlet_{.peer = peer_, .transport = &transport_} {
  changed();
}

void Subscriber::on_agreed(const std::vector<StartedSection>& started, const std::vector<media::TrackSid>& refused,
                           Instant now) {
  for (const media::TrackSid& track : refused) refuse(track, SubscriptionFailure::no_codec);
  for (const StartedSection& section : started) agreed_.push_back(section);
  if (transport_.state() == media::TransportState::connected) on_connected(now);
}

void Subscriber::on_connected(Instant now) {
  for (const StartedSection& section : std::exchange(agreed_, {})) start(section, now);
}

// ---- subscriptions

void Subscriber::subscribe(const media::Subscribe& command) {
  const media::TrackSid& sid = command.track;
  if (find(sid) != nullptr) return;
  unsubscribe(command.instead_of);
  const PublishedTrack* track = context_.find_track(sid);
  const auto cannot = [&](SubscriptionFailure why) { context_.emit(media::SubscriptionFailed{peer_, sid, why}); };
  if (track == nullptr || !track->bound()) return cannot(SubscriptionFailure::no_track);

  const media::TrackSid& shown_as = track->announced.shown_as.value().empty() ? sid : track->announced.shown_as;
  DownSectionContent content{.track = sid,
                             .shown_as = shown_as,
                             .codec = &track->codec(),
                             .fmtp = track->fmtp(),
                             .publisher = track->announced.peer.value(),
                             .stream = streams_name_tracks_ ? shown_as.value() : track->announced.stream,
                             .stereo = track->announced.stereo,
                             .red = track->red_payload_type() != 0,
                             .ssrc = context_.rng.u32() | 3};
  if (content.codec->kind() == Kind::video) content.rtx_ssrc = content.ssrc - 1;  // even, and not 0
  if (!sections_.add(content)) return cannot(SubscriptionFailure::too_many);
  streams_.push_back({.track = sid, .ssrc = content.ssrc});
  changed();
}

void Subscriber::start(const StartedSection& section, Instant now) {
  const auto& [content, format] = section;
  PublishedTrack* track = context_.find_track(content.track);
  Stream* stream = find(content.track);
  if (track == nullptr || stream == nullptr || stream->ssrc != content.ssrc) return;  // unsubscribed meanwhile
  const DownTrack::Config config{.codec = content.codec,
                                 .ssrc = content.ssrc,
                                 .rtx_ssrc = format.rtx_payload_type == 0 ? 0 : content.rtx_ssrc,
                                 .payload_type = format.payload_type,
                                 .rtx_payload_type = format.rtx_payload_type,
                                 .abs_send_time_id = format.abs_send_time_id,
                                 .descriptor_id = format.descriptor_id,
                                 .first_sequence = static_cast<std::uint16_t>(context_.rng.below(0x8000)),
                                 .scalable = track->scalable(),
                                 .red_payload_type = format.red_payload_type};
  if (Subscription* viewer = track->viewers.find(&outlet_)) return viewer->down.move_to(config);
  if (!track->viewers.add({.down = DownTrack(config),
                           .outlet = &outlet_,
                           .enabled = stream->enabled,
                           .max_layer = stream->max_layer,
                           .max_fps = stream->max_fps}))
    return refuse(content.track, SubscriptionFailure::too_many);
  stream->started = true;
  track->begin(now, *track->viewers.find(&outlet_), context_.out, context_.stats);
}

void Subscriber::refuse(const media::TrackSid& track, SubscriptionFailure why) {
  unsubscribe(track);
  context_.emit(media::SubscriptionFailed{peer_, track, why});
}

void Subscriber::unsubscribe(const media::TrackSid& sid) {
  if (std::erase_if(streams_, [&](const Stream& s) { return s.track == sid; }) == 0) return;
  if (PublishedTrack* track = context_.find_track(sid)) track->viewers.remove(&outlet_);
  sections_.remove(sid);
  changed();
}

void Subscriber::configure(const media::ConfigureSubscription& wish, Instant now) {
  Stream* stream = find(wish.track);
  if (stream == nullptr) return;
  stream->enabled = wish.enabled;
  stream->max_layer = wish.max_layer;
  stream->max_fps = wish.max_fps;
  const auto [track, viewer] = subscription(*stream);
  if (viewer == nullptr) return;
  viewer->enabled = wish.enabled;
  viewer->max_layer = wish.max_layer;
  viewer->max_fps = wish.max_fps;
  track->retarget(now, *viewer);
}

Subscriber::Stream* Subscriber::find(const media::TrackSid& track) {
  const auto found = std::find_if(streams_.begin(), streams_.end(), [&](const Stream& s) { return s.track == track; });
  return found == streams_.end() ? nullptr : &*found;
}

Subscriber::Stream* Subscriber::find_ssrc(std::uint32_t ssrc) {
  const auto found = std::find_if(streams_.begin(), streams_.end(), [&](const Stream& s) { return s.ssrc == ssrc; });
  return found == streams_.end() ? nullptr : &*found;
}

Subscriber::Open Subscriber::subscription(const Stream& stream) const {
  PublishedTrack* track = context_.find_track(stream.track);
  return {track, track == nullptr ? nullptr : track->viewers.find(&outlet_)};
}

// ---- what the subscriber reports

void Subscriber::on_rtcp(Instant now, Bytes bytes) {
  auto compound = rtcp::Compound::parse(bytes);
  if (!compound) {
    ++context_.stats.dropped_malformed;
    return;
  }
  while (const auto packet = compound->next()) on_rtcp_packet(now, *packet);
}

void Subscriber::on_rtcp_packet(Instant now, const rtcp::Packet& packet) {
  if (const auto report = rtcp::ReceiverReport::parse(packet)) return on_reports(now, report->reports);
  if (const auto report = rtcp::SenderReport::parse(packet)) return on_reports(now, report->reports);
  if (packet.is(rtcp::Type::transport_feedback, rtcp::kNack)) return on_nack(now, packet);
  if (const auto pli = rtcp::Pli::parse(packet)) return on_key_frame_request(now, pli->media_ssrc);
  if (const auto fir = rtcp::Fir::parse(packet)) {
    for (std::size_t i = 0; i < fir->size(); ++i) on_key_frame_request(now, (*fir)[i].ssrc);
    return;
  }
  if (const auto remb = rtcp::Remb::parse(packet)) link_.on_estimate(now, remb->bits_per_second, sending(now));
}

void Subscriber::on_reports(Instant now, const rtcp::ReportBlocks& blocks) {
  std::uint8_t worst = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const rtcp::ReportBlock block = blocks[i];
    const Stream* stream = find_ssrc(block.ssrc);
    const PublishedTrack* track = stream == nullptr ? nullptr : subscription(*stream).track;
    if (track == nullptr) continue;
    worst = std::max(worst, block.fraction_lost);
    jitter_ = Duration{static_cast<std::int64_t>(block.jitter) * 1'000'000 / track->codec().row.clock_rate};
    measure_round_trip(now, block);
    reported_ = true;
  }
  worst_loss_ = std::max(worst_loss_, static_cast<float>(worst) / 256);
  link_.on_loss(now, worst, sending(now));
}

// RFC 3550 section 6.4.1: now, minus when the report was sent, minus how long the receiver kept it.
void Subscriber::measure_round_trip(Instant now, const rtcp::ReportBlock& block) {
  if (block.last_sender_report == 0 || block.last_sender_report != last_report_ntp_) return;
  const Duration kept{static_cast<std::int64_t>(block.delay_since_last_sender_report) * 1'000'000 / 65536};
  const Duration sample = now - last_report_at_ - kept;
  if (sample < Duration{0} || sample > Duration{10'000'000}) return;
  round_trip_ = (round_trip_ * 3 + sample) / 4;
}

void Subscriber::on_nack(Instant now, const rtcp::Packet& packet) {
  const auto nack = rtcp::Nack::parse(packet);
  const Stream* stream = nack ? find_ssrc(nack->media_ssrc) : nullptr;
  const auto [track, viewer] = stream == nullptr ? Open{} : subscription(*stream);
  if (viewer == nullptr) return;
  nack->for_each([&, t = track, v = viewer](std::uint16_t lost) { resend(now, *t, *v, lost); });
}

void Subscriber::resend(Instant now, PublishedTrack& track, Subscription& viewer, std::uint16_t lost) {
  ++context_.stats.nacks_received;
  const auto source = viewer.down.resend_source(now, lost, std::max(round_trip_ / 2, Duration{10'000}));
  const PublishedLayer* layer = source ? track.layer(source->layer) : nullptr;
  if (layer == nullptr) return;
  const MutableBytes space = context_.out.reserve();
  if (space.empty()) return;
  const std::size_t size = viewer.down.write_resend(now, *source, layer->history().find(source->sequence), space);
  if (size == 0 || !transport_.send_rtp(space.first(size))) return;
  outlet_.video.add(now, size);
  ++context_.stats.retransmitted;
}

void Subscriber::on_key_frame_request(Instant now, std::uint32_t ssrc) {
  const Stream* stream = find_ssrc(ssrc);
  const auto [track, viewer] = stream == nullptr ? Open{} : subscription(*stream);
  if (viewer == nullptr || !viewer->down.target()) return;
  ++context_.stats.plis_received;
  track->want_key_frame(now, viewer->down.current().value_or(*viewer->down.target()));
}

// ---- what we do about it

void Subscriber::allocate(Instant now) {
  std::array<VideoDemand, media::kMaxViewerTracks> demands;
  std::array<std::optional<Grant>, media::kMaxViewerTracks> granted;
  std::array<Stream*, media::kMaxViewerTracks> videos{};
  std::size_t n = 0;
  for (Stream& stream : streams_) {
    const auto [track, viewer] = subscription(stream);
    if (viewer == nullptr || track->codec().kind() != Kind::video || !viewer->enabled || track->muted()) continue;
    demands[n] = {track->ladder(now, *viewer), sent_now(*viewer)};
    videos[n++] = &stream;
  }
  const auto wanted = std::span{demands}.first(n);
  const std::uint64_t audio = outlet_.audio.bits_per_second(now);
  const std::uint64_t budget = std::min(link_.budget(now, next_step(audio, wanted)), limit_);
  sfu::allocate(budget, audio, pausing_, wanted, std::span{granted}.first(n));
  for (std::size_t i = 0; i < n; ++i) {
    const bool all = demands[i].ladder.rungs().empty() || budget == Downlink::kUnlimited;
    apply_grant(now, *videos[i], all ? Grant{} : granted[i]);
  }
}

void Subscriber::apply_grant(Instant now, Stream& stream, std::optional<Grant> grant) {
  const auto [track, viewer] = subscription(stream);
  if (viewer->granted != grant) {
    viewer->granted = grant;
    track->retarget(now, *viewer);
  }
  const bool paused = !grant;
  if (paused == stream.paused) return;
  stream.paused = paused;
  context_.emit(media::SubscriptionPaused{peer_, stream.track, paused});
}

void Subscriber::send_reports(Instant now) {
  for (const Stream& stream : streams_) {
    const auto [track, viewer] = subscription(stream);
    if (viewer == nullptr || !viewer->down.current()) continue;
    const auto report = viewer->down.sender_report(now, track->clocks());
    if (!report) continue;
    std::array<std::uint8_t, 512> space;
    ByteWriter out(space);
    rtcp::SenderReport{stream.ssrc, report->ntp, report->rtp, report->packets, report->octets}.write(out);
    rtcp::Sdes::write(out, {stream.ssrc, track->announced.peer.value()});
    if (!out.ok() || !transport_.send_rtcp(out.written())) continue;
    last_report_ntp_ = static_cast<std::uint32_t>(report->ntp >> 16);
    last_report_at_ = now;
  }
}

std::vector<media::TrackSid> Subscriber::tracks() const {
  std::vector<media::TrackSid> out;
  for (const Stream& stream : streams_) out.push_back(stream.track);
  return out;
}

void Subscriber::check() const {
  for (const Stream& stream : streams_) {
    const PublishedTrack* track = context_.find_track(stream.track);
    COSTAGE_CHECK(track != nullptr, "a subscription names a track that exists");
    if (stream.started)
      COSTAGE_CHECK(subscription(stream).viewer != nullptr, "a started stream is among the track's viewers");
  }
}

std::optional<LinkSample> Subscriber::take_link_sample() {
  if (!std::exchange(reported_, false)) return std::nullopt;
  return LinkSample{std::exchange(worst_loss_, 0.0F), round_trip_, jitter_};
}

}  // namespace costage::sfu
