// A simulated viewer of one SSRC: asks for what is missing, undoes RTX, and keeps everything for judgement.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "base/time.hpp"
#include "sfu/forward/nack_tracker.hpp"
#include "sfu/forward/sequence.hpp"
#include "sfu/testing/sim_camera.hpp"
#include "sfu/wire/rtp.hpp"
#include "sfu/wire/vp8.hpp"

namespace costage::sfu {

class SimScreen {
 public:
  struct Arrived {
    std::uint32_t timestamp = 0;
    bool marker = false;
    std::optional<vp8::Descriptor> vp8;
    SimFrame frame;
    Instant at{};
  };

  SimScreen(std::uint32_t ssrc, std::uint32_t rtx_ssrc, bool video) : ssrc(ssrc), rtx_ssrc(rtx_ssrc), video(video) {}

  void on_rtp(Instant now, const rtp::Packet& packet) {
    std::uint16_t number = packet.header.sequence;
    Bytes payload = packet.payload;
    if (packet.header.ssrc == rtx_ssrc) {
      const auto rtx = rtp::parse_rtx(packet.payload);
      if (!rtx) return;
      ++repaired;
      number = rtx->original_sequence;
      payload = rtx->payload;
    }
    const bool is_rtx = packet.header.ssrc == rtx_ssrc;
    const std::int64_t sequence = is_rtx ? unwrapper_.near(number) : unwrapper_.unwrap(number);
    nacks_.on_packet(now, sequence);
    if (packets.empty()) first_arrived = sequence;
    if (packets.contains(sequence)) {
      ++duplicates;
      return;
    }
    Arrived arrived{packet.header.timestamp, packet.header.marker, std::nullopt, {}, now};
    if (video) {
      arrived.vp8 = vp8::parse(payload);
      if (arrived.vp8) {
        ByteReader reader(payload.subspan(arrived.vp8->size));
        arrived.frame = SimFrame::read(reader);
      }
    }
    packets.emplace(sequence, arrived);
    last_at = now;
  }
  // The NACK that is due; empty if none.
  [[nodiscard]] Buffer nack(Instant now) {
    std::array<std::uint16_t, 64> lost;
    const std::size_t n = video ? nacks_.due(now, lost) : 0;
    if (n == 0) return {};
    Buffer out(300);
    ByteWriter writer(out);
    rtcp::Nack::write(writer, 1, ssrc, std::span{lost}.first(n));
    out.resize(writer.size());
    return out;
  }

  const std::uint32_t ssrc;
  const std::uint32_t rtx_ssrc;
  const bool video;
  std::map<std::int64_t, Arrived> packets;  // by unwrapped sequence number
  std::int64_t first_arrived = 0;           // a receiver cannot miss what came before it
  int repaired = 0;
  int duplicates = 0;
  Instant last_at{};

 private:
  SequenceUnwrapper unwrapper_;
  NackTracker nacks_;
};

}  // namespace costage::sfu
