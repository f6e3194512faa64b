#include "domain/room/policy.hpp"

#include <string>

#include "domain/limits.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<CoHostDevices>, 2> kCoHostDevices{
    {{CoHostDevices::any, "any"}, {CoHostDevices::both, "both"}}};

template <class T>
std::string range(T low, T high) {
  return "It must be from " + std::to_string(low) + " to " + std::to_string(high) + ".";
}

Refusal out_of_range(const char* field, std::chrono::seconds low, std::chrono::seconds high) {
  return Refusal::invalid(field, range(low.count(), high.count()));
}

}  // namespace

std::string_view name(CoHostDevices devices) { return name_in(kCoHostDevices, devices); }
std::optional<CoHostDevices> co_host_devices_from(std::string_view name) { return value_in(kCoHostDevices, name); }

std::optional<Refusal> bad_policies(const Policies& policies) {
  if (policies.max_co_hosts < limits::kMinCoHosts || policies.max_co_hosts > limits::kMaxCoHosts)
    return Refusal::invalid("policies.maxCoHosts", range(limits::kMinCoHosts, limits::kMaxCoHosts));
  if (policies.invitation_ttl < limits::kMinTtl || policies.invitation_ttl > limits::kMaxTtl)
    return out_of_range("policies.invitationTtlSeconds", limits::kMinTtl, limits::kMaxTtl);
  if (policies.reconnect_grace < limits::kMinGrace || policies.reconnect_grace > limits::kMaxGrace)
    return out_of_range("policies.reconnectGraceSeconds", limits::kMinGrace, limits::kMaxGrace);
  if (policies.request_ttl < limits::kMinRequestTtl || policies.request_ttl > limits::kMaxRequestTtl)
    return out_of_range("policies.requestTtlSeconds", limits::kMinRequestTtl, limits::kMaxRequestTtl);
  return {};
}

}  // namespace costage::domain
