// However a stream is cut into pieces, its packets are the same. The first byte says how large the pieces are.
#include "adapters/media_io/tcp_frames.hpp"

#include <algorithm>
#include <vector>

#include "base/check.hpp"

using namespace costage;
using namespace costage::media_io;

namespace {

struct Outcome {
  std::vector<Buffer> packets;
  bool broken = false;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// In pieces of at most `piece` bytes.
Outcome read(Bytes stream, std::size_t piece) {
  Outcome out;
  FrameReader reader;
  while (!stream.empty() && !reader.broken()) {
    const MutableBytes space = reader.space();
    COSTAGE_CHECK(!space.empty(), "there is room while no packet waits");
    const Bytes now = stream.first(std::min({stream.size(), space.size(), piece}));
    std::copy(now.begin(), now.end(), space.begin());
    reader.filled(now.size());
    stream = stream.subspan(now.size());
    while (const auto packet = reader.next()) {
      COSTAGE_CHECK(packet->size() <= media::kMaxDatagram, "no packet is too long");
      out.packets.emplace_back(packet->begin(), packet->end());
    }
  }
  out.broken = reader.broken();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const Bytes stream{data + 1, size - 1};
  COSTAGE_CHECK(read(stream, std::size_t{data[0]} + 1) == read(stream, FrameReader::kCapacity),
                "how the stream is cut makes no difference");
  return 0;
}
