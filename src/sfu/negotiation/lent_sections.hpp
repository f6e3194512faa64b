// The sections that a client with a single connection lends us: it offers sections to receive on, we put our tracks
// into them. What does not fit is asked for (LiveKit MediaSectionsRequirement), and the client offers again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/media.hpp"
#include "sfu/negotiation/client_offer.hpp"
#include "sfu/negotiation/down_section.hpp"

namespace costage::sfu {

struct LentSection {
  StartedSection use;
  media::TrackSid first_shown;  // the first track that the section carried
};

class LentSections final : public DownSections {
 public:
  bool add(const DownSectionContent& content) override;
  bool remove(const media::TrackSid& track) override;

  struct Outcome {
    std::vector<StartedSection> started;   // may be sent once the answer is out
    std::vector<media::TrackSid> refused;  // the client has no codec for it
  };
  // Puts what waits into free sections of the client's new offer.
  [[nodiscard]] Outcome on_offer(const ClientOffer& offer);
  // What the answer to that offer says about a section; nullptr: nothing is sent on it.
  [[nodiscard]] const LentSection* find(std::string_view mid) const;
  [[nodiscard]] std::vector<media::SectionTrack> tracks() const;

  struct Need {
    std::uint32_t audios = 0;
    std::uint32_t videos = 0;
  };
  // What another offer would have to bring, which may be nothing but a new answer; empty: no offer is needed, or one is
  // awaited. LiveKit's clients add as many sections each time they are asked, so they are not asked twice.
  [[nodiscard]] std::optional<Need> take_need();
  [[nodiscard]] bool awaits_offer() const { return asked_; }

 private:
  struct Section {
    std::optional<LentSection> lent;
    media::TrackSid first_shown;
    // Given up since the last offer: inactive in one answer before another track, as browsers notice a new track only
    // where nothing was received before.
    std::optional<DownSectionContent> left;
  };
  void give_up_unoffered(const ClientOffer& offer);
  void place(const ClientOffer& offer, Outcome& out);
  [[nodiscard]] bool is_free(const OfferedSection& section) const;
  [[nodiscard]] bool can_take_over(const DownSectionContent& content, std::string_view mid) const;
  [[nodiscard]] const OfferedSection* section_for(const DownSectionContent& content, const ClientOffer& offer) const;
  [[nodiscard]] std::uint32_t missing(media::Kind kind) const;

  std::vector<DownSectionContent> waiting_;
  std::map<std::string, Section, std::less<>> sections_;  // by mid
  std::size_t placed_ = 0;
  std::uint32_t free_audios_ = 0;  // of the last offer
  std::uint32_t free_videos_ = 0;
  bool changed_ = false;
  bool asked_ = true;  // the first offer comes by itself
};

}  // namespace costage::sfu
