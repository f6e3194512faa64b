#include "sfu/peer.hpp"

namespace costage::sfu {

using media::Connections;
using media::Transport;

namespace {

PeerTransport& receiving_transport(ClientOffers& client, std::optional<ServerOffers>& server, Instant now) {
  return server ? server->transport() : client.open_alone(now);
}

DownSections& down_sections(ClientOffers& client, std::optional<ServerOffers>& server) {
  if (server) return server->sections();
  return client.lent();
}

}  // namespace

Peer::Peer(Context& context, const media::AddPeer& command, Instant now)
    : sid(command.peer),
      room(command.room),
      timers(context.deadlines, *this),
      client_offers_(context, command.peer),
      server_offers_(command.connections == Connections::single
                         ? std::nullopt
                         : std::optional<ServerOffers>(std::in_place, context, command.peer, now)),
      publisher(context, timers, command.room, command.peer),
      subscriber(context, timers, command, receiving_transport(client_offers_, server_offers_, now),
                 down_sections(client_offers_, server_offers_)) {}

PeerTransport* Peer::transport(Transport which) {
  if (which == Transport::publisher) return client_offers_.transport();
  return server_offers_ ? &server_offers_->transport() : nullptr;
}

std::vector<media::TrackSid> Peer::on_offer(const media::RemoteDescription& offer, Instant now) {
  if (!client_offers_.on_offer(offer, now, publisher, subscriber)) return {};
  timers.at_most(PeerTimer::offers, client_offers_.goes_on_at());
  return publisher.ended();
}

void Peer::on_answer(const media::RemoteDescription& answer, Instant now) {
  if (!server_offers_) return;
  server_offers_->on_answer(answer, now, subscriber);
  timers.at_most(PeerTimer::offers, Instant{});
}

bool Peer::restart_ice(Instant now) {
  if (!server_offers_) return false;
  server_offers_->restart_ice(now);
  timers.at_most(PeerTimer::offers, Instant{});
  return true;
}

void Peer::negotiate(Instant now) {
  if (server_offers_) return timers.at_most(PeerTimer::offers, server_offers_->offer_if_changed(now));
  client_offers_.go_on(now, subscriber);
  client_offers_.ask_if_changed(now);
  timers.at_most(PeerTimer::offers, client_offers_.goes_on_at());
}

void Peer::expect_descriptions(Instant now) {
  if (server_offers_)
    server_offers_->expect_answer(now);
  else
    client_offers_.expect_offer(now);
}

void Peer::on_rtcp(Instant now, Transport on, Bytes packet) {
  if (on == Transport::publisher) publisher.on_rtcp(now, packet);
  if (on == receiving()) subscriber.on_rtcp(now, packet);
}

}  // namespace costage::sfu
