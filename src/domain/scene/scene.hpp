// How the stage is shown: one picture for everybody, that every client and the recording follow. Viewers may still look
// at somebody else on their own screen.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"

namespace costage::domain {

struct Event;
struct RoomState;

// `automatic`: by how many are on stage. `spotlight`: one large, the others small. `screen`: a shared screen large.
enum class Layout { automatic, grid, spotlight, side_by_side, picture_in_picture, screen };
std::string_view name(Layout layout);  // "sideBySide"
std::optional<Layout> layout_from(std::string_view name);

struct Scene {
  Layout layout = Layout::automatic;
  std::optional<UserId> spotlight;  // who is large; nobody named: the host
  std::vector<UserId> order;        // of those named; whoever is not comes after them, in the order of joining

  bool operator==(const Scene&) const = default;
};

void apply(Scene& scene, const Event& event);
// Empty, or what does not hold of it.
std::string check_scene(const RoomState& state);

}  // namespace costage::domain
