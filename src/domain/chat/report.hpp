// What a viewer says is wrong with a message.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/ids.hpp"

namespace costage::domain {

enum class ReportReason { spam, harassment, hate, sexual, violence, other };
std::string_view name(ReportReason reason);
std::optional<ReportReason> report_reason_from(std::string_view name);

struct ChatReport {
  ReportId id;
  RoomId room;
  MessageId message;
  UserId user;  // who reports
  std::string name;
  ReportReason reason{};
  std::string detail;
  bool open = true;
  WallTime created_at;
  std::optional<UserId> settled_by;

  bool operator==(const ChatReport&) const = default;
};

}  // namespace costage::domain
