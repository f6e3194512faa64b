#include "ledger.hpp"

namespace costage::sim {

using namespace domain;

namespace {

constexpr std::size_t kMany = 1'000'000;

}  // namespace

void Ledger::read() {
  ++commits_;
  const auto& rows = database_.history().rows.rows();
  for (auto at = rows.begin(); at != rows.end(); at = rows.upper_bound({at->first.first, UINT64_MAX}))
    read_room(at->first.first);
  for (const auto& [room, book] : rooms_) read_chat(room);
}

void Ledger::read_room(const RoomId& room) {
  RoomBook& book = rooms_[room];
  const Events more = database_.history().since(room, book.events.size(), kMany);
  if (more.empty()) return;
  for (const Event& event : more) {
    if (event.seq != book.events.size() + 1)
      return world_.broken(Invariant::whole, "a history in the database has a hole: " + room.value());
    book.state = apply(std::move(book.state), event);
    book.events.push_back(event);
    world_.note("committed: " + std::string(domain::name(event.type)) + ", " + std::to_string(event.seq) + " of " +
                room.value());
    note(room, event);
  }
  if (const auto wrong = check(book.state); !wrong.empty()) world_.broken(Invariant::limits, "stored: " + wrong);
  if (database_.rooms().load(room) != book.state)
    world_.broken(Invariant::whole, "the history does not replay to what is stored: " + room.value());
  if (!is_open(book.state.room.status)) end_leases(room);
}

void Ledger::read_chat(const RoomId& room) {
  ChatBook& book = chats_[room];
  for (const ChatEvent& event : database_.chats().since(room, book.events.size(), kMany)) {
    if (event.seq != book.events.size() + 1)
      return world_.broken(Invariant::whole, "a chat in the database has a hole: " + room.value());
    book.events.push_back(event);
    const auto* change = std::get_if<MessageChange>(&event.data);
    if (change != nullptr && event.type == ChatEventType::sent) note_message(change->message);
  }
}

// Whoever writes something in a simulation says it once only.
void Ledger::note_message(const ChatMessage& message) {
  sent_.insert(message.id);
  if (message.kind == MessageKind::text && !texts_.insert(message.text).second)
    world_.broken(Invariant::one_effect, "said twice: " + message.text);
}

void Ledger::note(const RoomId& room, const Event& event) {
  ++counts_[event.type];
  if (const auto* change = std::get_if<InvitationChange>(&event.data)) note(event, change->invitation);
  if (const auto* change = std::get_if<StageChange>(&event.data)) note(room, event, *change);
  if (const auto* change = std::get_if<RequestChange>(&event.data)) {
    happened_.insert({event.type, change->request.id.value()});
    requests_.insert_or_assign(change->request.id, change->request);
  }
  if (const auto* change = std::get_if<ModerationChange>(&event.data))
    happened_.insert({event.type, room.value() + '/' + change->standing.user.value()});
  if (const auto* change = std::get_if<RoomChange>(&event.data)) {
    happened_.insert({event.type, room.value()});
    if (event.type == EventType::room_created && !titles_.insert(change->room.title).second)
      world_.broken(Invariant::one_effect, "made twice: " + change->room.title);
  }
}

void Ledger::note(const Event& event, const Invitation& invitation) {
  happened_.insert({event.type, invitation.id.value()});
  const auto known = invitations_.find(invitation.id);
  if (known != invitations_.end()) {
    const bool is_place = event.type == EventType::invitation_called || event.type == EventType::invitation_revoked;
    if (known->second.status != (is_place ? InvitationStatus::accepted : InvitationStatus::pending))
      world_.broken(Invariant::one_end, std::string(name(event.type)) + " of an invitation that was " +
                                            std::string(domain::name(known->second.status)));
  }
  if (event.type == EventType::invitation_revoked)
    happened_.insert({EventType::stage_left, invitation.room.value() + '/' + invitation.invitee.value()});
  invitations_.insert_or_assign(invitation.id, invitation);
}

void Ledger::note(const RoomId& room, const Event& event, const StageChange& change) {
  const Seat& seat = change.seat;
  if (event.type == EventType::stage_left) {
    happened_.insert({event.type, room.value() + '/' + seat.user.value()});
    leases_[seat.lease].died_at = world_.now();
    return;
  }
  happened_.insert({event.type, seat.lease.value()});
  Lease& lease = leases_.try_emplace(seat.lease, Lease{room, seat.user, {}}).first->second;
  if (lease.died_at) world_.broken(Invariant::rights, "a dead lease lives again: " + seat.lease.value());
}

void Ledger::end_leases(const RoomId& room) {
  for (auto& [id, lease] : leases_)
    if (lease.room == room && !lease.died_at) lease.died_at = world_.now();
}

}  // namespace costage::sim
