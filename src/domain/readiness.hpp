// What somebody's own page says about whether they could go on stage now. Told, not proven: it spares the host a
// refusal later, and decides nothing that matters to safety.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace costage::domain {

// `silent`: it works, but nothing was heard. `off`: switched off by its owner.
enum class DeviceReadiness { unknown, ready, silent, off, blocked, missing };
enum class ConnectionGrade { unknown, good, fair, poor };

std::string_view name(DeviceReadiness readiness);
std::string_view name(ConnectionGrade grade);
std::optional<DeviceReadiness> device_readiness_from(std::string_view name);
std::optional<ConnectionGrade> connection_grade_from(std::string_view name);

// Others would see or hear something of it, as soon as there is something.
bool works(DeviceReadiness device);

struct Readiness {
  DeviceReadiness camera = DeviceReadiness::unknown;
  DeviceReadiness microphone = DeviceReadiness::unknown;
  ConnectionGrade connection = ConnectionGrade::unknown;
  std::string client_version;  // of the application, "8.7.2"; empty: not said

  bool operator==(const Readiness&) const = default;
};

// Up to four whole numbers with points between them, of at most six digits.
bool is_version(std::string_view text);
// "8.7" < "8.7.2" < "8.10". What is no version is older than any.
bool is_older(std::string_view version, std::string_view than);

}  // namespace costage::domain
