#include "sfu/negotiation/lent_sections.hpp"

#include <algorithm>
#include <utility>

#include "base/media_limits.hpp"

namespace costage::sfu {

using media::Kind;

bool LentSections::add(const DownSectionContent& content) {
  if (waiting_.size() + placed_ >= media::kMaxViewerTracks) return false;
  waiting_.push_back(content);
  return changed_ = true;
}

bool LentSections::remove(const media::TrackSid& track) {
  if (std::erase_if(waiting_, [&](const auto& c) { return c.track == track; }) > 0) return true;
  for (auto& [mid, section] : sections_) {
    if (!section.lent || section.lent->use.content.track != track) continue;
    section.left = std::move(section.lent->use.content);
    section.lent.reset();
    --placed_;
    return changed_ = true;
  }
  return false;
}

LentSections::Outcome LentSections::on_offer(const ClientOffer& offer) {
  asked_ = changed_ = false;
  Outcome out;
  give_up_unoffered(offer);
  place(offer, out);
  for (auto& [mid, section] : sections_) section.left.reset();
  const auto free = [&](Kind kind) {
    return static_cast<std::uint32_t>(std::count_if(offer.sections.begin(), offer.sections.end(),
                                                    [&](const auto& s) { return s.kind == kind && is_free(s); }));
  };
  free_audios_ = free(Kind::audio);
  free_videos_ = free(Kind::video);
  return out;
}

// The client stopped a section that it had lent: its track needs another. Some (pion) send on a section that they
// receive on instead of adding one; what is on it stays.
void LentSections::give_up_unoffered(const ClientOffer& offer) {
  std::erase_if(sections_, [&](auto& entry) {
    const OfferedSection* offered = offer.find(entry.first);
    if (offered != nullptr && (offered->receiving || (offered->both_ways && entry.second.lent))) return false;
    if (entry.second.lent) {
      waiting_.push_back(std::move(entry.second.lent->use.content));
      --placed_;
    }
    return true;
  });
}

bool LentSections::is_free(const OfferedSection& section) const {
  const auto known = sections_.find(section.mid);
  return section.receiving && (known == sections_.end() || (!known->second.lent && !known->second.left));
}

bool LentSections::can_take_over(const DownSectionContent& content, std::string_view mid) const {
  const auto known = sections_.find(mid);
  return known != sections_.end() && known->second.left && is_another_codec(*known->second.left, content);
}

const OfferedSection* LentSections::section_for(const DownSectionContent& content, const ClientOffer& offer) const {
  const OfferedSection* free = nullptr;
  for (const OfferedSection& s : offer.sections) {
    if (s.kind != content.codec->kind()) continue;
    if (s.receiving && can_take_over(content, s.mid)) return &s;
    if (free == nullptr && is_free(s)) free = &s;
  }
  return free;
}

void LentSections::place(const ClientOffer& offer, Outcome& out) {
  for (DownSectionContent& content : std::exchange(waiting_, {})) {
    const OfferedSection* free = section_for(content, offer);
    if (free == nullptr) {
      waiting_.push_back(std::move(content));
      continue;
    }
    const OfferedFormat* format = free->find(*content.codec, content.fmtp);
    if (format == nullptr) {
      out.refused.push_back(content.track);
      continue;
    }
    Section& section = sections_[free->mid];
    section.left.reset();
    if (section.first_shown.value().empty()) section.first_shown = content.shown_as;
    const bool video = content.codec->is_video();
    const bool content_red = content.red;
    const std::uint8_t send_time = video ? offer.extensions.abs_send_time : std::uint8_t{0};
    const std::uint8_t descriptor = video ? offer.extensions.dependency_descriptor : std::uint8_t{0};
    section.lent = {{std::move(content),
                     {format->payload_type, format->rtx_payload_type, send_time, descriptor, format->fmtp,
                      content_red ? format->red_payload_type : std::uint8_t{0}}},
                    section.first_shown};
    ++placed_;
    out.started.push_back(section.lent->use);
  }
}

const LentSection* LentSections::find(std::string_view mid) const {
  const auto found = sections_.find(mid);
  return found == sections_.end() || !found->second.lent ? nullptr : &*found->second.lent;
}

std::vector<media::SectionTrack> LentSections::tracks() const {
  std::vector<media::SectionTrack> out;
  for (const auto& [mid, section] : sections_)
    if (section.lent) out.push_back({mid, section.lent->use.content.shown_as});
  return out;
}

std::uint32_t LentSections::missing(Kind kind) const {
  const auto has_place = [&](const DownSectionContent& content) {
    return std::any_of(sections_.begin(), sections_.end(), [&](auto& e) { return can_take_over(content, e.first); });
  };
  const auto wanted = static_cast<std::uint32_t>(std::count_if(
      waiting_.begin(), waiting_.end(), [&](const auto& c) { return c.codec->kind() == kind && !has_place(c); }));
  const std::uint32_t free = kind == Kind::audio ? free_audios_ : free_videos_;
  return wanted > free ? wanted - free : 0;
}

std::optional<LentSections::Need> LentSections::take_need() {
  if (asked_ || (!changed_ && waiting_.empty())) return std::nullopt;
  asked_ = true;
  return Need{missing(Kind::audio), missing(Kind::video)};
}

}  // namespace costage::sfu
