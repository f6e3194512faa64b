#include "app/sharing.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.hpp"

namespace costage::app {

using namespace domain;

namespace {

constexpr std::string_view kWatchers = "watchers", kReactions = "reactions", kNewcomer = "newcomer";
constexpr std::size_t kMaxMessage = 128 * 1024;  // bytes
constexpr std::size_t kMaxField = 1024;

using Parts = std::vector<std::string_view>;

Parts split(std::string_view text, char by) {
  Parts out;
  for (auto end = text.find(by); end != std::string_view::npos; end = text.find(by)) {
    out.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  out.push_back(text);
  return out;
}

// Names have neither; whatever had would break the line.
std::string field(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '\t' || c == '\n'; }, ' ');
  return '\t' + text;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t out = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool is_whole = error == std::errc{} && stop == text.data() + text.size() && out >= 0;
  return is_whole ? std::optional{out} : std::nullopt;
}

// camera, microphone, connection, version
std::optional<Readiness> readiness_from(const Parts& parts, std::size_t at) {
  const auto camera = device_readiness_from(parts[at]), microphone = device_readiness_from(parts[at + 1]);
  const auto connection = connection_grade_from(parts[at + 2]);
  const std::string version(parts[at + 3]);
  if (!camera || !microphone || !connection || !(version.empty() || is_version(version))) return {};
  return Readiness{*camera, *microphone, *connection, version};
}

std::optional<SharedWatcher> watcher_from(std::string_view line) {
  constexpr std::size_t kGone = 3, kThere = 10;
  const Parts parts = split(line, '\t');
  const bool is_sane = std::ranges::all_of(parts, [](auto one) { return one.size() <= kMaxField && !bad_text(one); });
  if (!is_sane || parts.size() < kGone || parts[1].empty() || parts[2].empty()) return {};
  SharedWatcher out{RoomId{std::string(parts[1])}, UserId{std::string(parts[2])}, {}};
  if (parts[0] == "-" && parts.size() == kGone) return out;
  if (parts[0] != "+" || parts.size() != kThere) return {};
  const auto since = number(parts[4]);
  const auto readiness = readiness_from(parts, 6);
  if (!since || !readiness) return {};
  out.present = {out.user, std::string(parts[3]), from_unix_ms(*since), parts[5] == "guest", *readiness};
  return out;
}

std::string connection_of(const std::string& node, const UserId& user) {
  return Presence::kElsewhere + node + '/' + user.value();
}

}  // namespace

std::string watcher_line(const SharedWatcher& watcher) {
  const std::string who = field(watcher.room.value()) + field(watcher.user.value());
  if (!watcher.present) return '-' + who + '\n';
  const Present& present = *watcher.present;
  const Readiness& readiness = present.readiness;
  return '+' + who + field(present.name) + field(std::to_string(to_unix_ms(present.since))) +
         field(present.guest ? "guest" : "") + field(std::string(name(readiness.camera))) +
         field(std::string(name(readiness.microphone))) + field(std::string(name(readiness.connection))) +
         field(readiness.client_version) + '\n';
}

SharedWatchers watchers_from(std::string_view text) {
  const Parts lines = split(text, '\n');
  SharedWatchers out{std::string(lines.front()), {}};
  for (std::size_t i = 1; i < lines.size(); ++i)
    if (auto watcher = watcher_from(lines[i])) out.watchers.push_back(std::move(*watcher));
  return out;
}

std::string reactions_text(const SharedReactions& reactions) {
  std::string out = reactions.room.value();
  for (const std::uint64_t count : reactions.counts) out += field(std::to_string(count));
  return out;
}

std::optional<SharedReactions> reactions_from(std::string_view text) {
  const Parts parts = split(text, '\t');
  const bool is_sane = parts.front().size() <= kMaxField && !bad_text(parts.front());
  if (parts.size() != 1 + kReactionKinds || parts.front().empty() || !is_sane) return {};
  SharedReactions out{RoomId{std::string(parts.front())}};
  for (std::size_t i = 0; i < kReactionKinds; ++i) {
    const auto count = number(parts[i + 1]);
    if (!count) return {};
    out.counts[i] = static_cast<std::uint64_t>(*count);
  }
  return out;
}

Sharing::Sharing(const Cluster& cluster, const Clock& clock, Presence& presence, Watching& watching,
                 Reactions& reactions)
    : cluster_(cluster), clock_(clock), presence_(presence), watching_(watching), reactions_(reactions) {
  if (cluster_.bus == nullptr) return;
  presence_.note_changes();
  tell_at_ = tell_all_at_ = clock_.now();
  cluster_.bus->listen(kWatchers, [this](std::string_view bytes) { on_watchers(bytes); });
  cluster_.bus->listen(kNewcomer, [this](std::string_view) { tell_all_at_ = clock_.now(); });
  cluster_.bus->listen(kReactions, [this](std::string_view bytes) {
    if (const auto heard = reactions_from(bytes)) reactions_.show(heard->room, heard->counts);
  });
  cluster_.bus->on_connected([this] {
    cluster_.bus->publish(kNewcomer, cluster_.node_id);
    tell_all_at_ = clock_.now();
  });
  reactions_.on_told([this](const RoomId& room, const ReactionCounts& counts) {
    cluster_.bus->publish(kReactions, reactions_text({room, counts}));
  });
}

std::optional<WallTime> Sharing::next_wake() const {
  if (!presence_.has_changes()) return tell_all_at_;
  return std::min(tell_at_, tell_all_at_);
}

void Sharing::on_time(WallTime now) {
  if (!tell_at_) return;
  if (now >= *tell_all_at_) return tell_all(now);
  if (now < *tell_at_ || !presence_.has_changes()) return;
  tell_at_ = now + kTellEvery;
  std::vector<SharedWatcher> watchers;
  for (auto& [room, user] : presence_.take_changes()) watchers.push_back({room, user, presence_.here(room, user)});
  tell(watchers);
}

void Sharing::tell_all(WallTime now) {
  tell_at_ = now + kTellEvery;
  tell_all_at_ = now + kTellAllEvery;
  std::vector<SharedWatcher> watchers;
  for (auto& [room, user] : presence_.take_changes()) watchers.push_back({room, user, presence_.here(room, user)});
  for (auto& [room, present] : presence_.all_here()) watchers.push_back({room, present.user, present});
  tell(watchers);
}

void Sharing::tell(const std::vector<SharedWatcher>& watchers) {
  const std::string head = cluster_.node_id + '\n';
  std::string message = head;
  const auto send = [&] { cluster_.bus->publish(kWatchers, std::exchange(message, head)); };
  for (const SharedWatcher& one : watchers) {
    message += watcher_line(one);
    if (message.size() >= kMaxMessage) send();
  }
  if (message.size() > head.size()) send();
}

void Sharing::on_watchers(std::string_view bytes) {
  const SharedWatchers heard = watchers_from(bytes);
  if (heard.node.empty() || heard.node == cluster_.node_id) return;
  for (const SharedWatcher& watcher : heard.watchers) take(heard.node, watcher);
}

void Sharing::take(const std::string& node, const SharedWatcher& watcher) {
  const std::string connection = connection_of(node, watcher.user);
  if (!watcher.present) {
    if (presence_.stop(watcher.room, connection)) watching_.changed(watcher.room);
    return;
  }
  const Present& present = *watcher.present;
  const bool is_new = !presence_.watches(watcher.room, watcher.user);
  if (!presence_.start(watcher.room, {present.user, present.name, present.guest}, connection, clock_.now())) return;
  if (is_new) watching_.changed(watcher.room);
  if (presence_.readiness(watcher.room, watcher.user) == present.readiness) return;
  presence_.report(watcher.room, connection, present.readiness);
  watching_.tell_report(watcher.room, watcher.user, present.readiness);
}

}  // namespace costage::app
