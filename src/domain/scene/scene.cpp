#include "domain/scene/scene.hpp"

#include <set>

#include "domain/limits.hpp"
#include "domain/names.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<Layout>, 6> kLayouts{{{Layout::automatic, "automatic"},
                                                 {Layout::grid, "grid"},
                                                 {Layout::spotlight, "spotlight"},
                                                 {Layout::side_by_side, "sideBySide"},
                                                 {Layout::picture_in_picture, "pictureInPicture"},
                                                 {Layout::screen, "screen"}}};

}  // namespace

std::string_view name(Layout layout) { return name_in(kLayouts, layout); }
std::optional<Layout> layout_from(std::string_view name) { return value_in(kLayouts, name); }

void apply(Scene& scene, const Event& event) {
  if (const auto* change = std::get_if<SceneChange>(&event.data)) scene = change->scene;
}

std::string check_scene(const RoomState& state) {
  const std::vector<UserId>& order = state.scene.order;
  if (order.size() > limits::kOnStage) return "an order names no more than can be on stage";
  if (std::set<UserId>(order.begin(), order.end()).size() != order.size()) return "an order names each once";
  return {};
}

}  // namespace costage::domain
