// What stands for a show in lists: the cover that its host chose, else what was last seen of it (N-015).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/errors.hpp"
#include "domain/ids.hpp"

namespace costage::domain {

enum class PictureKind { cover, live };
// What every browser shows and none of which carries scripts.
enum class PictureFormat { jpeg, png, webp };

std::string_view name(PictureKind kind);
std::optional<PictureKind> picture_kind_from(std::string_view name);
std::string_view media_type(PictureFormat format);  // "image/jpeg"
std::optional<PictureFormat> picture_format_from(std::string_view media_type);

struct Picture {
  RoomId room;
  PictureKind kind = PictureKind::cover;
  PictureFormat format = PictureFormat::jpeg;
  std::string bytes;
  WallTime taken_at;

  bool operator==(const Picture&) const = default;
};

// Too large, or not what its format says.
std::optional<Refusal> bad_picture(const Picture& picture);

}  // namespace costage::domain
