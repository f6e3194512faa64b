// Why somebody did not see an invitation, cannot join or keeps dropping.
#include "adapters/api_v1/api.hpp"

namespace costage::api_v1 {

void Api::add_diagnosis(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/diagnosis", [this](const Call& call, Reply reply) {
    const domain::UserId user{std::string{call.request.query_value("userId").value_or(call.caller.user.value())}};
    app_.diagnosis().get(call.caller, call.room(), user, respond<app::DiagnosisView>(reply));
  });
}

}  // namespace costage::api_v1
