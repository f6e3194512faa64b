// Our offers on a subscriber transport: one media section per down-track, used again after an unsubscribe; one offer
// outstanding at a time, changes meanwhile go into the next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/media.hpp"
#include "base/result.hpp"
#include "sfu/negotiation/down_section.hpp"
#include "sfu/negotiation/profile.hpp"

namespace costage::sfu {

class SubscriberOffers final : public DownSections {
 public:
  bool add(const DownSectionContent& content) override;
  // The section is unused from the next offer on, and free for another track when that is answered.
  bool remove(const media::TrackSid& track) override;
  // The next offer has new ICE credentials; it need not wait for the answer to the last, which may never come.
  void restart();

  struct Offer {
    std::uint32_t id = 0;
    sdp::Session session;
    std::vector<media::SectionTrack> tracks;
  };
  // Empty while an answer is awaited, or when there is nothing to say.
  [[nodiscard]] std::optional<Offer> next(const LocalTransport& local);

  struct Answered {
    RemoteParameters remote;
    std::vector<StartedSection> started;
    std::vector<media::TrackSid> refused;  // the client has no codec for it
  };
  // `id` 0 is any: some clients do not echo it. Empty: an answer to an offer that is not outstanding; ignore it.
  [[nodiscard]] Result<std::optional<Answered>, std::string> on_answer(std::uint32_t id, const sdp::Session& answer);

  [[nodiscard]] bool outstanding() const { return outstanding_ != 0; }

 private:
  // BUNDLE demands that a payload type means the same in every section.
  struct Format {
    const Codec* codec = nullptr;
    DownFormat down;
  };
  // Empty: there are no payload types left.
  [[nodiscard]] std::optional<Format> format_of(const DownSectionContent& content);
  struct Section {
    std::string mid;
    media::Kind kind{};
    Format format;                               // of the newest content
    std::optional<DownSectionContent> content;   // wanted now
    std::optional<DownSectionContent> offered;   // in the outstanding offer
    std::optional<DownSectionContent> answered;  // agreed
    media::TrackSid first_shown;                 // the first track that it carried
  };
  [[nodiscard]] static bool is_free(const Section& s, media::Kind kind);
  [[nodiscard]] static bool can_take_over(const DownSectionContent& content, const Section& s);
  [[nodiscard]] Section* section_for(const DownSectionContent& content);
  [[nodiscard]] sdp::Media write(const Section& s, const LocalTransport& local) const;
  void settle(Section& s, const sdp::Media& answer, Answered& out);

  std::vector<Format> formats_;
  std::vector<Section> sections_;
  std::uint32_t last_id_ = 0;
  std::uint32_t outstanding_ = 0;  // id, 0: none
  bool changed_ = true;            // the first offer carries the data channels alone
};

}  // namespace costage::sfu
