#include "sfu/server_offers.hpp"

#include <utility>

#include "sfu/wire/sdp/parse.hpp"
#include "sfu/wire/sdp/serialize.hpp"

namespace costage::sfu {

using media::Transport;

ServerOffers::ServerOffers(Context& context, media::PeerSid peer, Instant now)
    : context_(context),
      peer_(std::move(peer)),
      transport_(context.transports, TransportRole::server, now),
      session_id_(context.rng.next() >> 1) {
  transport_.open_channels(now);
}

Instant ServerOffers::offer_if_changed(Instant now) {
  if (now < next_offer_) return next_offer_;
  auto offer = offers_.next(context_.local_transport(transport_, session_id_, 0));
  if (!offer) return kNever;
  answer_due_ = now + kAnswerWithin;
  context_.emit(media::LocalDescription{peer_, Transport::subscriber, offer->id, sdp::serialize(offer->session),
                                        std::move(offer->tracks)});
  return kNever;
}

void ServerOffers::expect_answer(Instant now) {
  if (!offers_.outstanding() || now < answer_due_) return;
  answer_due_ = kNever;
  refuse(0, "an offer was not answered in time");
}

void ServerOffers::on_answer(const media::RemoteDescription& answer, Instant now, Subscriber& subscriber) {
  const auto session = sdp::parse(answer.sdp);
  if (!session) return refuse(answer.id, "the answer is not a well-formed SDP");
  const auto answered = offers_.on_answer(answer.id, *session);
  if (!answered) return refuse(answer.id, answered.error());
  if (!*answered) return;
  next_offer_ = now + kAfterAnswer;
  if (!transport_.set_remote(now, (*answered)->remote))
    return refuse(answer.id, "the answer changes the DTLS fingerprint");
  subscriber.on_agreed((*answered)->started, (*answered)->refused, now);
}

void ServerOffers::refuse(std::uint32_t id, std::string reason) {
  context_.emit(media::NegotiationFailed{peer_, Transport::subscriber, id, std::move(reason)});
}

void ServerOffers::restart_ice(Instant now) {
  transport_.restart_ice(now);
  offers_.restart();
}

}  // namespace costage::sfu
