// Negotiation where we offer and the client answers: the subscriber transport of a pair.
#pragma once

#include <cstdint>

#include "base/media.hpp"
#include "base/time.hpp"
#include "sfu/context.hpp"
#include "sfu/negotiation/subscriber_offer.hpp"
#include "sfu/subscriber.hpp"

namespace costage::sfu {

class ServerOffers {
 public:
  // LiveKit's patience with a client that does not answer an offer.
  static constexpr Duration kAnswerWithin = std::chrono::seconds(15);
  // Between an answer and the next offer: a client that has answered may still be busy with what it agreed to, and some
  // (pion) then take the one for the other and lose a track. The changes meanwhile go into one offer.
  static constexpr Duration kAfterAnswer = std::chrono::milliseconds(10);

  ServerOffers(Context& context, media::PeerSid peer, Instant now);

  [[nodiscard]] PeerTransport& transport() { return transport_; }
  [[nodiscard]] SubscriberOffers& sections() { return offers_; }

  // Sends the next offer unless one is outstanding, nothing has changed or it is too early; gives when it is not.
  Instant offer_if_changed(Instant now);
  // Says once that the answer did not come in time.
  void expect_answer(Instant now);
  void on_answer(const media::RemoteDescription& answer, Instant now, Subscriber& subscriber);
  void restart_ice(Instant now);

 private:
  void refuse(std::uint32_t id, std::string reason);

  Context& context_;
  const media::PeerSid peer_;
  PeerTransport transport_;
  SubscriberOffers offers_;
  Instant answer_due_ = kNever;
  Instant next_offer_ = Instant::min();
  const std::uint64_t session_id_;
};

}  // namespace costage::sfu
