// What is said of a payload does not contradict itself.
#include "sfu/wire/av1.hpp"

#include "base/check.hpp"

using namespace costage;
using namespace costage::sfu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto p = av1::parse({data, size});
  if (!p) return 0;
  COSTAGE_CHECK(p->elements > 0 && p->elements < size, "each element has a byte");
  COSTAGE_CHECK(p->told == 0 || p->told == p->elements, "there are as many as were told");
  COSTAGE_CHECK(!p->new_sequence || !p->continues, "a new sequence continues nothing");
  return 0;
}
