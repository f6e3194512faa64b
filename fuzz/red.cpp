// A payload that is written reads the same; whatever was lost, stripping ends with the packet itself.
#include "sfu/wire/red.hpp"

#include <algorithm>

#include "base/check.hpp"

using namespace costage;
using namespace costage::sfu;

namespace {

void write_again(Bytes payload, const red::Payload& p) {
  Buffer out(payload.size());
  ByteWriter w(out);
  COSTAGE_CHECK(red::write(w, p), "what was read can be written");
  COSTAGE_CHECK(std::ranges::equal(w.written(), payload), "and is the same, byte by byte");
}

void strip(const red::Payload& p) {
  for (const std::uint32_t lost : {0u, 1u, 0x155u, ~0u}) {
    const red::Stripped s = red::strip(p, 5, 1000, lost);
    COSTAGE_CHECK(s.count >= 1 && s.count <= p.redundant_count + 1, "one for each block at most");
    COSTAGE_CHECK(s.all().back().sequence == 5 && s.all().back().timestamp == 1000, "the packet itself is the last");
    for (std::size_t i = 1; i < s.count; ++i)
      COSTAGE_CHECK(static_cast<std::int16_t>(s.packets[i].sequence - s.packets[i - 1].sequence) > 0, "in order");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes payload(data, size);
  const auto p = red::parse(payload);
  if (!p) return 0;
  write_again(payload, *p);
  strip(*p);
  return 0;
}
