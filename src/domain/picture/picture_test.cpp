#include "domain/picture/picture.hpp"

#include <gtest/gtest.h>

#include "domain/limits.hpp"

namespace costage::domain {
namespace {

using namespace std::string_literals;

std::string refusal(PictureFormat format, std::string bytes, PictureKind kind = PictureKind::cover) {
  const auto bad = bad_picture({RoomId{"r"}, kind, format, std::move(bytes), {}});
  return bad ? std::string{info(bad->code).name} : "";
}

TEST(Picture, IsWhatItsFormatSays) {
  const std::string jpeg = "\xFF\xD8\xFF\xE0 and so on", png = "\x89PNG\r\n\x1A\n and so on",
                    webp = "RIFF\0\0\1\0WEBPVP8 "s;
  EXPECT_EQ(refusal(PictureFormat::jpeg, jpeg), "");
  EXPECT_EQ(refusal(PictureFormat::png, png), "");
  EXPECT_EQ(refusal(PictureFormat::webp, webp), "");
  EXPECT_EQ(refusal(PictureFormat::png, jpeg), "invalid_request");
  EXPECT_EQ(refusal(PictureFormat::jpeg, "<svg onload='alert(1)'>"), "invalid_request");
  for (const PictureFormat format : {PictureFormat::jpeg, PictureFormat::png, PictureFormat::webp})
    for (const char* text : {"", "R", "RIFF", "RIFF1234"}) EXPECT_EQ(refusal(format, text), "invalid_request") << text;
}

TEST(Picture, HasALimitByItsKind) {
  const auto of_size = [](std::size_t size) { return "\xFF\xD8\xFF" + std::string(size - 3, 'x'); };
  EXPECT_EQ(refusal(PictureFormat::jpeg, of_size(limits::kCover)), "");
  EXPECT_EQ(refusal(PictureFormat::jpeg, of_size(limits::kCover + 1)), "payload_too_large");
  EXPECT_EQ(refusal(PictureFormat::jpeg, of_size(limits::kLivePicture), PictureKind::live), "");
  EXPECT_EQ(refusal(PictureFormat::jpeg, of_size(limits::kLivePicture + 1), PictureKind::live), "payload_too_large");
}

TEST(Picture, FormatsAndKindsHaveWords) {
  for (const PictureFormat format : {PictureFormat::jpeg, PictureFormat::png, PictureFormat::webp})
    EXPECT_EQ(picture_format_from(media_type(format)), format);
  for (const PictureKind kind : {PictureKind::cover, PictureKind::live}) EXPECT_EQ(picture_kind_from(name(kind)), kind);
  EXPECT_FALSE(picture_format_from("image/svg+xml"));
}

}  // namespace
}  // namespace costage::domain
