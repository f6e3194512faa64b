#include "domain/chat/message.hpp"

#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<MessageKind>, 4> kKinds{{{MessageKind::text, "text"},
                                                    {MessageKind::came_on_stage, "cameOnStage"},
                                                    {MessageKind::left_stage, "leftStage"},
                                                    {MessageKind::pinned, "pinned"}}};
constexpr std::array<Named<MessageStatus>, 4> kStatuses{{{MessageStatus::shown, "shown"},
                                                         {MessageStatus::held, "held"},
                                                         {MessageStatus::refused, "refused"},
                                                         {MessageStatus::deleted, "deleted"}}};

}  // namespace

std::string_view name(MessageKind kind) { return name_in(kKinds, kind); }
std::optional<MessageKind> message_kind_from(std::string_view name) { return value_in(kKinds, name); }
std::string_view name(MessageStatus status) { return name_in(kStatuses, status); }
std::optional<MessageStatus> message_status_from(std::string_view name) { return value_in(kStatuses, name); }

}  // namespace costage::domain
