#include "sfu/publisher.hpp"

#include <algorithm>
#include <array>

#include "base/media_limits.hpp"
#include "sfu/wire/red.hpp"
#include "sfu/wire/rtcp/nack.hpp"
#include "sfu/wire/rtcp/pli.hpp"
#include "sfu/wire/rtcp/receiver_report.hpp"
#include "sfu/wire/rtcp/sender_report.hpp"
#include "sfu/wire/rtcp/twcc.hpp"

namespace costage::sfu {

using media::Layer;

namespace {

constexpr Duration kRepairInterval{10'000};
constexpr Duration kFeedbackInterval{50'000};
constexpr std::size_t kMaxRtcp = 1200;

// Calls f(track, layer) for every layer there is.
template <class F>
void each_layer(const std::vector<std::unique_ptr<PublishedTrack>>& tracks, F f) {
  for (const auto& track : tracks)
    for (const auto& layer : track->layers())
      if (layer) f(*track, *layer);
}

}  // namespace

Publisher::Publisher(Context& context, PeerTimers& timers, media::RoomSid room, media::PeerSid peer)
    : context_(context),
      timers_(timers),
      room_(std::move(room)),
      peer_(std::move(peer)),
      rtcp_ssrc_(context.rng.u32() | 1) {}

// ---- negotiation

void Publisher::take_offer(ClientOffer offer, PeerTransport& transport) {
  transport_ = &transport;
  offer_ = std::move(offer);
  match_.on_offer(*offer_);
  for (OfferedSection& section : offer_->sections) choose_format(section);
}

// The announced codec, if the client has it; a bound track stays in its format.
void Publisher::choose_format(OfferedSection& section) const {
  const PublishedTrack* track = track_on(section);
  if (track == nullptr) return;
  if (track->bound()) return section.prefer(track->codec(), track->fmtp());
  if (const Codec* codec = find_codec(track->announced.codec)) section.prefer(*codec);
}

PublishedTrack* Publisher::track_on(const OfferedSection& section) const {
  PublishedTrack* bound = track_of_mid(section.mid);
  return bound != nullptr ? bound : match_.find(*offer_, section, tracks_);
}

std::vector<media::TrackSid> Publisher::ended() const {
  std::vector<media::TrackSid> out;
  for (const auto& track : tracks_)
    if (track->bound() && SectionMatch::is_over(*offer_, *track, tracks_)) out.push_back(track->announced.track);
  return out;
}

AudioPreferences Publisher::preferences(const OfferedSection& section) const {
  const PublishedTrack* track = track_on(section);
  if (track == nullptr) return {};
  return {track->announced.stereo, track->announced.dtx, track->announced.red};
}

bool Publisher::announce(const media::PublishTrack& announced, Instant now) {
  if (tracks_.size() >= media::kMaxPeerTracks || context_.tracks.size() >= media::kMaxLoopTracks) return false;
  if (context_.tracks.contains(announced.track)) return false;
  tracks_.push_back(std::make_unique<PublishedTrack>(room_, announced, timers_, now));
  context_.tracks.emplace(announced.track, tracks_.back().get());
  bind_sections();
  return true;
}

std::vector<media::TrackSid> Publisher::overdue(Instant now) const {
  std::vector<media::TrackSid> out;
  for (const auto& track : tracks_)
    if (!track->bound() && now - track->announced_at >= kWaitForSection) out.push_back(track->announced.track);
  return out;
}

void Publisher::move_to(const media::RoomSid& room) {
  room_ = room;
  for (const auto& track : tracks_) track->room = room;
}

void Publisher::remove(const media::TrackSid& track) {
  const auto found =
      std::find_if(tracks_.begin(), tracks_.end(), [&](const auto& t) { return t->announced.track == track; });
  if (found == tracks_.end()) return;
  forget_sources(found->get());
  if (offer_) match_.on_removed(*offer_, **found);
  context_.tracks.erase(track);
  tracks_.erase(found);
}

void Publisher::bind_sections() {
  if (!offer_) return;
  for (const OfferedSection& section : offer_->sections) {
    if (!section.sending || track_of_mid(section.mid) != nullptr) continue;
    if (PublishedTrack* track = match_.find(*offer_, section, tracks_)) bind(*track, section);
  }
}

void Publisher::bind(PublishedTrack& track, const OfferedSection& section) {
  std::vector<Layer> layers;
  std::vector<media::LayerStream> streams;
  for (const OfferedLayer& l : section.layers) {
    layers.push_back(l.layer);
    streams.push_back({.layer = l.layer, .rid = l.rid});
  }
  std::sort(layers.begin(), layers.end());
  std::sort(streams.begin(), streams.end(), [](const auto& a, const auto& b) { return a.layer < b.layer; });
  const Codec& codec = *section.format().codec;
  const std::uint8_t red = track.announced.red ? section.format().red_payload_type : std::uint8_t{0};
  track.bind(codec, section.mid, layers, section.format().fmtp, red);
  if (section.ssrc != 0) learn_source(section.ssrc, {&track, section.layers.front().layer, false});
  if (section.rtx_ssrc != 0) learn_source(section.rtx_ssrc, {&track, section.layers.front().layer, true});
  if (!streams.empty()) {
    streams.front().ssrc = section.ssrc;
    streams.front().rtx_ssrc = section.rtx_ssrc;
  }
  context_.emit(media::TrackStarted{peer_, track.announced.track, section.mid,
                                    std::string(red != 0 ? media::kRedMime : codec.row.mime), std::move(streams),
                                    track.scalable()});
}

PublishedTrack* Publisher::track_of_mid(std::string_view mid) const {
  const auto found =
      std::find_if(tracks_.begin(), tracks_.end(), [&](const auto& t) { return t->bound() && t->mid() == mid; });
  return found == tracks_.end() ? nullptr : found->get();
}

// ---- packets in

Publisher::Extensions Publisher::read_extensions(const rtp::Packet& packet) const {
  Extensions out;
  const ExtensionIds& ids = offer_->extensions;
  rtp::ExtensionReader reader = packet.extensions();
  while (const auto e = reader.next()) {
    if (e->id == ids.transport_sequence)
      out.transport_sequence = rtp::parse_transport_sequence(e->value);
    else if (e->id == ids.audio_level)
      out.audio_level = rtp::parse_audio_level(e->value);
    else if (e->id == ids.dependency_descriptor)
      out.descriptor = e->value;
    else if (e->id == ids.mid)
      out.mid = as_text(e->value);
    else if (e->id == ids.rid)
      out.rid = as_text(e->value);
    else if (e->id == ids.repaired_rid)
      out.repaired_rid = as_text(e->value);
  }
  return out;
}

void Publisher::on_rtp(Instant now, Bytes bytes) {
  const auto packet = offer_ ? rtp::parse(bytes) : std::nullopt;
  if (!packet) {
    ++context_.stats.dropped_malformed;
    return;
  }
  const Extensions extensions = read_extensions(*packet);
  if (extensions.transport_sequence) {
    arrivals_.on_packet(now, *extensions.transport_sequence);
    timers_.at_most(PeerTimer::feedback, now + kFeedbackInterval);
    if (feedback_ssrc_ == 0) feedback_ssrc_ = packet->header.ssrc;
  }
  const Source source = find_source(*packet, extensions);
  if (source.track == nullptr) return;
  if (extensions.audio_level) source.track->activity.on_packet(extensions.audio_level->level);

  IncomingRtp in{now,
                 packet->header.sequence,
                 packet->header.timestamp,
                 packet->header.marker,
                 packet->payload,
                 source.rtx,
                 source.track->codec().row.scalable ? extensions.descriptor : Bytes{}};
  if (source.rtx) {
    const auto rtx = rtp::parse_rtx(packet->payload);
    if (!rtx || rtx->payload.empty()) return;  // a bandwidth probe of padding
    in.sequence = rtx->original_sequence;
    in.payload = rtx->payload;
  }
  const std::uint8_t red = source.track->red_payload_type();
  if (red != 0 && packet->header.payload_type == red && !source.rtx)
    take_red(in, source);
  else
    take(in, source);
  if (source.track->layer(source.layer)->nacks().pending()) timers_.at_most(PeerTimer::repair, now + kRepairInterval);
}

void Publisher::take(const IncomingRtp& in, const Source& source) {
  if (const auto media = source.track->on_rtp(source.layer, in)) forward(*media, *source.track);
}

// What was lost and is repeated here comes first, as if it were late.
void Publisher::take_red(IncomingRtp in, const Source& source) {
  const auto red = red::parse(in.payload);
  if (!red) return;
  const std::uint32_t lost = source.track->layer(source.layer)->lost_before(in.sequence, red->redundant_count);
  const red::Stripped plain = red::strip(*red, in.sequence, in.timestamp, lost);
  in.red = in.payload;
  for (const red::Plain& one : plain.all()) {
    const bool own = one.sequence == in.sequence;
    IncomingRtp each{in.at, one.sequence, one.timestamp, own && in.marker, one.payload, false};
    if (own) each.red = in.red;
    take(each, source);
  }
}

Publisher::Source Publisher::find_source(const rtp::Packet& packet, const Extensions& extensions) {
  const auto found = sources_.find(packet.header.ssrc);
  if (found != sources_.end()) return found->second;
  const Source source = identify(packet, extensions);
  if (source.track == nullptr || !learn_source(packet.header.ssrc, source)) return source;
  const media::TrackSid& track = source.track->announced.track;
  context_.emit(media::SourceLearned{peer_, track, source.layer, packet.header.ssrc, source.rtx});
  return source;
}

// A stream that the SDP did not name by SSRC says by header extensions what it is, until we have reported on it.
Publisher::Source Publisher::identify(const rtp::Packet& packet, const Extensions& extensions) const {
  PublishedTrack* track = track_of_mid(extensions.mid);
  const OfferedSection* section = track == nullptr ? nullptr : offer_->find(track->mid());
  if (section == nullptr || section->formats.empty()) return {};
  const OfferedFormat& format = section->format();
  const bool rtx = format.rtx_payload_type != 0 && packet.header.payload_type == format.rtx_payload_type;
  const bool red = format.red_payload_type != 0 && packet.header.payload_type == format.red_payload_type;
  if (!rtx && !red && packet.header.payload_type != format.payload_type) return {};
  const std::string_view rid = rtx ? extensions.repaired_rid : extensions.rid;
  for (const OfferedLayer& l : section->layers)
    if (l.rid == rid) return {track, l.layer, rtx};
  return {};
}

bool Publisher::learn_source(std::uint32_t ssrc, const Source& source) {
  if (sources_.size() >= kMaxSsrcs) return false;
  sources_[ssrc] = source;
  PublishedLayer& layer = *source.track->layer(source.layer);
  (source.rtx ? layer.rtx_ssrc : layer.ssrc) = ssrc;
  timers_.at_most(PeerTimer::repair, Instant{});
  if (feedback_ssrc_ == 0) feedback_ssrc_ = ssrc;
  return true;
}

void Publisher::forget_sources(const PublishedTrack* track) {
  std::erase_if(sources_, [&](const auto& entry) { return entry.second.track == track; });
}

void Publisher::forward(const MediaPacket& packet, PublishedTrack& track) {
  if (track.take_started_flowing()) context_.emit(media::TrackFlowing{peer_, track.announced.track});
  if (track.viewers.forward(packet, track.clocks(), context_.out, context_.stats)) tell_first_packets(track);
}

void Publisher::tell_first_packets(PublishedTrack& track) {
  for (Subscription& s : track.viewers.all()) {
    if (s.flowing_told || !s.down.flowing()) continue;
    s.flowing_told = true;
    context_.emit(media::SubscriptionFlowing{s.outlet->peer, track.announced.track});
  }
}

void Publisher::on_rtcp(Instant now, Bytes bytes) {
  auto compound = rtcp::Compound::parse(bytes);
  if (!compound) {
    ++context_.stats.dropped_malformed;
    return;
  }
  while (const auto packet = compound->next())
    if (packet->is(rtcp::Type::sender_report)) on_sender_report(now, *packet);
}

void Publisher::on_sender_report(Instant now, const rtcp::Packet& packet) {
  const auto report = rtcp::SenderReport::parse(packet);
  if (!report) return;
  const auto found = sources_.find(report->ssrc);
  if (found == sources_.end() || found->second.rtx) return;
  found->second.track->on_sender_report(now, found->second.layer, report->ntp, report->rtp);
}

// ---- what we tell the publisher

// Before the transport is connected a request would be lost, and the next throttled; connecting wakes us.
void Publisher::repair(Instant now) {
  if (transport_ == nullptr || transport_->state() != media::TransportState::connected) return;
  each_layer(tracks_, [&](PublishedTrack& track, PublishedLayer& layer) { repair_layer(now, track, layer); });
  timers_.at_most(PeerTimer::repair, next_repair(now));
}

// A layer that was never sent can be asked for nothing; learn_source() wakes us when it is.
Instant Publisher::next_repair(Instant now) const {
  Instant next = kNever;
  each_layer(tracks_, [&](PublishedTrack& track, PublishedLayer& layer) {
    if (layer.ssrc == 0) return;
    next = std::min(next, track.key_frames.due(layer.layer()));
    if (layer.nacks().pending()) next = now;
  });
  return next == kNever ? kNever : std::max(next, now + kRepairInterval);
}

void Publisher::repair_layer(Instant now, PublishedTrack& track, PublishedLayer& layer) {
  if (layer.ssrc == 0) return;
  std::array<std::uint8_t, kMaxRtcp> space;
  ByteWriter out(space);
  std::array<std::uint16_t, 128> lost;
  const std::size_t n = layer.nacks().due(now, lost);
  if (n > 0) {
    rtcp::Nack::write(out, rtcp_ssrc_, layer.ssrc, std::span{lost}.first(n));
    context_.stats.nacks_sent += n;
  }
  const bool video = track.codec().kind() == media::Kind::video;
  if (layer.nacks().take_hopeless() && video) track.key_frames.want(layer.layer());
  if (video && track.key_frames.take(now, layer.layer())) {
    rtcp::Pli{rtcp_ssrc_, layer.ssrc}.write(out);
    ++context_.stats.plis_sent;
  }
  if (out.ok() && out.size() > 0) transport_->send_rtcp(out.written());
}

void Publisher::send_feedback() {
  if (!arrivals_.pending()) return;
  ArrivalRecorder::Report report = arrivals_.take_report();
  while (!report.arrivals.empty()) {
    std::array<std::uint8_t, kMaxRtcp> space;
    ByteWriter out(space);
    const std::size_t done = rtcp::TransportFeedback::write(
        out, {rtcp_ssrc_, feedback_ssrc_, report.base_sequence, report.feedback_count}, report.arrivals);
    if (done == 0) return;
    transport_->send_rtcp(out.written());
    report.arrivals = report.arrivals.subspan(done);
    report.base_sequence = static_cast<std::uint16_t>(report.base_sequence + done);
    if (!report.arrivals.empty()) report.feedback_count = arrivals_.next_feedback_count();
  }
}

void Publisher::send_reports(Instant now) {
  std::array<rtcp::ReportBlock, rtcp::kMaxReportBlocks> blocks;
  std::size_t n = 0;
  each_layer(tracks_, [&](PublishedTrack& track, PublishedLayer& layer) {
    const auto report = n < blocks.size() && layer.ssrc != 0 ? layer.stats().take_report() : std::nullopt;
    if (!report) return;
    rtcp::ReportBlock& block = blocks[n++];
    block = {layer.ssrc, report->fraction_lost, report->cumulative_lost, report->highest_sequence, report->jitter};
    if (const auto& clock = track.clocks()[static_cast<std::size_t>(layer.layer())]) {
      block.last_sender_report = static_cast<std::uint32_t>(clock->ntp >> 16);
      block.delay_since_last_sender_report = static_cast<std::uint32_t>((now - clock->at).count() * 65536 / 1'000'000);
    }
  });
  if (n == 0) return;
  std::array<std::uint8_t, kMaxRtcp> space;
  ByteWriter out(space);
  rtcp::ReceiverReport{.ssrc = rtcp_ssrc_}.write(out, std::span{blocks}.first(n));
  transport_->send_rtcp(out.written());
}

std::optional<LinkSample> Publisher::take_link_sample() {
  LinkSample sample;
  std::uint64_t expected = 0;
  std::uint64_t received = 0;
  each_layer(tracks_, [&](PublishedTrack&, PublishedLayer& layer) {
    expected += layer.stats().expected();
    received += layer.stats().received();
    sample.jitter = std::max(sample.jitter, layer.stats().jitter());
  });
  // Tracks that ended take their counts along; the next interval starts afresh.
  const bool comparable = expected >= sampled_expected_ && received >= sampled_received_;
  const std::uint64_t due = comparable ? expected - sampled_expected_ : 0;
  const std::uint64_t came = comparable ? received - sampled_received_ : 0;
  sampled_expected_ = expected;
  sampled_received_ = received;
  if (due == 0) return std::nullopt;
  sample.loss = came >= due ? 0 : static_cast<float>(due - came) / static_cast<float>(due);
  return sample;
}

}  // namespace costage::sfu
