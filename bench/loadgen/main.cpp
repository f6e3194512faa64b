// loadgen fanout|latency|joins|stage --port P --server-pid PID ...: one scenario, one line of JSON on standard output.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "adapters/media_io/clock.hpp"
#include "loadgen/scenario.hpp"

namespace {

using namespace costage::bench;
using Scenario = boost::asio::awaitable<std::string>;

int run(const std::function<Scenario(LinkWorld&)>& scenario) {
  boost::asio::io_context io(1);
  LinkWorld world(io, static_cast<std::uint64_t>(costage::media_io::monotonic_now().time_since_epoch().count()));
  int code = 0;
  boost::asio::co_spawn(io, scenario(world), [&](std::exception_ptr error, const std::string& json) {
    try {
      if (error) std::rethrow_exception(error);
      fmt::print("{}\n", json);
    } catch (const std::exception& e) {
      fmt::print(stderr, "loadgen: {}\n", e.what());
      code = 1;
    }
    io.stop();
  });
  io.run();
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Load for a LiveKit server"};
  app.fallthrough();  // options of all scenarios may stand behind the scenario's name
  Target target{.server = {"127.0.0.1", "7880"}, .api = {"devkey", "secret"}, .room = "bench"};
  int viewers = 10, rounds = 10, seconds = 10;
  app.add_option("--host", target.server.host);
  app.add_option("--port", target.server.port);
  app.add_option("--key", target.api.key);
  app.add_option("--secret", target.api.secret);
  app.add_option("--room", target.room);
  app.add_option("--server-pid", target.pid, "whose CPU time and memory are measured")->required();
  std::map<std::string, VideoCodec> codecs;
  for (const auto& row : kVideoCodecs) codecs.emplace(row.option, row.codec);
  app.add_option("--codec", target.codec, "of the publisher's video")->transform(CLI::CheckedTransformer(codecs));
  const std::map<std::string, SignalPath> paths{{"v0", SignalPath::v0}, {"v1", SignalPath::v1}};
  app.add_option("--path", target.viewers_path, "of the viewers' signalling (fanout, latency, joins)")
      ->transform(CLI::CheckedTransformer(paths));
  auto* fanout = app.add_subcommand("fanout", "one publisher, many viewers");
  fanout->add_option("--viewers", viewers);
  fanout->add_option("--seconds", seconds);
  auto* latency = app.add_subcommand("latency", "one publisher, many viewers: how long packets are under way");
  latency->add_option("--viewers", viewers);
  latency->add_option("--seconds", seconds);
  auto* joins = app.add_subcommand("joins", "join to first packet");
  joins->add_option("--rounds", rounds);
  auto* stage = app.add_subcommand("stage", "promotion to first packet, removal to last packet");
  stage->add_option("--rounds", rounds);
  app.require_subcommand(1);
  CLI11_PARSE(app, argc, argv);

  if (*fanout)
    return run([&](LinkWorld& w) { return measure_fanout(w, target, viewers, std::chrono::seconds(seconds)); });
  if (*latency)
    return run([&](LinkWorld& w) { return measure_latency(w, target, viewers, std::chrono::seconds(seconds)); });
  if (*joins) return run([&](LinkWorld& w) { return measure_joins(w, target, rounds); });
  return run([&](LinkWorld& w) { return measure_stage(w, target, rounds); });
}
