// Every text of a protobuf message from outside, checked in one go (base/text.hpp). Bytes fields are no texts.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>

namespace costage::signal {

// The first field, at any depth, whose text is none: "metadata", "attributes.key". Empty: all is well.
[[nodiscard]] std::optional<std::string> find_bad_text(const google::protobuf::Message& message);

}  // namespace costage::signal
