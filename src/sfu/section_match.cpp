#include "sfu/section_match.hpp"

#include <algorithm>

namespace costage::sfu {
namespace {

template <class Fits>
PublishedTrack* oldest_waiting(const PublishedTracks& tracks, media::Kind kind, Fits fits) {
  const auto found = std::find_if(tracks.begin(), tracks.end(), [&](const auto& t) {
    return !t->bound() && t->announced.kind == kind && fits(t->announced);
  });
  return found == tracks.end() ? nullptr : found->get();
}

PublishedTrack* waiting_by_id(const OfferedSection& section, const PublishedTracks& tracks) {
  if (section.cid.empty()) return nullptr;
  return oldest_waiting(tracks, section.kind, [&](const auto& announced) { return announced.cid == section.cid; });
}

bool is_named(const ClientOffer& offer, const std::string& cid) {
  return std::any_of(offer.sections.begin(), offer.sections.end(),
                     [&](const auto& section) { return section.sending && section.cid == cid; });
}

}  // namespace

PublishedTrack* SectionMatch::find(const ClientOffer& offer, const OfferedSection& section,
                                   const PublishedTracks& tracks) const {
  if (PublishedTrack* exact = waiting_by_id(section, tracks)) return exact;
  if (is_spent(section)) return nullptr;
  return oldest_waiting(tracks, section.kind, [&](const auto& announced) { return !is_named(offer, announced.cid); });
}

bool SectionMatch::is_over(const ClientOffer& offer, const PublishedTrack& track, const PublishedTracks& tracks) {
  const OfferedSection* section = offer.find(track.mid());
  if (section == nullptr || !section->sending) return true;
  return section->cid != track.announced.cid && waiting_by_id(*section, tracks) != nullptr;
}

void SectionMatch::on_offer(const ClientOffer& offer) {
  std::erase_if(spent_, [&](const Spent& spent) {
    const OfferedSection* section = offer.find(spent.mid);
    return section == nullptr || !section->sending || section->cid != spent.cid;
  });
}

void SectionMatch::on_removed(const ClientOffer& offer, const PublishedTrack& track) {
  for (const OfferedSection& section : offer.sections) {
    const bool carried = track.bound() ? section.mid == track.mid() : section.cid == track.announced.cid;
    if (carried && section.sending && !is_spent(section)) spent_.push_back({section.mid, section.cid});
  }
}

bool SectionMatch::is_spent(const OfferedSection& section) const {
  return std::any_of(spent_.begin(), spent_.end(),
                     [&](const Spent& spent) { return spent.mid == section.mid && spent.cid == section.cid; });
}

}  // namespace costage::sfu
