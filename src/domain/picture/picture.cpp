#include "domain/picture/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "domain/limits.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<PictureKind>, 2> kKinds{{{PictureKind::cover, "cover"}, {PictureKind::live, "live"}}};
constexpr std::array<Named<PictureFormat>, 3> kFormats{
    {{PictureFormat::jpeg, "image/jpeg"}, {PictureFormat::png, "image/png"}, {PictureFormat::webp, "image/webp"}}};

// How files of the format begin. WebP: "RIFF", four bytes of length, "WEBP".
bool begins_as(PictureFormat format, std::string_view bytes) {
  switch (format) {
    case PictureFormat::jpeg:
      return bytes.starts_with("\xFF\xD8\xFF");
    case PictureFormat::png:
      return bytes.starts_with("\x89PNG\r\n\x1A\n");
    case PictureFormat::webp:
      return bytes.starts_with("RIFF") && bytes.substr(std::min<std::size_t>(8, bytes.size())).starts_with("WEBP");
  }
  return false;
}

}  // namespace

std::string_view name(PictureKind kind) { return name_in(kKinds, kind); }
std::optional<PictureKind> picture_kind_from(std::string_view name) { return value_in(kKinds, name); }
std::string_view media_type(PictureFormat format) { return name_in(kFormats, format); }
std::optional<PictureFormat> picture_format_from(std::string_view media_type) { return value_in(kFormats, media_type); }

std::optional<Refusal> bad_picture(const Picture& picture) {
  const std::size_t most = picture.kind == PictureKind::cover ? limits::kCover : limits::kLivePicture;
  if (picture.bytes.size() > most) {
    Refusal refusal{Code::payload_too_large};
    refusal.detail = fmt::format("The picture must not be larger than {} KiB.", most / 1024);
    return refusal;
  }
  if (begins_as(picture.format, picture.bytes)) return {};
  return Refusal::invalid("", fmt::format("The body is no {}.", media_type(picture.format)));
}

}  // namespace costage::domain
