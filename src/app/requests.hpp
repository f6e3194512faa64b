// Verbs on requests to come on stage (S-031). Answers show the status at the time of the answer: one that waits past
// its time is expired.
#pragma once

#include <string>
#include <vector>

#include "app/ports/storage.hpp"
#include "app/request.hpp"

namespace costage::app {

struct Context;

struct RequestView {
  domain::StageRequest request;
  std::size_t place = 0;  // in the queue, from 1 on; 0: does not wait
};
struct AskAnswer {
  RequestView view;
  bool created = false;  // false: one that waited was there; it has the newest comment and keeps its place
};

class Requests {
 public:
  explicit Requests(const Context& context) : in_(context) {}

  void ask(const Caller& caller, const domain::RoomId& room, std::string comment, const MaybeIdempotency& once,
           Done<AskAnswer> done);
  void withdraw(const Caller& caller, const domain::RequestId& id, const MaybeIdempotency& once,
                Done<RequestView> done);
  void decline(const Caller& caller, const domain::RequestId& id, std::string reason, const MaybeIdempotency& once,
               Done<RequestView> done);

  void get(const Caller& caller, const domain::RequestId& id, Done<RequestView> done);
  // The caller's newest in this room, or request_not_found.
  void mine_in_room(const Caller& caller, const domain::RoomId& room, Done<RequestView> done);
  // The oldest first. `statuses` empty: all.
  void of_room(const Caller& caller, const domain::RoomId& room, std::vector<domain::RequestStatus> statuses,
               const PageRequest& page, Done<Page<RequestView>> done);

 private:
  const Context& in_;
};

// As people see it at `now`, with its place.
RequestView view_of(const domain::RoomState& state, domain::StageRequest request, WallTime now);
// The whole queue, the first first.
std::vector<RequestView> queue_of(const domain::RoomState& state, WallTime now);

}  // namespace costage::app
