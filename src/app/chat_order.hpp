// Keeping order in a show: what waits for review, reports, pins, settings, words; who is muted, banned or appointed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/chats.hpp"

namespace costage::app {

struct ReportView {
  domain::ChatReport report;
  domain::ChatMessage message;
  bool is_new = true;
};

// What host and moderators see.
struct ModerationView {
  std::vector<domain::Standing> people;
  std::vector<domain::ChatMessage> held;
  std::vector<ReportView> reports;
};

struct NewPin {
  std::optional<std::string> text;
  domain::MessageId message;
  std::optional<std::chrono::seconds> time;
};

class ChatOrder {
 public:
  explicit ChatOrder(const Context& context) : in_(context) {}

  void review(const Caller& caller, const domain::RoomId& room, const domain::MessageId& id, bool show,
              const MaybeIdempotency& once, Done<MessageView> done);
  void report(const Caller& caller, const domain::RoomId& room, const domain::MessageId& id,
              domain::ReportReason reason, std::string detail, const MaybeIdempotency& once, Done<ReportView> done);
  void settle(const Caller& caller, const domain::RoomId& room, const domain::ReportId& id,
              const MaybeIdempotency& once, Done<ReportView> done);

  void pin(const Caller& caller, const domain::RoomId& room, NewPin pin, const MaybeIdempotency& once,
           Done<domain::ChatPin> done);
  void unpin(const Caller& caller, const domain::RoomId& room, const MaybeIdempotency& once,
             Done<domain::ChatPin> done);
  // `change` is given the settings as they are.
  void set(const Caller& caller, const domain::RoomId& room, std::function<void(domain::ChatSettings&)> change,
           const MaybeIdempotency& once, Done<domain::ChatSettings> done);

  // Of one room; with an empty id those of every show, for the application's server.
  void words(const Caller& caller, const domain::RoomId& room, Done<domain::WordList> done);
  void set_words(const Caller& caller, const domain::RoomId& room, domain::WordList words, const MaybeIdempotency& once,
                 Done<domain::WordList> done);

  void overview(const Caller& caller, const domain::RoomId& room, Done<ModerationView> done);
  // A verb on a person; the answer is how they stand after it.
  template <class Verb>
  void act(Verb verb, const domain::RoomId& room, const MaybeIdempotency& once, Done<domain::Standing> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
