// Builds the world and connects it, readable from top to bottom.
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdio>
#include <cstdlib>

#include "adapters/api_v1/api.hpp"
#include "adapters/bus/nats_bus.hpp"
#include "adapters/config/config.hpp"
#include "adapters/config/import_command.hpp"
#include "adapters/config/installed_files.hpp"
#include "adapters/config/log.hpp"
#include "adapters/config/page_headers.hpp"
#include "adapters/config/system_rng.hpp"
#include "adapters/http/server.hpp"
#include "adapters/livekit_client/livekit_engine.hpp"
#include "adapters/livekit_server/livekit_server.hpp"
#include "adapters/media_io/clock.hpp"
#include "adapters/media_io/media_pool.hpp"
#include "adapters/metrics/metrics.hpp"
#include "adapters/realtime/hub.hpp"
#include "adapters/storage/import.hpp"
#include "adapters/storage/pool.hpp"
#include "adapters/storage/postgres.hpp"
#include "adapters/storage/sqlite.hpp"
#include "adapters/storage/worker.hpp"
#include "app/app.hpp"

namespace costage {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::chrono::seconds kStopTimeout{4};  // SIGTERM ends the program within 5 s
constexpr std::chrono::seconds kLongestNap{1};   // presence runs out at most so much too late

// ---- start: each step gives its part, or one sentence why not ----

constexpr int kWriters = 4, kReaders = 4;  // connections to PostgreSQL

Result<std::unique_ptr<app::Storage>, std::string> open_postgres(const config::Config& config, Rng& rng,
                                                                 const storage::Worker::Post& post) {
  auto server = storage::open_postgres(config.database, rng);
  if (!server) return fail(server.error());
  storage::Pool::Databases writers, readers;
  for (int i = 0; i < kWriters; ++i) writers.push_back(storage::connect_postgres(*server, storage::Use::writes));
  for (int i = 0; i < kReaders; ++i) readers.push_back(storage::connect_postgres(*server, storage::Use::reads));
  return std::make_unique<storage::Pool>(std::move(writers), std::move(readers), post);
}

Result<std::unique_ptr<app::Storage>, std::string> open_storage(const config::Config& config, Rng& rng,
                                                                asio::io_context& loop) {
  const storage::Worker::Post post = [&loop](std::function<void()> call) { asio::post(loop, std::move(call)); };
  if (!config.database.empty()) return open_postgres(config, rng, post);
  std::error_code error;
  fs::create_directories(config.data, error);
  if (error) return fail(fmt::format("The folder {} cannot be made: {}.", config.data, error.message()));
  auto database = storage::open_sqlite(config.data, rng);
  if (!database) return fail(database.error());
  return std::make_unique<storage::Worker>(std::move(*database), post);
}

Result<std::unique_ptr<media_io::MediaPool>, std::string> start_media(const config::Config& config,
                                                                      std::function<void()> on_events) {
  media_io::MediaPoolConfig settings;
  settings.bind = config.bind;
  settings.first_port = config.media_port;
  if (config.media_tcp_port != 0) settings.first_tcp_port = config.media_tcp_port;
  settings.advertise = config.media_addresses;
  settings.this_machine_only = config.dev && config.media_addresses.empty();
  settings.loops = config.media_loops;
  settings.make_rng = [] { return std::make_unique<config::SystemRng>(); };
  settings.on_events = std::move(on_events);
  return media_io::MediaPool::start(settings);
}

std::vector<livekit_client::ClusterSettings> cluster_settings(const config::Config& config) {
  std::vector<livekit_client::ClusterSettings> out;
  for (const config::LiveKit& one : config.livekit)
    out.push_back({.region = one.region,
                   .url = one.url,
                   .api_url = one.api_url,
                   .key = one.api_key,
                   .secret = one.api_secret,
                   .egress = one.egress,
                   .ingress = one.ingress,
                   .recording = {one.recording_path, one.recording_template}});
  return out;
}

livekit_server::Settings livekit_settings(const config::Config& config) {
  return {.url = config.url,
          .keys = config.keys,
          .signing_key = config.signing_key,
          .webhook_urls = config.livekit_webhooks,
          .remote_unmute = config.livekit_remote_unmute};
}

app::DrainPolicy drain_policy(const config::Config& config) { return {config.drain_moves, config.drain_within}; }

api_v1::Settings api_settings(const config::Config& config, const config::InstalledFiles& files) {
  api_v1::Settings settings;
  settings.keys = config.keys;
  settings.signing_key = config.signing_key;
  settings.version = COSTAGE_VERSION;
  settings.dev = config.dev;
  settings.login_url = config.login_url;
  settings.contract_folder = files.api.string();
  settings.drain = drain_policy(config);
  return settings;
}

asio::awaitable<http::Response> no_docs(http::Request) {
  co_return http::Response{.status = 404,
                           .content_type = "text/plain; charset=utf-8",
                           .body = "The documentation is not built here. `./dev docs` builds it; then start again.\n"};
}

// ---- the running program ----

class Program {
 public:
  Program(config::Config config, config::InstalledFiles files) : config_(std::move(config)), files_(std::move(files)) {}

  // Empty, or why it could not start.
  std::string start() {
    if (auto store = open_storage(config_, rng_, loop_))
      store_ = std::move(*store);
    else
      return store.error();
    if (std::string why_not = open_bus(); !why_not.empty()) return why_not;
    if (std::string why_not = config_.livekit.empty() ? open_media_server() : open_engine(); !why_not.empty())
      return why_not;
    connect_media();

    api_.emplace(*app_, clock_, rng_, api_settings(config_, files_));
    hub_.emplace(
        loop_, *app_, clock_, rng_, [this](std::string_view token) { return api_->authenticate(token); },
        [](const domain::Refusal& refusal) { return api_v1::problem(refusal); });
    add_routes();
    if (!web_.empty())
      if (std::string why_not = server_.serve_files(web_, config::page_headers(config_)); !why_not.empty())
        return why_not;
    if (!files_.docs.empty())
      if (std::string why_not = server_.serve_site("docs", files_.docs.string(), config::docs_headers());
          !why_not.empty())
        return why_not;
    // Before the first request: who may publish is known from then on.
    if (std::string why_not = recover(); !why_not.empty()) return why_not;
    const auto port = server_.listen(config_.bind, config_.port);
    return port ? std::string{} : port.error();
  }

  void run() {
    if (web_.empty()) spdlog::warn("the studio's files were not found: / is empty");
    if (engine_) engine_->start();
    app_->on_wake_changed([this] { sleep_until_due(); });
    sleep_until_due();
    wait_for_signals();
    loop_.restart();
    while (loop_.run_one() > 0) turn_.next_turn();
    app_->on_stop();
    if (media_) media_->stop();
    store_.reset();  // what was accepted is written before anything it refers to goes away
  }

  [[nodiscard]] const config::Config& config() const { return config_; }

 private:
  std::string open_bus() {
    if (config_.nats.empty()) return {};
    auto bus = bus::open_nats({config_.nats, "costage " + node_id_, config_.nats_ca},
                              [this](std::function<void()> call) { asio::post(loop_, std::move(call)); });
    if (!bus) return bus.error();
    bus_ = std::move(*bus);
    return {};
  }

  app::Cluster cluster() {
    return {.bus = bus_.get(),
            .is_shared = !config_.database.empty(),
            .carries_media = livekit_.has_value(),
            .node_id = node_id_,
            .url = config_.url,
            .headroom = [this] { return media_ ? media_->load().headroom() : 100; },
            .on_database_time = [this](WallTime time) { clock_.say(time); }};
  }

  std::string open_media_server() {
    auto media = start_media(config_, [this] { asio::post(loop_, [this] { take_media_events(); }); });
    if (!media) return media.error();
    media_ = std::move(*media);
    livekit_.emplace(
        loop_, livekit_settings(config_), clock_, rng_,
        [this](media::Command command) { return media_->send(std::move(command)); }, rooms_together(),
        [this](const media::RoomSid& room) { return media_->headroom(room) > 0; });
    measure_media();
    return {};
  }

  // A wrong key is found before anybody needs it. One that does not answer may be on its way up.
  std::string open_engine() {
    auto engine = livekit_client::LiveKitEngine::open(loop_, cluster_settings(config_), clock_);
    if (!engine) return engine.error();
    engine_ = std::move(*engine);
    std::optional<std::string> why_not;
    asio::co_spawn(loop_, engine_->check(), [&](const std::exception_ptr&, std::string text) { why_not = text; });
    run_until([&] { return why_not.has_value(); });
    return why_not.value_or("");
  }

  void connect_media() {
    const auto listener = [this](const app::MediaEvent& event) { app_->on_media(event); };
    if (engine_) {
      app_.emplace(*store_, *engine_, clock_, rng_, cluster());
      engine_->set_gate(&app_->gate());
      engine_->set_listener(listener);
      engine_->set_egress_listener([this](const app::EgressReport& report) { app_->egresses().on_report(report); });
      engine_->on_availability(
          [this](const std::string& region, const app::Trouble& why) { app_->media_state().set_away(region, why); });
      engine_->on_lameness(
          [this](const std::string& region, const app::Trouble& why) { app_->media_state().set_lame(region, why); });
      return;
    }
    app_.emplace(*store_, *livekit_, clock_, rng_, cluster());
    livekit_->set_gate(&app_->gate());
    livekit_->set_revocation_log(&app_->revocations());
    livekit_->set_webhook_outbox(app_->webhooks());
    livekit_->set_listener(listener);
  }

  livekit_server::RoomsTogether rooms_together() {
    return {.keep = [this](const media::RoomSid& home,
                           const media::RoomSid& other) { return media_->keep_together(home, other); },
            .let_apart = [this](const media::RoomSid& other) { media_->let_apart(other); }};
  }

  void add_routes() {
    server_.allow_any_origin("/");  // who may do what is decided by tokens, never by cookies
    server_.set_error_body(
        [](unsigned status, std::string_view sentence) { return api_v1::problem(status, sentence); });
    api_->mount(server_);
    hub_->mount(server_);
    if (livekit_) livekit_->mount(server_);
    if (engine_) engine_->mount(server_);
    if (engine_) metrics_.add([this] { return engine_->metrics(); });
    metrics_.add([this] { return own_metrics(); });
    metrics_.mount(server_, [this](const http::Request& request) { return why_no_metrics(request); });
    if (files_.docs.empty())
      for (const char* path : {"/docs", "/docs/", "/docs/{page}"}) server_.route("GET", path, no_docs);
  }

  [[nodiscard]] std::vector<metrics::Metric> own_metrics() const {
    return {{"costage_connections",
             "Open HTTP connections and WebSockets.",
             metrics::Kind::gauge,
             {{{}, static_cast<double>(server_.connections())}}},
            {"costage_storage_failing",
             "Whether the database refuses what is written.",
             metrics::Kind::gauge,
             {{{}, app_->storage_trouble() ? 1.0 : 0.0}}},
            {"costage_bus_connected",
             "Whether hints reach other nodes.",
             metrics::Kind::gauge,
             {{{}, bus_ && bus_->connected() ? 1.0 : 0.0}}},
            {"costage_media_headroom_percent",
             "How much of what the embedded media server can do is free, as it is measured.",
             metrics::Kind::gauge,
             {{{}, media_ ? media_->load().headroom() : 0.0}}}};
  }

  // As the server-to-server API: a monitoring system gets a token with `admin`.
  std::optional<http::Response> why_no_metrics(const http::Request& request) {
    const auto user = api_->authenticate(request.bearer());
    if (!user) return api_v1::problem(user.error());
    if (!user->admin) return api_v1::problem(domain::Code::not_permitted);
    return {};
  }

  // Reads what was revoked and which rooms were open.
  std::string recover() {
    std::optional<bool> ok;
    app_->revocations().load([this, &ok](bool read, const std::vector<app::Revocation>& revocations) {
      if (livekit_) livekit_->restore(revocations);
      if (!read) ok = false;
      if (read) app_->start([&ok](bool result) { ok = result; });
    });
    run_until([&] { return ok.has_value(); });
    hub_->remember_epoch(app_->epoch());
    if (ok.value_or(false)) return {};
    const std::string place = config_.database.empty() ? "data folder " + config_.data : "PostgreSQL database";
    return fmt::format("The {} cannot be used: {}", place, store_->trouble().value_or("Its database cannot be read."));
  }

  // At the start: storage answers from a thread of its own, so the loop may be without work meanwhile. Where it was
  // before, it has stopped.
  template <class Condition>
  void run_until(Condition done) {
    loop_.restart();
    const auto goes_on = asio::make_work_guard(loop_);
    while (!done() && loop_.run_one() > 0) turn_.next_turn();
  }

  void measure_media() {
    media_->measure();
    load_timer_.expires_after(media_io::LoadMeter::kLookEvery);
    load_timer_.async_wait([this](boost::system::error_code error) {
      if (!error) measure_media();
    });
  }

  void take_media_events() {
    for (const media::Event& event : media_->take_events()) livekit_->on_media_event(event);
  }

  void sleep_until_due() {
    auto nap = std::chrono::duration_cast<std::chrono::milliseconds>(kLongestNap);
    if (const auto due = app_->next_wake()) nap = std::clamp(*due - clock_.now(), std::chrono::milliseconds{0}, nap);
    due_timer_.expires_after(nap);
    due_timer_.async_wait([this](boost::system::error_code error) {
      if (error) return;
      app_->on_time();
      sleep_until_due();
    });
  }

  void wait_for_signals() {
    signals_.async_wait([this](boost::system::error_code error, int) {
      if (error) return;
      on_signal();
      wait_for_signals();
    });
  }

  // Asked again, it ends without waiting for its shows, and then at once.
  void on_signal() {
    if (ending_ == Ending::stops) _exit(EXIT_FAILURE);
    if (ending_ == Ending::drains) return stop();
    ending_ = Ending::drains;
    spdlog::info("asked to end");
    app_->drain(drain_policy(config_), [this] { stop(); });
  }

  // Clients hear of it first, so that they come back by themselves.
  void stop() {
    if (std::exchange(ending_, Ending::stops) == Ending::stops) return;
    spdlog::info("stopping");
    if (livekit_) livekit_->stop();
    if (engine_) engine_->stop();
    server_.stop([this] { loop_.stop(); });
    stop_timer_.expires_after(kStopTimeout);
    stop_timer_.async_wait([this](boost::system::error_code error) {
      if (!error) loop_.stop();
    });
  }

  config::Config config_;
  config::InstalledFiles files_;
  std::string web_ = config_.web.empty() ? files_.web.string() : config_.web;
  asio::io_context loop_{1};  // the control loop: one thread
  config::SystemRng rng_;
  const std::string node_id_ = "node_" + rng_.text(12);
  media_io::TurnClock turn_;
  CorrectedClock clock_{turn_};  // by the database's, where nodes share one
  std::unique_ptr<app::Storage> store_;
  std::unique_ptr<bus::NatsBus> bus_;
  // The embedded media server on its loops, or a LiveKit server elsewhere.
  std::unique_ptr<media_io::MediaPool> media_;
  std::optional<livekit_server::LiveKitServer> livekit_;
  std::unique_ptr<livekit_client::LiveKitEngine> engine_;
  std::optional<app::App> app_;
  std::optional<api_v1::Api> api_;
  std::optional<realtime::Hub> hub_;
  metrics::Metrics metrics_;
  http::Server server_{loop_, {}, config_.gateways};
  asio::signal_set signals_{loop_, SIGINT, SIGTERM};
  asio::steady_timer due_timer_{loop_};
  asio::steady_timer load_timer_{loop_};
  asio::steady_timer stop_timer_{loop_};
  enum class Ending { not_yet, drains, stops } ending_ = Ending::not_yet;
};

// ---- what is said at the start ----

std::string link_for(const config::Config& config, const std::string& id, const std::string& name) {
  const auth::User user{id, name, false, media_io::read_clocks().wall + std::chrono::hours{24}};
  const auto token = auth::sign_user(user, config.signing_key, config.keys.at(config.signing_key));
  return fmt::format("http://{}:{}/#token={}", config::host_in_url(config.bind), config.port, token.value_or(""));
}

// Where LiveKit clients connect to.
std::string media_line(const config::Config& config) {
  if (!config.livekit.empty())
    return fmt::format("Sound and video by the LiveKit server at {}", config.livekit.front().url);
  return fmt::format("LiveKit clients: {}  key devkey  secret secret", config.url);
}

void say_ready(const config::Config& config) {
  const std::string tcp =
      !config.livekit.empty() || config.media_tcp_port == 0 ? "" : fmt::format(" and TCP {}", config.media_tcp_port);
  for (const config::LiveKit& one : config.livekit) spdlog::info("media by the LiveKit server at {}", one.url);
  if (!config.dev && !config.livekit.empty()) return spdlog::info("ready on {}:{}", config.bind, config.port);
  if (!config.dev)
    return spdlog::info("ready on {}:{}, media on UDP {}{}", config.bind, config.port, config.media_port, tcp);
  fmt::print(
      "\ncostage {} is ready. Open each link in a window of its own:\n\n"
      "  host     {}\n\n  viewer   {}\n\n  viewer   {}\n\n"
      "{}\n\n",
      COSTAGE_VERSION, link_for(config, "hanna", "Hanna"), link_for(config, "victor", "Victor"),
      link_for(config, "vera", "Vera"), media_line(config));
  std::fflush(stdout);
}

int fail_with(const std::string& sentence) {
  fmt::print(stderr, "{}\n", sentence);
  return EXIT_FAILURE;
}

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value) return {};
  return value;
}

// costage import
int import_database(const std::vector<std::string>& arguments) {
  const auto loaded = config::load_import(arguments, environment);
  if (!loaded) return fail_with(loaded.error());
  if (const auto* print = std::get_if<config::Print>(&*loaded)) {
    fmt::print("{}", print->text);
    return EXIT_SUCCESS;
  }
  const auto& command = std::get<config::ImportCommand>(*loaded);
  config::SystemRng rng;
  const auto imported = storage::import_to_postgres(command.data, command.database, rng);
  if (!imported) return fail_with(imported.error());
  fmt::print("{}", storage::report(*imported));
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace costage

int main(int argc, char** argv) {
  using namespace costage;
  if (argc > 1 && std::string_view{argv[1]} == "import") return import_database({argv + 2, argv + argc});
  auto loaded = config::load({argv + 1, argv + argc}, environment, COSTAGE_VERSION);
  if (!loaded) return fail_with(loaded.error());
  if (const auto* print = std::get_if<config::Print>(&*loaded)) {
    fmt::print("{}", print->text);
    return EXIT_SUCCESS;
  }
  auto& config = std::get<config::Config>(*loaded);
  config::start_logging(config);
  std::error_code ignored;
  Program program{std::move(config), config::find_installed_files(fs::read_symlink("/proc/self/exe", ignored))};
  if (const std::string why_not = program.start(); !why_not.empty()) return fail_with(why_not);
  say_ready(program.config());
  program.run();
  return EXIT_SUCCESS;
}
