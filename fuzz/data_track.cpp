// A packet that parses lies within its bytes; a new handle changes the handle and nothing else.
#include "sfu/wire/data_track.hpp"

#include <algorithm>

#include "base/check.hpp"

using namespace costage;
using namespace costage::sfu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes packet(data, size);
  const auto header = data_track::parse(packet);
  if (!header) return 0;
  COSTAGE_CHECK(header->size >= 12 && header->size <= size, "a header lies within its packet");
  Buffer copy(packet.begin(), packet.end());
  data_track::set_handle(copy, 0x5aa5);
  const auto again = data_track::parse(copy);
  COSTAGE_CHECK(again && again->handle == 0x5aa5 && again->size == header->size, "the new handle is read");
  COSTAGE_CHECK(again->frame == header->frame && again->sequence == header->sequence &&
                    again->timestamp == header->timestamp && again->start == header->start &&
                    again->final == header->final,
                "the rest stays");
  data_track::set_handle(copy, header->handle);
  COSTAGE_CHECK(std::equal(copy.begin(), copy.end(), packet.begin()), "and so do all bytes");
  return 0;
}
