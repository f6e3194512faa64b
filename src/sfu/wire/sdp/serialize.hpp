// Model to SDP text. parse(serialize(s)) == s for every model that parse can give.
#pragma once

#include <string>

#include "sfu/wire/sdp/session.hpp"

namespace costage::sfu::sdp {

[[nodiscard]] std::string serialize(const Session& session);

}  // namespace costage::sfu::sdp
