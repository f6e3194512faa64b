// Negotiation where the client offers and we answer: its publisher transport, or the only one it has.
#pragma once

#include <cstdint>
#include <optional>

#include "base/media.hpp"
#include "base/time.hpp"
#include "sfu/context.hpp"
#include "sfu/negotiation/lent_sections.hpp"
#include "sfu/publisher.hpp"
#include "sfu/subscriber.hpp"

namespace costage::sfu {

class ClientOffers {
 public:
  // A single connection has to be offered anew within so much time after we asked for it.
  static constexpr Duration kOfferWithin = std::chrono::seconds(15);

  ClientOffers(Context& context, media::PeerSid peer);

  // Of a pair nullptr before the first offer: who only watches never connects here.
  [[nodiscard]] PeerTransport* transport() { return transport_ ? &*transport_ : nullptr; }
  // For a single connection: there from the beginning, and its lent sections are used.
  PeerTransport& open(Instant now) { return transport_.emplace(context_.transports, TransportRole::server, now); }
  [[nodiscard]] LentSections& lent() { return lent_; }

  // Answers, or says why not: then false.
  bool on_offer(const media::RemoteDescription& offer, Instant now, Publisher& publisher, Subscriber& subscriber);
  // Asks for an offer if sections changed since the last.
  void ask_if_changed(Instant now);
  // Says once that the offer did not come in time.
  void expect_offer(Instant now);

 private:
  [[nodiscard]] Result<ClientOffer, std::string> take(const media::RemoteDescription& offer, Instant now,
                                                      sdp::Session& session);

  Context& context_;
  const media::PeerSid peer_;
  std::optional<PeerTransport> transport_;
  LentSections lent_;
  const std::uint64_t session_id_;
  std::uint64_t answers_ = 0;
  std::string remote_ufrag_;  // of the last offer
  Instant offer_due_ = kNever;
};

}  // namespace costage::sfu
