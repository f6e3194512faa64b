#include "loadgen/media_source.hpp"

#include <array>
#include <chrono>
#include <ctime>

#include "adapters/media_io/clock.hpp"
#include "sfu/wire/rtcp/sender_report.hpp"
#include "sfu/wire/rtp.hpp"

namespace costage::bench {
namespace {

using namespace std::chrono_literals;

constexpr Duration kAudioInterval = 20ms;
constexpr Duration kFrameInterval = 33333us;
constexpr Duration kReportInterval = 1s;
constexpr std::size_t kOpusPayload = 80;        // 32 kbit/s
constexpr std::size_t kVideoPacketSize = 1100;  // header included
constexpr int kSlicesPerTick = 2;               // 2 packets in 5 ms: 2.5 times the mean rate, as libwebrtc's pacer
constexpr std::uint32_t kKeyFrameEvery = 300;   // frames
constexpr std::uint32_t kStampMark = 0x5d0f17a3;
constexpr std::uint64_t kNtpEpoch = 2208988800;  // 1900 to 1970

std::uint64_t ntp_now() {
  timespec t{};
  clock_gettime(CLOCK_REALTIME, &t);
  const auto fraction = (static_cast<std::uint64_t>(t.tv_nsec) << 32) / 1'000'000'000;
  return (static_cast<std::uint64_t>(t.tv_sec) + kNtpEpoch) << 32 | fraction;
}

}  // namespace

std::optional<Instant> stamp_of(Bytes packet) {
  if (packet.size() < kStampSize) return {};
  ByteReader in(packet.last(kStampSize));
  if (in.u32() != kStampMark) return {};
  return Instant{Duration{in.u64()}};
}

MediaSource::MediaSource(Rng& rng, Instant now, VideoCodec codec)
    : codec_(codec), descriptors_(codec), noise_(kVideoPacketSize) {
  for (Stream* stream : {&audio_, &video_}) {
    stream->ssrc = rng.u32() | 1;
    stream->sequence = static_cast<std::uint16_t>(rng.u32() & 0x7fff);
    stream->timestamp = rng.u32();
    stream->next = now;
    stream->next_report = now;
  }
  rng.fill(noise_);
}

void MediaSource::on_time(Instant now, const Send& rtp, const Send& rtcp) {
  for (; audio_.next <= now; audio_.next += kAudioInterval) send_audio(rtp);
  for (; video_.next <= now; video_.next += kFrameInterval) queue_picture();
  for (int i = 0; i < kSlicesPerTick && !slices_.empty(); ++i) send_slice(rtp);
  for (Stream* stream : {&audio_, &video_}) {
    if (stream->packets == 0 || stream->next_report > now) continue;
    stream->next_report = now + kReportInterval;
    send_report(*stream, rtcp);
  }
}

void MediaSource::send_report(const Stream& stream, const Send& send) {
  std::array<std::uint8_t, 28> buffer;
  ByteWriter out(buffer);
  sfu::rtcp::SenderReport report;
  report.ssrc = stream.ssrc;
  report.ntp = ntp_now();
  report.rtp = stream.timestamp;
  report.packets = stream.packets;
  report.octets = stream.octets;
  report.write(out);
  send(out.written());
}

void MediaSource::send_audio(const Send& send) {
  std::array<std::uint8_t, 200> buffer;
  ByteWriter out(buffer);
  begin_audio_packet(out);
  finish_payload(out, out.size() + kOpusPayload);
  finish_packet(out, audio_, send);
  audio_.timestamp += 960;
}

// The two lower spatial layers, where there are any, have a packet each.
void MediaSource::queue_picture() {
  const bool key = key_frame_wanted_ || pictures_ % kKeyFrameEvery == 0;
  if (key) since_key_ = 0;
  const std::uint8_t layers = row_of(codec_).spatial_layers;
  for (std::uint8_t spatial = 0; spatial + 1 < layers; ++spatial) queue_frame(spatial, 1, key);
  queue_frame(static_cast<std::uint8_t>(layers - 1), pictures_ % 2 == 0 ? 4 : 5, key);
  slices_.back().marker = true;
  key_frame_wanted_ = false;
  ++pictures_;
  ++since_key_;
  video_.timestamp += 3000;
}

void MediaSource::queue_frame(std::uint8_t spatial, std::uint8_t packets, bool key) {
  Slice slice{.count = packets, .spatial = spatial, .key = key, .picture = static_cast<std::uint16_t>(pictures_)};
  slice.since_key = since_key_;
  slice.frame = frames_++;
  slice.timestamp = video_.timestamp;
  for (; slice.index < packets; ++slice.index) slices_.push_back(slice);
}

void MediaSource::send_slice(const Send& send) {
  const Slice slice = slices_.front();
  slices_.pop_front();
  std::array<std::uint8_t, kVideoPacketSize> buffer;
  ByteWriter out(buffer);
  begin_video_packet(out, slice);
  write_payload_headers(out, codec_, slice, kVideoPacketSize);
  finish_payload(out, kVideoPacketSize);
  finish_packet(out, video_, send);
}

void MediaSource::begin_audio_packet(ByteWriter& out) {
  const std::uint8_t level = sfu::rtp::write_audio_level({.voice = true, .level = 30});
  const std::array<sfu::rtp::Extension, 2> extensions{
      {{kMidExtension, as_bytes("0")}, {kAudioLevelExtension, Bytes(&level, 1)}}};
  sfu::rtp::write_header(out, {false, kOpusPayloadType, audio_.sequence++, audio_.timestamp, audio_.ssrc}, extensions);
}

void MediaSource::begin_video_packet(ByteWriter& out, const Slice& slice) {
  const std::array<std::uint8_t, 2> number{static_cast<std::uint8_t>(transport_sequence_ >> 8),
                                           static_cast<std::uint8_t>(transport_sequence_)};
  ++transport_sequence_;
  std::array<std::uint8_t, 255> value;
  ByteWriter descriptor(value);
  const VideoCodecRow& row = row_of(codec_);
  if (row.descriptors) descriptors_.write(descriptor, slice);
  const std::array<sfu::rtp::Extension, 3> extensions{{{kMidExtension, as_bytes("1")},
                                                       {kTransportSequenceExtension, number},
                                                       {kDescriptorExtension, descriptor.written()}}};
  sfu::rtp::write_header(out, {slice.marker, row.payload_type, video_.sequence++, slice.timestamp, video_.ssrc},
                         std::span(extensions).first(row.descriptors ? 3 : 2));
}

void MediaSource::finish_payload(ByteWriter& out, std::size_t size) const {
  out.bytes(Bytes(noise_).first(size - kStampSize - out.size()));
  out.u32(kStampMark);
  out.u64(static_cast<std::uint64_t>(media_io::monotonic_now().time_since_epoch().count()));
}

void MediaSource::finish_packet(const ByteWriter& packet, Stream& stream, const Send& send) {
  ++stream.packets;
  stream.octets += static_cast<std::uint32_t>(packet.size());
  ++sent_;
  send(packet.written());
}

}  // namespace costage::bench
