#include "domain/chat/report.hpp"

#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<ReportReason>, 6> kReasons{{{ReportReason::spam, "spam"},
                                                       {ReportReason::harassment, "harassment"},
                                                       {ReportReason::hate, "hate"},
                                                       {ReportReason::sexual, "sexual"},
                                                       {ReportReason::violence, "violence"},
                                                       {ReportReason::other, "other"}}};

}  // namespace

std::string_view name(ReportReason reason) { return name_in(kReasons, reason); }
std::optional<ReportReason> report_reason_from(std::string_view name) { return value_in(kReasons, name); }

}  // namespace costage::domain
