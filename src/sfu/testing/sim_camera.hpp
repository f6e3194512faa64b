// A simulated sender: Opus and VP8 in three simulcast layers, with sender reports, retransmission and key frames on
// request. Every payload says what it is, so that receivers can judge what reached them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "sfu/wire/rtcp/compound.hpp"
#include "sfu/wire/rtcp/fir.hpp"
#include "sfu/wire/rtcp/nack.hpp"
#include "sfu/wire/rtcp/pli.hpp"
#include "sfu/wire/rtcp/sender_report.hpp"
#include "sfu/wire/rtcp/twcc.hpp"
#include "sfu/wire/rtp.hpp"
#include "sfu/wire/vp8.hpp"

namespace costage::sfu {

// What is inside every simulated video payload, behind the VP8 descriptor.
struct SimFrame {
  bool key = false;
  std::uint8_t layer = 0;
  std::uint32_t number = 0;
  std::uint8_t packet = 0;
  std::uint8_t packets = 0;

  void write(ByteWriter& out) const {
    out.u8(key ? 0 : 1);  // the P bit of the payload header
    out.u8(layer);
    out.u32(number);
    out.u8(packet);
    out.u8(packets);
  }
  static SimFrame read(ByteReader& in) {
    SimFrame f;
    f.key = in.u8() == 0;
    f.layer = in.u8();
    f.number = in.u32();
    f.packet = in.u8();
    f.packets = in.u8();
    return f;
  }
};

class SimCamera {
 public:
  // Header extension ids and payload types of its offers.
  static constexpr std::uint8_t kMid = 4, kRid = 10, kRepairedRid = 11, kTransportSequence = 5, kAudioLevel = 1;
  static constexpr std::uint8_t kOpus = 109, kVp8 = 120, kVp8Rtx = 121;
  static constexpr Duration kFrame{33'333};
  static constexpr Duration kAudioPacket{20'000};

  using Send = std::function<void(Bytes)>;

  SimCamera(Rng& rng, std::string audio_mid, std::string video_mid)
      : audio_mid_(std::move(audio_mid)), video_mid_(std::move(video_mid)) {
    for (auto& l : layers_) {
      l.ssrc = rng.u32();
      l.rtx_ssrc = rng.u32();
      l.timestamp = rng.u32();
      l.sequence = static_cast<std::uint16_t>(rng.u32());
      l.picture_id = static_cast<std::uint16_t>(rng.below(1 << 15));
      l.tl0 = static_cast<std::uint8_t>(rng.below(256));
    }
    audio_.ssrc = rng.u32();
    audio_.timestamp = rng.u32();
    audio_.sequence = static_cast<std::uint16_t>(rng.u32());
  }

  bool audio_on = true;
  bool video_on = true;
  std::uint8_t audio_level = 20;  // -dBov
  std::array<bool, 3> layer_on{true, true, true};
  int key_frames_asked = 0;
  int packets_resent = 0;
  int feedback_received = 0;
  int packets_acknowledged = 0;  // by transport-wide feedback

  void tick(Instant now, const Send& rtp, const Send& rtcp) {
    if (start_ == kNever) start_ = next_frame_ = next_audio_ = next_report_ = now;
    if (now >= next_report_) {
      report(now, rtcp);
      next_report_ += Duration{500'000};
    }
    for (; now >= next_audio_; next_audio_ += kAudioPacket)
      if (audio_on) send_audio(next_audio_, rtp);
    for (; now >= next_frame_; next_frame_ += kFrame) {
      ++frame_;
      for (std::uint8_t l = 0; l < 3; ++l)
        if (video_on && layer_on[l]) send_frame(next_frame_, l, rtp);
    }
  }

  void on_rtcp(Bytes bytes, const Send& rtp) {
    auto compound = rtcp::Compound::parse(bytes);
    if (!compound) return;
    while (const auto packet = compound->next()) {
      if (const auto pli = rtcp::Pli::parse(*packet)) ask_key(pli->media_ssrc);
      if (const auto nack = rtcp::Nack::parse(*packet))
        nack->for_each([&](std::uint16_t s) { resend(nack->media_ssrc, s, rtp); });
      if (const auto feedback = rtcp::TransportFeedback::parse(*packet)) {
        ++feedback_received;
        feedback->for_each([&](std::uint16_t, std::optional<Duration> at) { packets_acknowledged += at.has_value(); });
      }
    }
  }
  [[nodiscard]] std::uint32_t frame() const { return frame_; }

 private:
  struct Stream {
    std::uint32_t ssrc = 0, rtx_ssrc = 0, timestamp = 0;
    std::uint16_t sequence = 0, rtx_sequence = 0, picture_id = 0;
    std::uint8_t tl0 = 0;
    bool key_wanted = true;
    std::uint32_t packets = 0;
    std::map<std::uint16_t, Buffer> sent;  // payloads
    std::map<std::uint16_t, rtp::Header> headers;
  };

  [[nodiscard]] std::uint32_t rtp_time(const Stream& s, Instant at, std::uint32_t rate) const {
    return s.timestamp + static_cast<std::uint32_t>((at - start_).count() * rate / 1'000'000);
  }

  void send_audio(Instant at, const Send& send) {
    const std::array<std::uint8_t, 1> level{rtp::write_audio_level({audio_level < 35, audio_level})};
    const std::array extensions{rtp::Extension{kMid, as_bytes(audio_mid_)}, rtp::Extension{kAudioLevel, level}};
    std::array<std::uint8_t, 200> space{};
    ByteWriter out(space);
    rtp::write_header(out, {false, kOpus, audio_.sequence++, rtp_time(audio_, at, 48000), audio_.ssrc}, extensions);
    out.zeros(80);
    ++audio_.packets;
    send(out.written());
  }

  void send_frame(Instant at, std::uint8_t l, const Send& send) {
    Stream& s = layers_[l];
    const bool key = std::exchange(s.key_wanted, false);
    const auto packets = static_cast<std::uint8_t>((l + 1) * (key ? 3 : 1));
    ++s.picture_id &= 0x7fff;
    ++s.tl0;
    for (std::uint8_t i = 0; i < packets; ++i) {
      Buffer payload(100 + 10 * l);
      ByteWriter out(payload);
      vp8::Descriptor d;
      d.start_of_partition = i == 0;
      d.picture_id = s.picture_id;
      d.long_picture_id = true;
      d.tl0_picture_index = s.tl0;
      d.temporal_layer = 0;
      vp8::write(out, d);
      SimFrame{key, l, frame_, i, packets}.write(out);
      const rtp::Header header{i + 1 == packets, kVp8, s.sequence++, rtp_time(s, at, 90000), s.ssrc};
      s.sent[header.sequence] = payload;
      s.headers[header.sequence] = header;
      if (s.sent.size() > 2000) s.sent.clear(), s.headers.clear();
      ++s.packets;
      write(header, l, false, payload, send);
    }
  }

  void write(const rtp::Header& header, std::uint8_t l, bool repaired, Bytes payload, const Send& send) {
    static constexpr std::array<std::string_view, 3> kRids = {"q", "h", "f"};
    std::array<std::uint8_t, 2> sequence{};
    ByteWriter(sequence).u16(transport_sequence_++);
    const std::array extensions{rtp::Extension{kMid, as_bytes(video_mid_)},
                                rtp::Extension{repaired ? kRepairedRid : kRid, as_bytes(kRids[l])},
                                rtp::Extension{kTransportSequence, sequence}};
    std::array<std::uint8_t, 600> space{};
    ByteWriter out(space);
    rtp::write_header(out, header, extensions);
    out.bytes(payload);
    send(out.written());
  }

  void resend(std::uint32_t ssrc, std::uint16_t sequence, const Send& send) {
    for (std::uint8_t l = 0; l < 3; ++l) {
      Stream& s = layers_[l];
      if (s.ssrc != ssrc || !s.sent.contains(sequence)) continue;
      rtp::Header header = s.headers[sequence];
      Buffer payload(s.sent[sequence].size() + 2);
      ByteWriter out(payload);
      rtp::write_rtx(out, {sequence, s.sent[sequence]});
      header.ssrc = s.rtx_ssrc;
      header.sequence = s.rtx_sequence++;
      header.payload_type = kVp8Rtx;
      ++packets_resent;
      write(header, l, true, payload, send);
    }
  }

  void ask_key(std::uint32_t ssrc) {
    ++key_frames_asked;
    for (Stream& s : layers_)
      if (s.ssrc == ssrc) s.key_wanted = true;
  }

  void report(Instant now, const Send& send) {
    const auto us = static_cast<std::uint64_t>(now.time_since_epoch().count());
    const auto ntp = static_cast<std::uint64_t>((static_cast<unsigned __int128>(us) << 32) / 1'000'000);
    const auto one = [&](const Stream& s, std::uint32_t rate) {
      if (s.packets == 0) return;
      std::array<std::uint8_t, 100> space{};
      ByteWriter out(space);
      rtcp::SenderReport{s.ssrc, ntp, rtp_time(s, now, rate), s.packets, 0}.write(out);
      send(out.written());
    };
    one(audio_, 48000);
    for (const Stream& s : layers_) one(s, 90000);
  }

  std::string audio_mid_, video_mid_;
  Stream audio_;
  std::array<Stream, 3> layers_;
  std::uint32_t frame_ = 0;
  std::uint16_t transport_sequence_ = 0;
  Instant start_ = kNever, next_frame_{}, next_audio_{}, next_report_{};
};

}  // namespace costage::sfu
