#include "adapters/config/config_file.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <sstream>

namespace costage::config {
namespace {

constexpr std::size_t kMaxFile = 1024 * 1024;
constexpr std::size_t kMaxKeys = 100;

// A failed step ends the reading; the sentence says where it was.
struct Wrong {
  std::string sentence;
};

template <class T>
std::optional<T> value(const YAML::Node& file, const char* name, const char* expected) {
  const YAML::Node node = file[name];
  if (!node) return {};
  try {
    return node.as<T>();
  } catch (const YAML::Exception&) {
    throw Wrong{fmt::format("{} must be {}", name, expected)};
  }
}

// Messages never show the value: it may be the secret.
KeyPairs keys_of(const YAML::Node& node) {
  if (!node.IsMap()) throw Wrong{"keys must be pairs of \"id: secret\""};
  KeyPairs out;
  for (const auto& pair : node) {
    if (!pair.first.IsScalar() || !pair.second.IsScalar()) throw Wrong{"keys must be pairs of \"id: secret\""};
    out.emplace(pair.first.Scalar(), Secret{pair.second.Scalar()});
  }
  if (out.size() > kMaxKeys) throw Wrong{fmt::format("there are more than {} keys", kMaxKeys)};
  return out;
}

void refuse_unknown(const YAML::Node& file) {
  constexpr std::string_view kKnown[] = {"bind", "port", "media_port", "data", "web", "public_url", "advertise",
                                         "media_loops", "log_level", "keys"};
  for (const auto& entry : file) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "?";
    if (std::find(std::begin(kKnown), std::end(kKnown), name) == std::end(kKnown))
      throw Wrong{fmt::format("{} is not a setting", name)};
  }
}

File file_of(const YAML::Node& node) {
  if (node.IsNull()) return {};
  if (!node.IsMap()) throw Wrong{"it must hold lines of \"setting: value\""};
  refuse_unknown(node);
  File file;
  file.bind = value<std::string>(node, "bind", "an IP address");
  file.data = value<std::string>(node, "data", "a folder");
  file.web = value<std::string>(node, "web", "a folder");
  file.public_url = value<std::string>(node, "public_url", "a URL");
  file.log_level = value<std::string>(node, "log_level", "a level");
  file.port = value<std::uint16_t>(node, "port", "a port number");
  file.media_port = value<std::uint16_t>(node, "media_port", "a port number");
  file.media_loops = value<std::size_t>(node, "media_loops", "a number");
  file.advertise = value<std::vector<std::string>>(node, "advertise", "a list of IP addresses").value_or(
      std::vector<std::string>{});
  if (node["keys"]) file.keys = keys_of(node["keys"]);
  return file;
}

std::optional<std::string> text_of(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream text;
  if (!in || !(text << in.rdbuf()) || text.view().size() > kMaxFile) return {};
  return std::move(text).str();
}

}  // namespace

Result<File, std::string> read_file(const std::string& path) {
  const auto text = text_of(path);
  if (!text) return fail(fmt::format("The configuration file {} cannot be read.", path));
  try {
    return file_of(YAML::Load(*text));
  } catch (const Wrong& wrong) {
    return fail(fmt::format("In the configuration file {}: {}.", path, wrong.sentence));
  } catch (const YAML::Exception& error) {
    return fail(fmt::format("The configuration file {} is not YAML (line {}).", path, error.mark.line + 1));
  }
}

Result<KeyPairs, std::string> parse_keys(const std::string& text, const std::string& where) {
  try {
    return keys_of(YAML::Load(text));
  } catch (const Wrong& wrong) {
    return fail(fmt::format("In {}: {}.", where, wrong.sentence));
  } catch (const YAML::Exception&) {
    return fail(fmt::format("In {}: keys must be pairs of \"id: secret\".", where));
  }
}

}  // namespace costage::config
