// The chat, and who keeps order in it, as the JSON of the contract.
#pragma once

#include "adapters/contract/json.hpp"
#include "app/chat_order.hpp"
#include "app/chats.hpp"
#include "app/reactions.hpp"

namespace costage::contract {

[[nodiscard]] json::object to_json(const domain::ChatMessage& message);
[[nodiscard]] json::object to_json(const domain::ChatSettings& settings);
[[nodiscard]] json::object to_json(const domain::ChatPin& pin);
[[nodiscard]] json::object to_json(const app::ChatSnapshot& snapshot);
[[nodiscard]] json::object to_json(const app::ReportView& view);
[[nodiscard]] json::object to_json(const app::ModerationView& view);
[[nodiscard]] json::object to_json(const domain::WordList& words);
[[nodiscard]] json::object to_json(const app::ReactionTotals& totals);
[[nodiscard]] json::object to_json(const domain::ChatEvent& event);
[[nodiscard]] json::object redacted(const domain::ChatEvent& event);

}  // namespace costage::contract
