#include "sfu/client_offers.hpp"

#include <utility>

#include "sfu/negotiation/client_answer.hpp"
#include "sfu/wire/sdp/parse.hpp"
#include "sfu/wire/sdp/serialize.hpp"

namespace costage::sfu {

using media::Transport;

ClientOffers::ClientOffers(Context& context, media::PeerSid peer)
    : context_(context), peer_(std::move(peer)), session_id_(context.rng.next() >> 1) {}

Result<ClientOffer, std::string> ClientOffers::take(const media::RemoteDescription& offer, Instant now,
                                                    sdp::Session& session) {
  if (!sdp::fits(offer.sdp, kOfferLimits)) return fail(std::string("the offer is too large"));
  auto parsed = sdp::parse(offer.sdp, kOfferLimits);
  if (!parsed) return fail(std::string("the offer is not a well-formed SDP"));
  session = std::move(*parsed);
  auto read = read_client_offer(session);
  if (!read) return read;
  if (!transport_) open(now);
  if (!remote_ufrag_.empty() && remote_ufrag_ != read->remote.ice.ufrag) transport_->restart_ice(now);
  if (!transport_->set_remote(now, read->remote)) return fail(std::string("the offer changes the DTLS fingerprint"));
  remote_ufrag_ = read->remote.ice.ufrag;
  return read;
}

bool ClientOffers::on_offer(const media::RemoteDescription& offer, Instant now, Publisher& publisher,
                            Subscriber& subscriber) {
  sdp::Session session;
  auto read = take(offer, now, session);
  if (!read) {
    context_.emit(media::NegotiationFailed{peer_, Transport::publisher, offer.id, read.error()});
    return false;
  }
  offer_due_ = kNever;
  publisher.take_offer(std::move(*read), *transport_);
  const LentSections::Outcome lent = lent_.on_offer(publisher.offer());
  const auto answer = write_client_answer(
      session, publisher.offer(), context_.local_transport(*transport_, session_id_, ++answers_),
      [&](const OfferedSection& s) { return SectionUse{publisher.preferences(s), lent_.find(s.mid)}; });
  send_answer({peer_, Transport::publisher, offer.id, sdp::serialize(answer), lent_.tracks()}, now);
  const bool up = transport_->state() == media::TransportState::connected;
  subscriber.on_agreed(up ? std::vector<StartedSection>{} : lent.started, lent.refused, now);
  if (up && !lent.started.empty()) {
    answered_.insert(answered_.end(), lent.started.begin(), lent.started.end());
    begins_at_ = now + kAfterAnswer;
  }
  ask_if_changed(now);
  return true;
}

void ClientOffers::send_answer(media::LocalDescription description, Instant now) {
  if (first_answer_) context_.emit(*std::exchange(first_answer_, {}));
  answers_at_ = kNever;
  if (!alone_ || answers_ > 1) return context_.emit(std::move(description));
  first_answer_ = std::move(description);
  answers_at_ = now + kAfterJoin;
}

void ClientOffers::go_on(Instant now, Subscriber& subscriber) {
  if (now >= answers_at_) {
    answers_at_ = kNever;
    context_.emit(*std::exchange(first_answer_, {}));
  }
  if (now >= begins_at_) {
    begins_at_ = kNever;
    subscriber.on_agreed(std::exchange(answered_, {}), {}, now);
  }
}

void ClientOffers::ask_if_changed(Instant now) {
  if (first_answer_) return;  // comes first
  const auto need = lent_.take_need();
  if (!need) return;
  offer_due_ = now + kOfferWithin;
  context_.emit(media::SectionsNeeded{peer_, need->audios, need->videos});
}

void ClientOffers::expect_offer(Instant now) {
  if (now < offer_due_) return;
  offer_due_ = kNever;
  context_.emit(media::NegotiationFailed{peer_, Transport::publisher, 0, "a request for an offer was not met in time"});
}

}  // namespace costage::sfu
