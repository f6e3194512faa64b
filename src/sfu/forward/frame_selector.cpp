#include "sfu/forward/frame_selector.hpp"

#include <algorithm>

namespace costage::sfu {

namespace dd = dependency_descriptor;

namespace {

// Everything that a decoder of `target` gets.
std::uint32_t targets_within(const ScalableFrame& frame, std::uint8_t target) {
  const dd::Layer limit = frame.structure->target_layers[target];
  std::uint32_t out = 0;
  for (std::uint8_t i = 0; i < frame.structure->target_count; ++i) {
    const dd::Layer layer = frame.structure->target_layers[i];
    if (layer.spatial <= limit.spatial && layer.temporal <= limit.temporal) out |= 1u << i;
  }
  return out & frame.active;
}

}  // namespace

void FrameSelector::want(std::optional<media::Layer> layer, std::uint8_t temporal) {
  wanted_ = layer;
  wanted_temporal_ = temporal;
  if (layer) return;
  target_.reset();
  current_.reset();
}

std::int64_t FrameSelector::unwrap(std::uint16_t number) {
  if (newest_ < 0) return newest_ = 0x10000 + number;
  const auto ahead = static_cast<std::int16_t>(number - static_cast<std::uint16_t>(newest_));
  const std::int64_t out = newest_ + ahead;
  newest_ = std::max(newest_, out);
  return out;
}

FrameSelector::Verdict FrameSelector::on_packet(const ScalableFrame& frame) {
  const dd::Mandatory& mandatory = frame.descriptor.mandatory;
  const std::int64_t number = unwrap(mandatory.frame_number);
  if (number + static_cast<std::int64_t>(kKept) <= newest_) return {};
  Seen& seen = at(number);
  if (seen.number != static_cast<std::uint32_t>(number)) {
    seen = {.number = static_cast<std::uint32_t>(number)};
    decide(frame, number, seen);
  }
  if (!seen.forwarded || !target_ || *target_ >= frame.structure->target_count) return {};
  Verdict out{.forward = true};
  const bool on_top = frame.descriptor.frame.layer.spatial == frame.structure->target_layers[*target_].spatial;
  out.ends_picture = mandatory.frame_end && on_top;
  const std::uint32_t targets = targets_within(frame, *target_);
  const bool told = frame.descriptor.structure || (seen.switched && mandatory.frame_start);
  if (told && targets != frame.active) out.targets = targets;
  return out;
}

void FrameSelector::decide(const ScalableFrame& frame, std::int64_t number, Seen& seen) {
  if (!wanted_) return;
  const dd::Descriptor& descriptor = frame.descriptor;
  best_ = frame.structure->best_target({static_cast<std::uint8_t>(*wanted_), wanted_temporal_}, frame.active);
  if (!best_) return;
  best_spatial_ = frame.structure->target_layers[*best_].spatial;
  const bool can_follow = target_ && descriptor.switches_to(*best_) && has_references(frame, number);
  if (best_ != target_ && (descriptor.starts_key_frame() || can_follow)) {
    target_ = best_;
    seen.switched = true;
  }
  if (!target_ || *target_ >= frame.structure->target_count) return;
  spatial_ = frame.structure->target_layers[*target_].spatial;
  current_ = static_cast<media::Layer>(std::min<std::size_t>(spatial_, kMaxLayers - 1));
  seen.forwarded = descriptor.needed_for(*target_);
}

bool FrameSelector::has_references(const ScalableFrame& frame, std::int64_t number) const {
  const auto& differences = frame.descriptor.frame.frame_differences;
  return std::all_of(differences.begin(), differences.begin() + frame.descriptor.frame.frame_difference_count,
                     [&](std::uint16_t difference) {
                       const Seen& seen = at(number - difference);
                       return seen.number == static_cast<std::uint32_t>(number - difference) && seen.forwarded;
                     });
}

}  // namespace costage::sfu
