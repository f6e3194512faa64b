#include "adapters/bus/nats_bus.hpp"

#include <nats/nats.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "adapters/bus/nats_options.hpp"
#include "adapters/bus/outbox.hpp"
#include "adapters/bus/subject.hpp"

namespace costage::bus {
namespace {

constexpr std::chrono::milliseconds kReopenWait{500};
constexpr std::size_t kMaxComplaints = 8;  // different ones, in the log

// Without the library's "(conn.c:733): " in front.
std::string last_error(natsStatus status) {
  const char* text = nats_GetLastError(nullptr);
  const std::string_view reason = text ? text : natsStatus_GetText(status);
  constexpr std::string_view kEnd = "): ";
  const auto place = reason.find(kEnd);
  return std::string{
      reason.substr(reason.starts_with('(') && place != std::string_view::npos ? place + kEnd.size() : 0)};
}

class NatsClient final : public NatsBus {
 public:
  NatsClient(Options options, Post post);
  ~NatsClient() override;

  void publish(std::string_view subject, std::string bytes) override;
  void listen(std::string_view subject, std::function<void(std::string_view bytes)> heard) override;
  [[nodiscard]] bool connected() const override { return connected_; }
  void on_connected(std::function<void()> f) override { inbox_->on_connected(std::move(f)); }
  [[nodiscard]] BusCounts counts() const override;

 private:
  // Our thread:
  void run();
  bool open();
  bool subscribe();
  void serve();
  void greet(std::uint64_t number);
  void send(const std::vector<Outgoing>& messages);
  void close();
  void wait(std::chrono::milliseconds time);

  // The library's threads; the first three one after the other, and closed() last:
  void up();
  void down();
  void closed(const char* reason);
  void hears_no_more();
  void complain(const std::string& reason);
  static NatsClient& self(void* closure) { return *static_cast<NatsClient*>(closure); }

  Options options_;
  std::shared_ptr<Inbox> inbox_;
  natsConnection* connection_ = nullptr;  // these two: our thread only
  natsSubscription* subscription_ = nullptr;
  std::atomic<bool> connected_{false};  // written under the mutex

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  Outbox outbox_;
  std::uint64_t sent_ = 0, dropped_ = 0;
  std::uint64_t ups_ = 0;      // connections so far
  std::uint64_t greeted_ = 0;  // of them, the last of which was told
  bool up_ = false;
  bool closed_ = false;               // the library gave this connection up
  bool hearing_ = false;              // the library's thread that hears is there
  std::set<std::string> complaints_;  // since it worked
  bool ending_ = false;
  std::thread thread_;  // last: it uses all of the above
};

NatsClient::NatsClient(Options options, Post post)
    : options_(std::move(options)), inbox_(std::make_shared<Inbox>(std::move(post))) {
  natsOptions_SetReconnectedCB(options_.get(), [](natsConnection*, void* closure) { self(closure).up(); }, this);
  natsOptions_SetDisconnectedCB(options_.get(), [](natsConnection*, void* closure) { self(closure).down(); }, this);
  natsOptions_SetClosedCB(
      options_.get(),
      [](natsConnection* connection, void* closure) {
        const char* reason = nullptr;
        natsConnection_GetLastError(connection, &reason);
        self(closure).closed(reason);
      },
      this);
  natsOptions_SetErrorHandler(
      options_.get(),
      [](natsConnection*, natsSubscription*, natsStatus status, void* closure) {
        self(closure).complain(natsStatus_GetText(status));
      },
      this);
  thread_ = std::thread{[this] { run(); }};
}

NatsClient::~NatsClient() {
  inbox_->close();
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void NatsClient::publish(std::string_view subject, std::string bytes) {
  Outgoing message{full_subject(subject), std::move(bytes)};
  {
    const std::lock_guard lock(mutex_);
    if (!connected_ || !outbox_.push(std::move(message))) {
      ++dropped_;
      return;
    }
  }
  wake_.notify_one();
}

void NatsClient::listen(std::string_view subject, std::function<void(std::string_view bytes)> heard) {
  inbox_->listen(full_subject(subject), std::move(heard));
}

BusCounts NatsClient::counts() const {
  const InboxCounts inbox = inbox_->counts();
  const std::lock_guard lock(mutex_);
  return {sent_, dropped_, inbox.heard, inbox.lost};
}

void NatsClient::run() {
  for (bool ending = false; !ending;) {
    if (open()) serve();
    close();
    wait(kReopenWait);
    const std::lock_guard lock(mutex_);
    ending = ending_;
  }
  nats_ReleaseThreadMemory();
}

void NatsClient::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, time, [this] { return ending_; });
}

// We try until there is a connection, because the library would not say why there is none; then it keeps it alive.
bool NatsClient::open() {
  {
    const std::lock_guard lock(mutex_);
    up_ = closed_ = false;
  }
  const natsStatus status = natsConnection_Connect(&connection_, options_.get());
  if (status != NATS_OK) {
    complain(last_error(status));
    return false;
  }
  if (!subscribe()) return false;
  up();
  return true;
}

bool NatsClient::subscribe() {
  const natsStatus status = natsConnection_Subscribe(
      &subscription_, connection_, kEverything,
      [](natsConnection*, natsSubscription*, natsMsg* message, void* closure) {
        const auto length = static_cast<std::size_t>(natsMsg_GetDataLength(message));
        self(closure).inbox_->hear(natsMsg_GetSubject(message), {natsMsg_GetData(message), length});
        natsMsg_Destroy(message);
      },
      this);
  if (status != NATS_OK) return false;
  natsSubscription_SetPendingLimits(subscription_, static_cast<int>(kMaxWaiting), static_cast<int>(kMaxWaitingBytes));
  const auto ended = [](void* closure) { self(closure).hears_no_more(); };
  const std::lock_guard lock(mutex_);
  hearing_ = natsSubscription_SetOnCompleteCB(subscription_, ended, this) == NATS_OK;
  return true;
}

void NatsClient::serve() {
  std::unique_lock lock(mutex_);
  while (!ending_ && !closed_) {
    const std::uint64_t number = ups_;
    if (up_ && greeted_ != number) {
      lock.unlock();
      greet(number);
      lock.lock();
    } else if (!outbox_.empty()) {
      const auto messages = outbox_.take();
      lock.unlock();
      send(messages);
      lock.lock();
    } else {
      wake_.wait(lock);
    }
  }
}

// An answer of the server says that it knows what we want to hear.
void NatsClient::greet(std::uint64_t number) {
  const bool answered = natsConnection_FlushTimeout(connection_, kConnectTimeout.count()) == NATS_OK;
  {
    const std::lock_guard lock(mutex_);
    if (answered) greeted_ = number;
    if (!up_ || ups_ != number) return;
    if (answered) {
      connected_ = true;
      complaints_.clear();
    }
  }
  if (!answered) return wait(kReconnectWait);
  spdlog::info("NATS: connected");
  inbox_->connected();
}

void NatsClient::send(const std::vector<Outgoing>& messages) {
  std::uint64_t sent = 0;
  for (const auto& [subject, bytes] : messages) {
    const auto length = static_cast<int>(bytes.size());
    const natsStatus status = natsConnection_Publish(connection_, subject.c_str(), bytes.data(), length);
    if (status == NATS_OK) ++sent;
    if (status == NATS_TIMEOUT) break;  // the server is stuck: not that time again for each message
  }
  const std::lock_guard lock(mutex_);
  sent_ += sent;
  dropped_ += messages.size() - sent;
}

// The library's threads go on for a moment after its functions return.
void NatsClient::close() {
  if (!connection_) return;
  natsConnection_Close(connection_);
  {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return closed_ && !hearing_; });
  }
  natsSubscription_Destroy(std::exchange(subscription_, nullptr));
  natsConnection_Destroy(std::exchange(connection_, nullptr));
}

void NatsClient::up() {
  const std::lock_guard lock(mutex_);
  up_ = true;
  ++ups_;
  wake_.notify_one();
}

// What waited would be late.
void NatsClient::down() {
  bool tell = false;
  {
    const std::lock_guard lock(mutex_);
    up_ = false;
    dropped_ += outbox_.clear();
    tell = connected_.exchange(false) && !ending_;
  }
  if (tell) spdlog::warn("NATS: the connection is lost; other nodes are not heard");
}

void NatsClient::closed(const char* reason) {
  complain(reason ? reason : "closed");
  const std::lock_guard lock(mutex_);
  closed_ = true;
  wake_.notify_one();
}

void NatsClient::hears_no_more() {
  const std::lock_guard lock(mutex_);
  hearing_ = false;
  wake_.notify_one();
}

// Each reason once, until it works again: whoever is refused tries for ever.
void NatsClient::complain(const std::string& reason) {
  {
    const std::lock_guard lock(mutex_);
    if (ending_ || complaints_.size() >= kMaxComplaints || !complaints_.insert(reason).second) return;
  }
  spdlog::warn("NATS: {}; it is tried again and again, other nodes may not be heard", reason);
}

}  // namespace

Result<std::unique_ptr<NatsBus>, std::string> open_nats(const NatsSettings& settings, Post post) {
  auto options = make_options(settings);
  if (!options) return fail(options.error());
  return std::make_unique<NatsClient>(std::move(*options), std::move(post));
}

}  // namespace costage::bus
