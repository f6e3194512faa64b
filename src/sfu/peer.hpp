// One LiveKit participant: what it sends, what it gets, and the one or two connections on which it does.
#pragma once

#include <map>
#include <optional>

#include "base/budget.hpp"
#include "base/media.hpp"
#include "sfu/client_offers.hpp"
#include "sfu/context.hpp"
#include "sfu/forward/data_track_outlet.hpp"
#include "sfu/publisher.hpp"
#include "sfu/server_offers.hpp"
#include "sfu/subscriber.hpp"

namespace costage::sfu {

struct Peer {
  Peer(Context& context, const media::AddPeer& command, Instant now);

  const media::PeerSid sid;
  media::RoomSid room;
  PeerTimers timers;

 private:
  ClientOffers client_offers_;
  std::optional<ServerOffers> server_offers_;  // of a pair

 public:
  Publisher publisher;
  Subscriber subscriber;
  media::Quality quality = media::Quality::excellent;
  AudioActivity::Window speech;                          // as last told
  std::map<std::uint16_t, DataTrackOutlet> data_tracks;  // of its own by handle, while somebody gets them
  Budget data_track_budget{kDataTrackRate};

  // nullptr: none, or none yet.
  [[nodiscard]] PeerTransport* transport(media::Transport which);
  // The connection on which it gets media and data.
  [[nodiscard]] media::Transport receiving() const {
    return server_offers_ ? media::Transport::subscriber : media::Transport::publisher;
  }
  template <class F>
  void each_transport(F f) {
    for (const auto which : {media::Transport::publisher, media::Transport::subscriber})
      if (PeerTransport* t = transport(which)) f(which, *t);
  }

  // An offer on the publisher transport: the tracks that are no longer sent; end them, then publisher.bind_sections().
  [[nodiscard]] std::vector<media::TrackSid> on_offer(const media::RemoteDescription& offer, Instant now);
  // An answer on the subscriber transport.
  void on_answer(const media::RemoteDescription& answer, Instant now);
  // True: the subscriber transport has new credentials. A single connection's are changed by the client's offer.
  bool restart_ice(Instant now);
  // What has changed for the client to receive is negotiated.
  void negotiate(Instant now);
  void expect_descriptions(Instant now);
  void on_rtcp(Instant now, media::Transport on, Bytes packet);
};

}  // namespace costage::sfu
