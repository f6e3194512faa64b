#include "adapters/storage/event_codec.hpp"

#include "adapters/storage/fields/chat.hpp"
#include "adapters/storage/fields/egress.hpp"
#include "adapters/storage/fields/invitation.hpp"
#include "adapters/storage/fields/request.hpp"
#include "adapters/storage/fields/room.hpp"
#include "adapters/storage/fields/run_of_show.hpp"
#include "adapters/storage/fields/scene.hpp"
#include "adapters/storage/fields/stage.hpp"
#include "adapters/storage/fields/standing.hpp"
#include "adapters/storage/json_fields.hpp"

namespace costage::storage {
namespace {

template <class Data>
std::string encoded(const Data& data) {
  return std::visit([](const auto& change) { return to_json_text(change); }, data);
}

template <class Type>
auto decoded(Type type, std::string_view text) {
  auto data = domain::data_for(type);
  std::visit([&](auto& change) { from_json_text(text, change); }, data);
  return data;
}

}  // namespace

std::string encode(const domain::EventData& data) { return encoded(data); }
std::string encode(const domain::ChatEventData& data) { return encoded(data); }

domain::EventData decode_event(domain::EventType type, std::string_view text) { return decoded(type, text); }
domain::ChatEventData decode_event(domain::ChatEventType type, std::string_view text) { return decoded(type, text); }

}  // namespace costage::storage
