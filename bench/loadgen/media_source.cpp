#include "loadgen/media_source.hpp"

#include <array>
#include <chrono>
#include <ctime>

#include "sfu/wire/rtcp/sender_report.hpp"
#include "sfu/wire/rtp.hpp"

namespace costage::bench {
namespace {

using namespace std::chrono_literals;

constexpr Duration kAudioInterval = 20ms;
constexpr Duration kFrameInterval = 33333us;
constexpr Duration kReportInterval = 1s;
constexpr std::size_t kOpusPayload = 80;         // 32 kbit/s
constexpr std::size_t kVideoPacketSize = 1100;   // header included
constexpr int kSlicesPerTick = 2;                // 2 packets in 5 ms: 2.5 times the mean rate, as libwebrtc's pacer
constexpr std::uint32_t kKeyFrameEvery = 300;    // frames
constexpr std::uint64_t kNtpEpoch = 2208988800;  // 1900 to 1970

std::uint64_t ntp_now() {
  timespec t{};
  clock_gettime(CLOCK_REALTIME, &t);
  const auto fraction = (static_cast<std::uint64_t>(t.tv_nsec) << 32) / 1'000'000'000;
  return (static_cast<std::uint64_t>(t.tv_sec) + kNtpEpoch) << 32 | fraction;
}

// Payload descriptor with 15-bit picture id (RFC 7741 section 4.2), then the frame header (RFC 6386 section 9.1).
void write_vp8_headers(ByteWriter& out, bool first, bool key, std::uint16_t picture) {
  out.u8(first ? 0x90 : 0x80);
  out.u8(0x80);
  out.u16(static_cast<std::uint16_t>(0x8000 | (picture & 0x7fff)));
  if (!first) return;
  out.u8(key ? 0x10 : 0x11);
  out.u16(0x5400);
  if (!key) return;
  out.u24(0x9d012a);
  out.u16(0x8002);  // 640, little endian
  out.u16(0x6801);  // 360
}

}  // namespace

MediaSource::MediaSource(Rng& rng, Instant now) : noise_(kVideoPacketSize) {
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
  for (; video_.next <= now; video_.next += kFrameInterval) queue_frame();
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
  begin_packet(out, audio_, kOpusPayloadType, false, audio_.timestamp);
  out.bytes(Bytes(noise_).first(kOpusPayload));
  finish_packet(out, audio_, send);
  audio_.timestamp += 960;
}

void MediaSource::queue_frame() {
  const bool key = key_frame_wanted_ || frames_ % kKeyFrameEvery == 0;
  const int count = frames_ % 2 == 0 ? 4 : 5;
  for (int i = 0; i < count; ++i) slices_.push_back({i == 0, i + 1 == count, key, picture_, video_.timestamp});
  key_frame_wanted_ = false;
  ++picture_;
  ++frames_;
  video_.timestamp += 3000;
}

void MediaSource::send_slice(const Send& send) {
  const Slice slice = slices_.front();
  slices_.pop_front();
  std::array<std::uint8_t, kVideoPacketSize> buffer;
  ByteWriter out(buffer);
  begin_packet(out, video_, kVp8PayloadType, slice.last, slice.timestamp);
  write_vp8_headers(out, slice.first, slice.key, slice.picture);
  out.bytes(Bytes(noise_).first(kVideoPacketSize - out.size()));
  finish_packet(out, video_, send);
}

// With the header extensions that a browser sends: mid, and for video the transport-wide sequence number, for audio the
// level.
void MediaSource::begin_packet(ByteWriter& out, Stream& stream, std::uint8_t payload_type, bool marker,
                               std::uint32_t timestamp) {
  const bool video = payload_type == kVp8PayloadType;
  const std::uint8_t level = sfu::rtp::write_audio_level({.voice = true, .level = 30});
  const std::array<std::uint8_t, 2> number{static_cast<std::uint8_t>(transport_sequence_ >> 8),
                                           static_cast<std::uint8_t>(transport_sequence_)};
  if (video) ++transport_sequence_;
  const std::array<sfu::rtp::Extension, 2> extensions{{
      {kMidExtension, as_bytes(video ? "1" : "0")},
      video ? sfu::rtp::Extension{kTransportSequenceExtension, number}
            : sfu::rtp::Extension{kAudioLevelExtension, Bytes(&level, 1)},
  }};
  sfu::rtp::write_header(out, {marker, payload_type, stream.sequence++, timestamp, stream.ssrc}, extensions);
}

void MediaSource::finish_packet(const ByteWriter& packet, Stream& stream, const Send& send) {
  ++stream.packets;
  stream.octets += static_cast<std::uint32_t>(packet.size());
  ++sent_;
  send(packet.written());
}

}  // namespace costage::bench
