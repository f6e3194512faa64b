// The YAML file of --config. An unknown name is an error: a misspelt limit must not pass for the default.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <functional>
#include <map>

#include "adapters/config/layer.hpp"

namespace costage::config {
namespace {

class Problem : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Setter = std::function<void(const YAML::Node&)>;
using Names = std::map<std::string, Setter>;

template <class T>
T as(const YAML::Node& node, const std::string& name, const char* what) {
  try {
    return node.as<T>();
  } catch (const YAML::Exception&) {
    throw Problem(fmt::format("'{}' must be {}", name, what));
  }
}

void read_map(const YAML::Node& node, const std::string& prefix, const Names& names) {
  if (!node.IsMap())
    throw Problem(fmt::format("{} must be a list of 'name: value' lines", prefix.empty() ? "it" : "'" + prefix + "'"));
  for (const auto& entry : node) {
    const std::string name = as<std::string>(entry.first, prefix, "a map with text as names");
    const auto setter = names.find(name);
    if (setter == names.end()) {
      std::string known;
      for (const auto& [n, unused] : names) known += (known.empty() ? "" : ", ") + n;
      throw Problem(
          fmt::format("there is no setting '{}{}' (there are: {})", prefix.empty() ? "" : prefix + ".", name, known));
    }
    setter->second(entry.second);
  }
}

Keys read_keys(const YAML::Node& node) {
  Keys keys;
  if (!node.IsMap()) throw Problem("'keys' must be a list of 'id: secret' lines");
  for (const auto& entry : node)
    keys.emplace(as<std::string>(entry.first, "keys", "'id: secret' lines"),
                 Secret{as<std::string>(entry.second, "keys", "'id: secret' lines")});
  return keys;
}

Names livekit_names(Layer::LiveKit& into, const std::string& prefix) {
  const auto text = [&prefix](std::optional<std::string>& field, const char* name) {
    return Setter{
        [&field, path = prefix + "." + name](const YAML::Node& n) { field = as<std::string>(n, path, "text"); }};
  };
  const auto flag = [&prefix](std::optional<bool>& field, const char* name) {
    return Setter{
        [&field, path = prefix + "." + name](const YAML::Node& n) { field = as<bool>(n, path, "true or false"); }};
  };
  return {{"url", text(into.url, "url")},
          {"apiUrl", text(into.api_url, "apiUrl")},
          {"apiKey", text(into.api_key, "apiKey")},
          {"apiSecret", text(into.api_secret, "apiSecret")},
          {"recordingPath", text(into.recording_path, "recordingPath")},
          {"recordingTemplate", text(into.recording_template, "recordingTemplate")},
          {"egress", flag(into.egress, "egress")},
          {"ingress", flag(into.ingress, "ingress")}};
}

std::map<std::string, Layer::LiveKit> read_regions(const YAML::Node& node) {
  std::map<std::string, Layer::LiveKit> regions;
  if (!node.IsMap()) throw Problem("'media.regions' must be a list of 'name: {url: ...}' lines");
  for (const auto& entry : node) {
    const auto name = as<std::string>(entry.first, "media.regions", "a list of names");
    const std::string path = "media.regions." + name;
    read_map(entry.second, path, livekit_names(regions[name], path));
  }
  return regions;
}

Layer read(const YAML::Node& root) {
  Layer layer;
  const auto text = [](std::optional<std::string>& into, const std::string& name) {
    return Setter{[&into, name](const YAML::Node& n) { into = as<std::string>(n, name, "text"); }};
  };
  const auto whole = [](std::optional<std::int64_t>& into, const std::string& name) {
    return Setter{[&into, name](const YAML::Node& n) { into = as<std::int64_t>(n, name, "a whole number"); }};
  };
  const auto list = [](std::optional<std::vector<std::string>>& into, const std::string& name) {
    return Setter{
        [&into, name](const YAML::Node& n) { into = as<std::vector<std::string>>(n, name, "a list of texts"); }};
  };
  Names media{{"engine", text(layer.media_engine, "media.engine")},
              {"regions", [&](const YAML::Node& n) { layer.media_regions = read_regions(n); }},
              {"port", whole(layer.media_port, "media.port")},
              {"tcpPort", whole(layer.media_tcp_port, "media.tcpPort")},
              {"loops", whole(layer.media_loops, "media.loops")},
              {"addresses", list(layer.media_addresses, "media.addresses")}};
  media.merge(livekit_names(layer.media, "media"));
  const auto flag = [](std::optional<bool>& into, const std::string& name) {
    return Setter{[&into, name](const YAML::Node& n) { into = as<bool>(n, name, "true or false"); }};
  };
  const Names livekit{{"webhooks", list(layer.livekit_webhooks, "livekit.webhooks")},
                      {"remoteUnmute", flag(layer.livekit_remote_unmute, "livekit.remoteUnmute")}};
  const Names studio{{"frameAncestors", list(layer.frame_ancestors, "studio.frameAncestors")},
                     {"loginUrl", text(layer.login_url, "studio.loginUrl")}};
  const Names drain{{"shows", text(layer.drain_shows, "drain.shows")},
                    {"within", whole(layer.drain_within, "drain.within")}};
  const Names names{{"bind", text(layer.bind, "bind")},
                    {"port", whole(layer.port, "port")},
                    {"url", text(layer.url, "url")},
                    {"data", text(layer.data, "data")},
                    {"database", text(layer.database, "database")},
                    {"nats", text(layer.nats, "nats")},
                    {"natsCa", text(layer.nats_ca, "natsCa")},
                    {"web", text(layer.web, "web")},
                    {"logLevel", text(layer.log_level, "logLevel")},
                    {"gateways", whole(layer.gateways, "gateways")},
                    {"keys", [&](const YAML::Node& n) { layer.keys = read_keys(n); }},
                    {"media", [&](const YAML::Node& n) { read_map(n, "media", media); }},
                    {"studio", [&](const YAML::Node& n) { read_map(n, "studio", studio); }},
                    {"drain", [&](const YAML::Node& n) { read_map(n, "drain", drain); }},
                    {"livekit", [&](const YAML::Node& n) { read_map(n, "livekit", livekit); }}};
  read_map(root, "", names);
  return layer;
}

}  // namespace

Result<Layer, std::string> read_file(const std::string& path) {
  try {
    return read(YAML::LoadFile(path));
  } catch (const YAML::BadFile&) {
    return fail(fmt::format("The configuration file {} cannot be read.", path));
  } catch (const YAML::Exception& error) {
    return fail(
        fmt::format("The configuration file {} is not YAML: {} (line {}).", path, error.msg, error.mark.line + 1));
  } catch (const Problem& problem) {
    return fail(fmt::format("The configuration file {} is wrong: {}.", path, problem.what()));
  }
}

}  // namespace costage::config
