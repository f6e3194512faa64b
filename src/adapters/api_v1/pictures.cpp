// /v1/rooms/{roomId}/cover and /picture: bodies are the pictures themselves, by their Content-Type.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/room.hpp"
#include "domain/picture/picture.hpp"

namespace costage::api_v1 {
namespace {

using domain::Answer;
using domain::Picture;
using domain::Refusal;

Answer<Picture> picture_of(const Call& call) {
  const auto format = domain::picture_format_from(call.request.header("content-type"));
  if (!format)
    return domain::refuse(Refusal::invalid("Content-Type", "It must be image/jpeg, image/png or image/webp."));
  Picture picture;
  picture.room = call.room();
  picture.format = *format;
  picture.bytes = call.request.body;
  return picture;
}

// Only for who asked, who may keep it until it is taken anew.
http::Response response_of(const std::optional<Picture>& picture) {
  if (!picture) return {.status = 204, .headers = {{"Cache-Control", "no-store"}}};
  return {.content_type = std::string{domain::media_type(picture->format)},
          .body = picture->bytes,
          .headers = {{"Cache-Control", "private, no-cache"}}};
}

}  // namespace

void Api::add_pictures(const Registrar& route) {
  route("PUT", "/v1/rooms/{roomId}/cover", [this](const Call& call, Reply reply) {
    auto cover = picture_of(call);
    if (!cover) return reply(problem(cover.error()));
    app_.pictures().choose_cover(call.caller, std::move(*cover), call.once, respond<domain::Room>(reply));
  });
  route("DELETE", "/v1/rooms/{roomId}/cover", [this](const Call& call, Reply reply) {
    app_.pictures().remove_cover(call.caller, call.room(), call.once, respond<domain::Room>(reply));
  });
  route("PUT", "/v1/rooms/{roomId}/picture", [this](const Call& call, Reply reply) {
    auto picture = picture_of(call);
    if (!picture) return reply(problem(picture.error()));
    app_.pictures().show_live(call.caller, std::move(*picture), call.once,
                              [reply](const Answer<domain::RoomId>& shown) {
                                reply(shown ? http::Response{.status = 204} : problem(shown.error()));
                              });
  });
  route("GET", "/v1/rooms/{roomId}/picture", [this](const Call& call, Reply reply) {
    app_.pictures().get(call.caller, call.room(), [reply](const Answer<std::optional<Picture>>& found) {
      reply(found ? response_of(*found) : problem(found.error()));
    });
  });
}

}  // namespace costage::api_v1
