// Negotiation where the client offers and we answer: its publisher transport, or the only one it has.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

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
  // What is new on a connection that is up is sent so much later than the answer that names it: datagrams overtake the
  // answer, and a client that knows nothing of an SSRC loses packets while it guesses whose it is (pion: 11, the first
  // key frame among them) or makes a stream of it that it gives up again (libwebrtc).
  static constexpr Duration kAfterAnswer = std::chrono::milliseconds(10);

  // The first answer on a single connection, whose offer came with the join request, is sent so much later than the
  // response to that: a client that goes on reading while it still prepares for the answer (LiveKit's Go SDK) would
  // take it too early and not connect.
  static constexpr Duration kAfterJoin = std::chrono::milliseconds(5);

  ClientOffers(Context& context, media::PeerSid peer);

  // Of a pair nullptr before the first offer: who only watches never connects here.
  [[nodiscard]] PeerTransport* transport() { return transport_ ? &*transport_ : nullptr; }
  // For a single connection: there from the beginning, and its lent sections are used.
  PeerTransport& open_alone(Instant now) {
    alone_ = true;
    return open(now);
  }
  [[nodiscard]] LentSections& lent() { return lent_; }

  // Answers, or says why not: then false.
  bool on_offer(const media::RemoteDescription& offer, Instant now, Publisher& publisher, Subscriber& subscriber);
  // Asks for an offer if sections changed since the last.
  void ask_if_changed(Instant now);
  // Goes on with what waits: an answer, or sections that were answered; due at goes_on_at().
  void go_on(Instant now, Subscriber& subscriber);
  [[nodiscard]] Instant goes_on_at() const { return std::min(answers_at_, begins_at_); }
  // Says once that the offer did not come in time.
  void expect_offer(Instant now);

 private:
  PeerTransport& open(Instant now) { return transport_.emplace(context_.transports, TransportRole::server, now); }
  void send_answer(media::LocalDescription description, Instant now);
  [[nodiscard]] Result<ClientOffer, std::string> take(const media::RemoteDescription& offer, Instant now,
                                                      sdp::Session& session);

  Context& context_;
  const media::PeerSid peer_;
  std::optional<PeerTransport> transport_;
  bool alone_ = false;
  LentSections lent_;
  const std::uint64_t session_id_;
  std::uint64_t answers_ = 0;
  std::string remote_ufrag_;  // of the last offer
  Instant offer_due_ = kNever;
  std::optional<media::LocalDescription> first_answer_;
  Instant answers_at_ = kNever;
  std::vector<StartedSection> answered_;
  Instant begins_at_ = kNever;
};

}  // namespace costage::sfu
