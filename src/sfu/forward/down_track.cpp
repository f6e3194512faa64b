#include "sfu/forward/down_track.hpp"

#include <algorithm>
#include <cstring>

#include "base/check.hpp"
#include "sfu/wire/rtp.hpp"
#include "sfu/wire/sequence.hpp"

namespace costage::sfu {
namespace {

using media::Layer;

std::size_t index(Layer layer) { return static_cast<std::size_t>(layer); }

std::uint32_t clock_units(Duration d, std::uint32_t rate) {
  return static_cast<std::uint32_t>(d.count() * static_cast<std::int64_t>(rate) / 1'000'000);
}

// 32.32 fixed point seconds in clock units.
std::int64_t ntp_units(std::int64_t ntp, std::uint32_t rate) {
  return static_cast<std::int64_t>(static_cast<__int128>(ntp) * rate >> 32);
}

}  // namespace

DownTrack::DownTrack(const Config& config)
    : config_(config), highest_out_((1 << 16) + config.first_sequence - 1), rtx_sequence_(config.first_sequence) {
  COSTAGE_CHECK(config.codec != nullptr, "a down-track has a codec");
  if (config.scalable) picked_ = std::make_unique<Picked>();
}

void DownTrack::set_target(std::optional<Layer> target, std::uint8_t temporal) {
  target_ = target;
  if (picked_) {
    picked_->frames.want(target, temporal);
    picked_->layers.want(target, temporal);
    return;
  }
  if (!thinned_ && temporal != kAllTemporalLayers) thinned_ = std::make_unique<Thinned>();
  if (thinned_)
    for (TemporalFilter& filter : *thinned_) filter.limit(temporal);
  if (target || !current_) return;
  close_segment(highest_in_);
  current_.reset();
}

std::size_t DownTrack::write(const MediaPacket& packet, const SenderClocks& clocks, MutableBytes out) {
  if (picked_) return write_picked(packet, out);
  return thinned_ ? write_thinned(packet, clocks, out) : write_whole(packet, clocks, out);
}

std::size_t DownTrack::write_thinned(const MediaPacket& packet, const SenderClocks& clocks, MutableBytes out) {
  const bool next = packet.layer == current_ && !packet.late;
  const auto place = next ? (*thinned_)[index(packet.layer)].take(packet) : place_of(packet.layer, packet.sequence);
  if (!place) return 0;
  MediaPacket moved = packet;
  moved.sequence = place->sequence;
  moved.info.picture_id = static_cast<std::uint16_t>(moved.info.picture_id - place->pictures);
  return write_whole(moved, clocks, out);
}

std::optional<TemporalFilter::Place> DownTrack::place_of(Layer layer, std::int64_t sequence) const {
  return thinned_ ? (*thinned_)[index(layer)].place_of(sequence) : TemporalFilter::Place{sequence, 0};
}

std::size_t DownTrack::write_whole(const MediaPacket& packet, const SenderClocks& clocks, MutableBytes out) {
  if (current_ != packet.layer && !belongs_to_the_past(packet)) {
    if (!may_switch_to(packet)) return 0;
    switch_to(packet, clocks);
  }
  if (packet.payload.empty()) {
    leave_out(packet.sequence);
    return 0;
  }
  const Segment* segment = segments_.by_in(packet.layer, packet.sequence);
  if (segment == nullptr) return 0;

  const std::int64_t sequence = segment->to_out(packet.sequence);
  ByteWriter writer(out);
  const bool red = config_.red_payload_type != 0 && !packet.red.empty();
  write_header(writer, red ? Stream::red : Stream::media, packet.marker, static_cast<std::uint16_t>(sequence),
               packet.timestamp - segment->timestamp_shift, packet.at, packet.descriptor);
  const std::size_t header = writer.size();
  writer.bytes(red ? packet.red : packet.payload);
  if (!writer.ok()) return 0;
  renumber_pictures(out.subspan(header, packet.payload.size()), packet.info, segment->pictures);
  remember(packet, *segment, sequence);
  return writer.size();
}

std::size_t DownTrack::write_picked(const MediaPacket& packet, MutableBytes out) {
  if (!target_) {
    picked_->started = false;
    return 0;
  }
  FrameSelector::Verdict verdict;
  if (packet.frame != nullptr) {
    verdict = picked_->frames.on_packet(*packet.frame);
    picked_->described = true;
  } else if (picked_->described) {
    verdict.forward = picked_->started && !packet.payload.empty();  // its descriptor needs one that was lost
  } else if (!packet.payload.empty()) {
    const auto [forward, ends_picture] = picked_->layers.on_packet(packet);
    verdict = {.forward = forward, .ends_picture = ends_picture, .targets = {}};
  }
  if (!picked_->started) {
    if (!verdict.forward) return 0;
    picked_->sequences.start(packet.sequence, highest_out_ + 1);
    picked_->started = true;
    segments_.push({.in_first = packet.sequence, .out_first = highest_out_ + 1, .layer = packet.layer});
  }
  if (!verdict.forward) {
    picked_->sequences.leave_out(packet.sequence);
    return 0;
  }
  const bool marker = packet.marker || verdict.ends_picture;
  const auto sequence = picked_->sequences.forward(packet.sequence, marker);
  if (!sequence) return 0;
  std::array<std::uint8_t, 255> space;
  ByteWriter descriptor(space);
  const bool rewritten =
      verdict.targets && dependency_descriptor::write_with_targets(descriptor, packet.frame->descriptor,
                                                                   packet.frame->structure, *verdict.targets);
  ByteWriter writer(out);
  write_header(writer, Stream::media, marker, static_cast<std::uint16_t>(*sequence), packet.timestamp, packet.at,
               rewritten ? descriptor.written() : packet.descriptor);
  writer.bytes(packet.payload);
  if (!writer.ok()) return 0;
  last_timestamp_ = packet.timestamp;
  highest_out_ = std::max(highest_out_, *sequence);
  ++packets_;
  octets_ += static_cast<std::uint32_t>(packet.payload.size());
  return writer.size();
}

// A repaired packet of the layer that was forwarded before the switch: its number is still missing at the receiver.
bool DownTrack::belongs_to_the_past(const MediaPacket& packet) const {
  return packet.late && target_ && segments_.by_in(packet.layer, packet.sequence) != nullptr;
}

bool DownTrack::may_switch_to(const MediaPacket& packet) const {
  if (!target_ || packet.payload.empty() || !packet.info.key_frame || !packet.info.frame_start) return false;
  // Until something is shown, any layer up to the wanted one will do.
  return packet.layer == *target_ || (!current_ && packet.layer < *target_);
}

void DownTrack::switch_to(const MediaPacket& packet, const SenderClocks& clocks) {
  const bool first = segments_.empty();
  Segment next{.in_first = packet.sequence, .out_first = highest_out_ + 1, .layer = packet.layer};
  if (!first) {
    if (current_) close_segment(highest_in_);
    next.out_first = highest_out_ + 1;
    next.timestamp_shift = packet.timestamp - aligned_timestamp(packet, clocks);
    next.pictures = continued_pictures(packet.info);
  }
  segments_.push(next);
  current_ = packet.layer;
  highest_in_ = packet.sequence - 1;
}

// Where a packet of another layer, or of the same after a pause, belongs on the outgoing timeline.
std::uint32_t DownTrack::aligned_timestamp(const MediaPacket& packet, const SenderClocks& clocks) const {
  const Segment& last = segments_.newest();
  const std::uint32_t rate = config_.codec->row.clock_rate;
  const std::uint32_t expected = last_timestamp_ + clock_units(packet.at - last_at_, rate);
  std::uint32_t out = expected;
  const auto& from = clocks[index(packet.layer)];
  const auto& to = clocks[index(last.layer)];
  if (packet.layer == last.layer) {
    out = packet.timestamp - last.timestamp_shift;
  } else if (from && to) {
    const auto apart = ntp_units(static_cast<std::int64_t>(from->ntp - to->ntp), rate);
    out = packet.timestamp - from->rtp + to->rtp + static_cast<std::uint32_t>(apart) - last.timestamp_shift;
  }
  // Clocks that contradict the time of arrival by a second are not believed.
  const auto error = static_cast<std::int64_t>(static_cast<std::int32_t>(out - expected));
  if (std::abs(error) > rate) out = expected;
  return is_newer(out, last_timestamp_) ? out : last_timestamp_ + 1;
}

PictureShift DownTrack::continued_pictures(const PayloadInfo& info) const {
  return {static_cast<std::uint16_t>(info.picture_id - (last_picture_id_ + 1)),
          static_cast<std::uint8_t>(info.tl0_picture_index - (last_tl0_ + 1))};
}

void DownTrack::close_segment(std::int64_t in_last) {
  Segment& s = segments_.newest();
  s.in_last = std::max(in_last, s.in_first - 1);
  highest_out_ = std::max(highest_out_, s.to_out(s.in_last));
}

void DownTrack::renumber_pictures(MutableBytes payload, const PayloadInfo& info, const PictureShift& shift) const {
  if (!info.has_picture_id && !info.has_tl0_picture_index) return;
  config_.codec->renumber(payload, static_cast<std::uint16_t>(info.picture_id - shift.picture_id) & 0x7fff,
                          static_cast<std::uint8_t>(info.tl0_picture_index - shift.tl0_picture_index));
}

// A padding packet: the numbers after it close up, those of late packets before it stay as they are.
void DownTrack::leave_out(std::int64_t sequence) {
  if (sequence <= highest_in_) return;
  Segment next = segments_.newest();
  close_segment(sequence - 1);
  next.in_first = sequence + 1;
  next.in_last = std::numeric_limits<std::int64_t>::max();
  next.out_first = highest_out_ + 1;
  highest_in_ = sequence;
  const bool nothing_sent_since = segments_.newest().in_last < segments_.newest().in_first;
  if (nothing_sent_since) {
    segments_.newest() = next;
  } else {
    segments_.push(next);
  }
}

void DownTrack::remember(const MediaPacket& packet, const Segment& segment, std::int64_t out) {
  const std::uint32_t timestamp = packet.timestamp - segment.timestamp_shift;
  if (!flowing() || is_newer(timestamp, last_timestamp_)) {
    last_timestamp_ = timestamp;
    last_at_ = packet.at;
  }
  if (packet.layer == current_ && packet.sequence > highest_in_) {
    highest_in_ = packet.sequence;
    last_picture_id_ = static_cast<std::uint16_t>(packet.info.picture_id - segment.pictures.picture_id) & 0x7fff;
    last_tl0_ = static_cast<std::uint8_t>(packet.info.tl0_picture_index - segment.pictures.tl0_picture_index);
  }
  highest_out_ = std::max(highest_out_, out);
  ++packets_;
  octets_ += static_cast<std::uint32_t>(packet.payload.size());
}

void DownTrack::write_header(ByteWriter& out, Stream stream, bool marker, std::uint16_t sequence,
                             std::uint32_t timestamp, Instant now, Bytes descriptor) const {
  const std::array types = {config_.payload_type, config_.red_payload_type, config_.rtx_payload_type};
  const rtp::Header header{marker, types[static_cast<std::size_t>(stream)], sequence, timestamp,
                           stream == Stream::rtx ? config_.rtx_ssrc : config_.ssrc};
  const bool timed = config_.abs_send_time_id != 0;
  const bool described = config_.descriptor_id != 0 && !descriptor.empty();
  if (!timed && !described) return rtp::write_header(out, header);
  const std::uint32_t time = rtp::abs_send_time(now.time_since_epoch().count());
  if (!described) return rtp::write_header_with_time(out, header, config_.abs_send_time_id, time);
  const std::array<std::uint8_t, 3> bytes = {static_cast<std::uint8_t>(time >> 16),
                                             static_cast<std::uint8_t>(time >> 8), static_cast<std::uint8_t>(time)};
  const std::array<rtp::Extension, 2> extensions = {
      {{config_.descriptor_id, descriptor}, {config_.abs_send_time_id, bytes}}};
  rtp::write_header(out, header, std::span{extensions}.first(timed ? 2 : 1));
}

std::optional<DownTrack::Source> DownTrack::resend_source(Instant now, std::uint16_t lost, Duration min_gap) {
  if (config_.rtx_ssrc == 0) return std::nullopt;
  const auto back = static_cast<std::uint16_t>(static_cast<std::uint16_t>(highest_out_) - lost);
  const std::int64_t out = highest_out_ - back;
  const auto source = back < 0x8000 ? source_of(out) : std::nullopt;
  if (!source) return std::nullopt;

  const Resent& r = resent_[lost % resent_.size()];
  const bool again = r.times > 0 && r.sequence == lost;
  if (again && (r.times >= kMaxResends || now - r.at < min_gap)) return std::nullopt;
  return source;
}

std::optional<DownTrack::Source> DownTrack::source_of(std::int64_t out) const {
  if (picked_) {
    const auto sent = picked_->sequences.find(out);
    if (!sent) return std::nullopt;
    return Source{segments_.newest().layer, sent->in, out, sent->marker};
  }
  const Segment* segment = segments_.by_out(out);
  if (segment == nullptr) return std::nullopt;
  const std::int64_t in = segment->to_in(out);
  const auto source = thinned_ ? (*thinned_)[index(segment->layer)].source_of(in) : in;
  if (!source) return std::nullopt;
  return Source{.layer = segment->layer, .sequence = *source, .out = out};
}

std::size_t DownTrack::write_resend(Instant now, const Source& source, const PacketHistory::Packet& packet,
                                    MutableBytes out) {
  const auto place = place_of(source.layer, source.sequence);
  if (!place || packet.payload.empty()) return 0;
  const Segment* segment = picked_ ? &segments_.newest() : segments_.by_in(source.layer, place->sequence);
  if (segment == nullptr) return 0;
  const auto original = static_cast<std::uint16_t>(source.out);
  ByteWriter writer(out);
  write_header(writer, Stream::rtx, packet.marker || source.marker, rtx_sequence_,
               packet.timestamp - segment->timestamp_shift, now, packet.descriptor);
  writer.u16(original);
  const std::size_t header = writer.size();
  writer.bytes(packet.payload);
  if (!writer.ok()) return 0;
  if (auto info = config_.codec->inspect(packet.payload)) {
    info->picture_id = static_cast<std::uint16_t>(info->picture_id - place->pictures);
    renumber_pictures(out.subspan(header, packet.payload.size()), *info, segment->pictures);
  }
  ++rtx_sequence_;
  Resent& r = resent_[original % resent_.size()];
  if (r.sequence != original) r = {.sequence = original};
  ++r.times;
  r.at = now;
  return writer.size();
}

std::optional<DownTrack::SenderReport> DownTrack::sender_report(Instant now, const SenderClocks& clocks) const {
  if (!flowing() || segments_.empty()) return std::nullopt;
  const Segment& segment = segments_.newest();
  const auto& clock = clocks[index(segment.layer)];
  if (!clock) return std::nullopt;
  const Duration since = now - clock->at;
  const auto ntp_since = static_cast<std::uint64_t>((static_cast<unsigned __int128>(since.count()) << 32) / 1'000'000);
  return SenderReport{clock->ntp + ntp_since,
                      clock->rtp + clock_units(since, config_.codec->row.clock_rate) - segment.timestamp_shift,
                      packets_, octets_};
}

}  // namespace costage::sfu
