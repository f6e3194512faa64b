// Our answer to the client's offer.
#pragma once

#include <functional>

#include "sfu/negotiation/client_offer.hpp"
#include "sfu/negotiation/lent_sections.hpp"

namespace costage::sfu {

struct AudioPreferences {
  bool stereo = false;
  bool dtx = true;
  bool red = false;  // where the client offers it
};

// What we make of a section.
struct SectionUse {
  AudioPreferences audio;             // of what the client sends on it
  const LentSection* lent = nullptr;  // what we send on it
};
// `use` is asked for each audio or video section.
[[nodiscard]] sdp::Session write_client_answer(const sdp::Session& offer, const ClientOffer& read,
                                               const LocalTransport& local,
                                               const std::function<SectionUse(const OfferedSection&)>& use);

}  // namespace costage::sfu
