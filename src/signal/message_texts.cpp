#include "signal/message_texts.hpp"

#include <google/protobuf/descriptor.h>

#include "base/text.hpp"

namespace costage::signal {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool is_bad_string(const Message& message, const FieldDescriptor& field, int index) {
  std::string scratch;
  const Reflection& reflection = *message.GetReflection();
  return bad_text(field.is_repeated() ? reflection.GetRepeatedStringReference(message, &field, index, &scratch)
                                      : reflection.GetStringReference(message, &field, &scratch))
      .has_value();
}

const Message& inner(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, index)
                             : reflection.GetMessage(message, &field);
}

}  // namespace

std::optional<std::string> find_bad_text(const Message& message) {
  std::vector<const FieldDescriptor*> present;
  message.GetReflection()->ListFields(message, &present);
  for (const FieldDescriptor* field : present) {
    const int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->type() == FieldDescriptor::TYPE_STRING && is_bad_string(message, *field, i)) return field->name();
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
      if (const auto bad = find_bad_text(inner(message, *field, i))) return field->name() + '.' + *bad;
    }
  }
  return {};
}

}  // namespace costage::signal
