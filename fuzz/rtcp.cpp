// Every message of a compound that parses is written again and says the same.
#include <algorithm>
#include <array>
#include <vector>

#include "base/check.hpp"
#include "sfu/wire/rtcp/compound.hpp"
#include "sfu/wire/rtcp/fir.hpp"
#include "sfu/wire/rtcp/nack.hpp"
#include "sfu/wire/rtcp/pli.hpp"
#include "sfu/wire/rtcp/receiver_report.hpp"
#include "sfu/wire/rtcp/remb.hpp"
#include "sfu/wire/rtcp/sdes.hpp"
#include "sfu/wire/rtcp/sender_report.hpp"
#include "sfu/wire/rtcp/twcc.hpp"

using namespace costage;
using namespace costage::sfu;
using namespace costage::sfu::rtcp;

namespace {

// Writes one message and gives what a reader finds.
template <class Message, class Write>
Message again(Buffer& block, Write write) {
  block.resize(1 << 19);  // the largest RTCP packet has 256 KiB
  ByteWriter out(block);
  write(out);
  COSTAGE_CHECK(out.ok(), "room for the message");
  auto compound = Compound::parse(out.written());
  COSTAGE_CHECK(compound, "a written message is a compound");
  const auto packet = compound->next();
  COSTAGE_CHECK(packet && !compound->next(), "of one packet");
  auto message = Message::parse(*packet);
  COSTAGE_CHECK(message, "a written message is read");
  return *message;
}

template <class List>
auto items(const List& list) {
  std::vector<std::decay_t<decltype(list[0])>> out;
  for (std::size_t i = 0; i < list.size(); ++i) out.push_back(list[i]);
  return out;
}

void check(const SenderReport& m, Buffer& block) {
  const auto blocks = items(m.reports);
  const auto r = again<SenderReport>(block, [&](ByteWriter& out) { m.write(out, blocks); });
  COSTAGE_CHECK(r.ssrc == m.ssrc && r.ntp == m.ntp && r.rtp == m.rtp, "clock survives");
  COSTAGE_CHECK(r.packets == m.packets && r.octets == m.octets && items(r.reports) == blocks, "counts survive");
}

void check(const ReceiverReport& m, Buffer& block) {
  const auto blocks = items(m.reports);
  const auto r = again<ReceiverReport>(block, [&](ByteWriter& out) { m.write(out, blocks); });
  COSTAGE_CHECK(r.ssrc == m.ssrc && items(r.reports) == blocks, "reports survive");
}

void check(Sdes m, Buffer& block) {
  while (const auto chunk = m.next()) {
    auto r = again<Sdes>(block, [&](ByteWriter& out) { Sdes::write(out, *chunk); });
    const auto read = r.next();
    COSTAGE_CHECK(read && read->ssrc == chunk->ssrc && read->cname == chunk->cname, "names survive");
  }
}

void check(const Pli& m, Buffer& block) {
  const auto r = again<Pli>(block, [&](ByteWriter& out) { m.write(out); });
  COSTAGE_CHECK(r.sender_ssrc == m.sender_ssrc && r.media_ssrc == m.media_ssrc, "PLI survives");
}

void check(const Fir& m, Buffer& block) {
  const auto entries = items(m);
  const auto r = again<Fir>(block, [&](ByteWriter& out) { Fir::write(out, m.sender_ssrc, entries); });
  COSTAGE_CHECK(items(r) == entries, "FIR survives");
}

std::vector<std::uint16_t> lost_of(const Nack& nack) {
  std::vector<std::uint16_t> out;
  nack.for_each([&](std::uint16_t sequence) { out.push_back(sequence); });
  return out;
}

void check(const Nack& m, Buffer& block) {
  const auto lost = lost_of(m);
  // A list in no order may need an item per number, more than one packet can have.
  if (lost.size() > 16'000) return;
  const auto r = again<Nack>(block, [&](ByteWriter& out) { Nack::write(out, m.sender_ssrc, m.media_ssrc, lost); });
  auto sorted = lost_of(r), expected = lost;
  std::ranges::sort(sorted);
  std::ranges::sort(expected);
  // A number named twice may be named once.
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  COSTAGE_CHECK(sorted == expected, "lost packets survive");
}

void check(const Remb& m, Buffer& block) {
  const auto ssrcs = items(m.ssrcs);
  const auto r = again<Remb>(block, [&](ByteWriter& out) { m.write(out, ssrcs); });
  const bool same_rate = m.bits_per_second == UINT64_MAX ? r.bits_per_second >= UINT64_MAX - (1ull << 46)
                                                         : r.bits_per_second == m.bits_per_second;
  COSTAGE_CHECK(same_rate && items(r.ssrcs) == ssrcs, "REMB survives");
}

std::vector<Instant> arrivals_of(const TransportFeedback& m) {
  // A positive clock: 24 bits of 64 ms around the sign, and no 65535 deltas of -8 s reach below this.
  constexpr Duration kShift{2'000'000'000'000};
  std::vector<Instant> out;
  m.for_each([&](std::uint16_t sequence, std::optional<Duration> at) {
    COSTAGE_CHECK(sequence == static_cast<std::uint16_t>(m.base_sequence + out.size()), "in order");
    out.push_back(at ? Instant{*at + kShift} : kNever);
  });
  COSTAGE_CHECK(out.size() == m.status_count, "each packet once");
  return out;
}

// A first large delta against the reference time comes back as another reference: only differences are compared.
void check(const TransportFeedback& m, Buffer& block) {
  auto arrivals = arrivals_of(m);
  arrivals.resize(std::min(arrivals.size(), TransportFeedback::kMaxPackets));
  if (std::ranges::all_of(arrivals, [](Instant t) { return t == kNever; })) return;
  std::size_t n = 0;
  const auto r = again<TransportFeedback>(block, [&](ByteWriter& out) {
    n = TransportFeedback::write(out, {m.sender_ssrc, m.media_ssrc, m.base_sequence, m.feedback_count}, arrivals);
  });
  COSTAGE_CHECK(n == r.status_count && r.base_sequence == m.base_sequence, "what is covered is told");
  const auto told = arrivals_of(r);
  std::optional<Duration> shift;
  for (std::size_t i = 0; i < n; ++i) {
    COSTAGE_CHECK((told[i] == kNever) == (arrivals[i] == kNever), "losses survive");
    if (told[i] == kNever) continue;
    if (!shift) shift = told[i] - arrivals[i];
    COSTAGE_CHECK(told[i] - arrivals[i] == *shift, "differences survive");
  }
}

template <class Message>
void try_message(const Packet& packet, Buffer& block) {
  if (const auto message = Message::parse(packet)) check(*message, block);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Buffer block;
  auto compound = Compound::parse(Bytes(data, size));
  if (!compound) return 0;
  while (const auto packet = compound->next()) {
    try_message<SenderReport>(*packet, block);
    try_message<ReceiverReport>(*packet, block);
    try_message<Sdes>(*packet, block);
    try_message<Nack>(*packet, block);
    try_message<Pli>(*packet, block);
    try_message<Fir>(*packet, block);
    try_message<Remb>(*packet, block);
    try_message<TransportFeedback>(*packet, block);
  }
  return 0;
}
