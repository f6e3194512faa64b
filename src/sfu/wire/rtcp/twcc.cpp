#include "sfu/wire/rtcp/twcc.hpp"

#include <algorithm>
#include <array>

namespace costage::sfu::rtcp {
namespace {

using twcc::Chunk;
using twcc::Symbol;

constexpr std::size_t kFixed = 20;  // common header and everything before the chunks
constexpr std::size_t kMaxRun = 0x1fff;
constexpr std::size_t kOneBitSymbols = 14;
constexpr std::size_t kTwoBitSymbols = 7;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
std::int64_t us(Instant t) { return t.time_since_epoch().count(); }

// Differences between arrivals as they are written: in ticks, against the sum of what was written before, so that
// rounding does not add up.
class DeltaEncoder {
 public:
  explicit DeltaEncoder(std::int64_t reference) : at_(reference * (kTwccReferenceUs / kTwccTickUs)) {}

  [[nodiscard]] std::int64_t delta(Instant t) const { return floor_div(us(t), kTwccTickUs) - at_; }
  void advance(std::int64_t delta) { at_ += delta; }
  [[nodiscard]] static Symbol symbol(std::int64_t delta) {
    if (delta >= 0 && delta <= 0xff) return twcc::small_delta;
    return delta >= INT16_MIN && delta <= INT16_MAX ? twcc::large_delta : twcc::reserved;
  }

 private:
  std::int64_t at_;
};

struct ChunkPlan {
  Chunk chunk;
  std::size_t covered = 0;
};

ChunkPlan vector_chunk(std::span<const std::uint8_t> symbols, unsigned width) {
  unsigned bits = width == 2 ? 0xc000 : 0x8000;
  for (std::size_t i = 0; i < symbols.size(); ++i) bits |= symbols[i] << (14 - width * (i + 1));
  return {Chunk{static_cast<std::uint16_t>(bits)}, symbols.size()};
}

// The chunk for the first symbols of a list: a run where that covers as many as a vector would. A vector may reach
// behind the end, as the status count says where that is.
ChunkPlan next_chunk(std::span<const std::uint8_t> symbols) {
  const auto run_end = std::find_if(symbols.begin(), symbols.end(), [&](auto s) { return s != symbols.front(); });
  const std::size_t run = std::min(static_cast<std::size_t>(run_end - symbols.begin()), kMaxRun);
  auto head = symbols.first(std::min(symbols.size(), kOneBitSymbols));
  const bool one_bit = std::find(head.begin(), head.end(), twcc::large_delta) == head.end();
  if (!one_bit) head = symbols.first(std::min(symbols.size(), kTwoBitSymbols));
  if (run >= head.size()) return {Chunk{static_cast<std::uint16_t>(symbols.front() << 13 | run)}, run};
  return vector_chunk(head, one_bit ? 1 : 2);
}

struct Plan {
  std::array<std::uint8_t, TransportFeedback::kMaxPackets> symbols{};
  std::size_t count = 0;  // up to and with the last packet that arrived
};

// As many packets as fit kMaxSize: chunks are reckoned at their worst, one per seven symbols.
Plan plan(std::span<const Instant> arrivals, std::int64_t reference) {
  Plan p;
  DeltaEncoder encoder(reference);
  std::size_t delta_bytes = 0;
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    p.symbols[i] = twcc::lost;
    if (arrivals[i] == kNever) continue;
    const std::int64_t delta = encoder.delta(arrivals[i]);
    p.symbols[i] = DeltaEncoder::symbol(delta);
    delta_bytes += p.symbols[i];
    const std::size_t chunk_bytes = 2 * (i / kTwoBitSymbols + 1);
    if (p.symbols[i] == twcc::reserved || kFixed + chunk_bytes + delta_bytes + 3 > TransportFeedback::kMaxSize) break;
    encoder.advance(delta);
    p.count = i + 1;
  }
  return p;
}

void write_chunks(ByteWriter& out, std::span<const std::uint8_t> symbols) {
  while (!symbols.empty()) {
    const ChunkPlan next = next_chunk(symbols);
    out.u16(next.chunk.bits);
    symbols = symbols.subspan(next.covered);
  }
}

void write_deltas(ByteWriter& out, std::span<const Instant> arrivals, std::int64_t reference) {
  DeltaEncoder encoder(reference);
  for (const Instant arrival : arrivals) {
    if (arrival == kNever) continue;
    const std::int64_t delta = encoder.delta(arrival);
    if (DeltaEncoder::symbol(delta) == twcc::small_delta)
      out.u8(static_cast<std::uint8_t>(delta));
    else
      out.u16(static_cast<std::uint16_t>(delta));
    encoder.advance(delta);
  }
}

// How many bytes of deltas the chunks announce; empty: they do not cover the packets, or use the reserved symbol.
// Leaves `in` behind the chunks.
std::optional<std::size_t> read_chunks(ByteReader& in, std::size_t status_count) {
  std::size_t deltas = 0;
  for (std::size_t done = 0; done < status_count;) {
    const Chunk chunk{in.u16()};
    if (!in.ok() || chunk.size() == 0) return {};
    const std::size_t n = std::min(chunk.size(), status_count - done);
    for (std::size_t i = 0; i < n; ++i) {
      if (chunk.at(i) == twcc::reserved) return {};
      deltas += chunk.at(i);  // lost 0, small 1, large 2: the symbol is its number of bytes
    }
    done += n;
  }
  return deltas;
}

}  // namespace

std::optional<TransportFeedback> TransportFeedback::parse(const Packet& packet) {
  if (!packet.is(Type::transport_feedback, kTransportCc)) return {};
  ByteReader in(packet.body);
  TransportFeedback f;
  f.sender_ssrc = in.u32();
  f.media_ssrc = in.u32();
  f.base_sequence = in.u16();
  f.status_count = in.u16();
  f.reference_time = static_cast<std::int32_t>(in.u24() << 8) >> 8;  // extends the sign
  f.feedback_count = in.u8();
  const std::size_t chunks_at = in.position();
  const auto delta_bytes = read_chunks(in, f.status_count);
  if (!in.ok() || !delta_bytes || f.status_count == 0) return {};
  f.chunks = packet.body.subspan(chunks_at, in.position() - chunks_at);
  f.deltas = in.take(*delta_bytes);
  if (!in.ok()) return {};
  return f;
}

std::size_t TransportFeedback::write(ByteWriter& out, const Source& source, std::span<const Instant> arrivals) {
  arrivals = arrivals.first(std::min(arrivals.size(), kMaxPackets));
  const auto first = std::find_if(arrivals.begin(), arrivals.end(), [](Instant t) { return t != kNever; });
  if (first == arrivals.end()) return 0;
  const std::int64_t reference = floor_div(us(*first), kTwccReferenceUs);
  const Plan p = plan(arrivals, reference);
  if (p.count == 0) return 0;
  const PacketWriter packet(out, Type::transport_feedback, kTransportCc);
  out.u32(source.sender_ssrc);
  out.u32(source.media_ssrc);
  out.u16(source.base_sequence);
  out.u16(static_cast<std::uint16_t>(p.count));
  out.u24(static_cast<std::uint32_t>(reference) & 0xffffff);
  out.u8(source.feedback_count);
  const std::size_t before = out.size();
  write_chunks(out, std::span{p.symbols}.first(p.count));
  write_deltas(out, arrivals.first(p.count), reference);
  out.zeros((4 - (out.size() - before) % 4) % 4);
  return p.count;
}

}  // namespace costage::sfu::rtcp
