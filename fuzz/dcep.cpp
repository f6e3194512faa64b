// What is read is within its limits, and says the same when it is written and read again.
#include "sfu/peer/dcep.hpp"

#include "base/check.hpp"

using namespace costage;
using namespace costage::sfu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes(data, size);
  const auto open = parse_dcep_open(bytes);
  if (!open) return 0;
  COSTAGE_CHECK(!is_dcep_ack(bytes), "a message is an OPEN or an ACK");
  COSTAGE_CHECK(open->label.size() <= DcepOpen::kMaxLabel && open->protocol.size() <= DcepOpen::kMaxLabel,
                "names have a limit");
  COSTAGE_CHECK(!open->delivery.max_retransmits || !open->delivery.max_lifetime_ms, "one kind of reliability");
  const Buffer written = write(*open);
  COSTAGE_CHECK(written.size() <= size, "what is written is not longer");
  COSTAGE_CHECK(parse_dcep_open(written) == open, "a written OPEN is read");
  return 0;
}
