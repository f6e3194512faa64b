// Which announced track a media section of the publisher's offer carries. Clients name the section by the track's id
// (a=msid), but not always by the id they announced: libwebrtc writes a new one when a track is published again,
// Firefox always does.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sfu/forward/published_track.hpp"
#include "sfu/negotiation/client_offer.hpp"

namespace costage::sfu {

using PublishedTracks = std::vector<std::unique_ptr<PublishedTrack>>;  // the oldest announcement first

class SectionMatch {
 public:
  // The waiting track that was announced with the section's id; else the oldest of its kind whose id no section that
  // sends names.
  [[nodiscard]] PublishedTrack* find(const ClientOffer& offer, const OfferedSection& section,
                                     const PublishedTracks& tracks) const;
  // A bound track is over when its section is gone, stopped, or names another track that waits for it.
  [[nodiscard]] static bool is_over(const ClientOffer& offer, const PublishedTrack& track,
                                    const PublishedTracks& tracks);

  // A new offer came.
  void on_offer(const ClientOffer& offer);
  // The track ends while the client may still send it. Its section must not take the next track that waits: that one
  // has a section of its own, or will have.
  void on_removed(const ClientOffer& offer, const PublishedTrack& track);

 private:
  struct Spent {
    std::string mid, cid;
  };
  [[nodiscard]] bool is_spent(const OfferedSection& section) const;

  std::vector<Spent> spent_;  // at most one per section
};

}  // namespace costage::sfu
