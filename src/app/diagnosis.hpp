// Gathers what is known of somebody in a room, for domain::diagnose.
#pragma once

#include "app/request.hpp"
#include "domain/diagnosis/finding.hpp"

namespace costage::app {

struct Context;

struct DiagnosisView {
  domain::UserId user;
  domain::Findings findings;
};

class Diagnosis {
 public:
  static constexpr std::uint64_t kEventsRead = 500;  // the newest of the room, for who keeps dropping

  explicit Diagnosis(const Context& context) : in_(context) {}

  // About themselves for everybody, about others for the host and an admin.
  void get(const Caller& caller, const domain::RoomId& room, const domain::UserId& user, Done<DiagnosisView> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
