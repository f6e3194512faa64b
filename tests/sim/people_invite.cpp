// How people come on stage.
#include "people.hpp"

namespace costage::sim {

using namespace domain;
using app::App;
using app::Caller;
using app::Done;
using app::MaybeIdempotency;

namespace {

std::string id_of(const Invitation& invitation) { return invitation.id.value(); }
std::string id_of_request(const app::RequestView& view) { return view.request.id.value(); }

}  // namespace

void People::invite() {
  const RoomState* show = any_room();
  if (show == nullptr) return;
  const UserId whom = somebody().user;
  send<app::InviteAnswer>(
      "invite " + whom.value() + " to " + show->room.id.value(), host_of(*show),
      [room = show->room.id, whom](App& app, const Caller& by, const MaybeIdempotency& once,
                                   Done<app::InviteAnswer> done) {
        app.invitations().create(by, room, whom, {}, once, std::move(done));
      },
      [](const app::InviteAnswer& answer) { return answer.invitation.id.value(); },
      [](const app::InviteAnswer& answer) {
        return Promise{EventType::invitation_created, answer.invitation.id.value()};
      });
}

void People::answer(const Caller& by, const Invitation& invitation, bool yes) {
  send<Invitation>(
      (yes ? "accept " : "reject ") + invitation.id.value(), by,
      [id = invitation.id, yes](App& app, const Caller& caller, const MaybeIdempotency& once, Done<Invitation> done) {
        if (yes) return app.invitations().accept(caller, id, once, std::move(done));
        app.invitations().reject(caller, id, once, std::move(done));
      },
      id_of,
      [yes](const Invitation& is) {
        return Promise{yes ? EventType::invitation_accepted : EventType::invitation_rejected, is.id.value()};
      });
}

void People::answer_invitation() {
  const Invitation* one = any_invitation(InvitationStatus::pending);
  if (one != nullptr) answer(caller(one->invitee), *one, !world_.chance(200));
}

// In two windows, with a key each, and the host takes it back.
void People::accept_twice() {
  const Invitation* one = any_invitation(InvitationStatus::pending);
  if (one == nullptr) return;
  const Invitation sent = *one;
  answer(caller(sent.invitee), sent, true);
  answer(caller(sent.invitee), sent, world_.chance(500));
  if (world_.chance(500)) cancel();
}

void People::cancel() {
  const Invitation* one = any_invitation(InvitationStatus::pending);
  if (one == nullptr) return;
  send<Invitation>(
      "cancel " + one->id.value(), caller(one->inviter),
      [id = one->id](App& app, const Caller& by, const MaybeIdempotency& once, Done<Invitation> done) {
        app.invitations().cancel(by, id, once, std::move(done));
      },
      id_of, [](const Invitation& is) { return Promise{EventType::invitation_cancelled, is.id.value()}; });
}

void People::call() {
  const Invitation* one = any_invitation(InvitationStatus::accepted);
  if (one == nullptr) return;
  send<Invitation>(
      "call " + one->id.value(), caller(one->inviter),
      [id = one->id](App& app, const Caller& by, const MaybeIdempotency& once, Done<Invitation> done) {
        app.invitations().call(by, id, once, std::move(done));
      },
      id_of, [](const Invitation& is) { return Promise{EventType::invitation_called, is.id.value()}; });
}

void People::ask() {
  const RoomState* show = any_room();
  if (show == nullptr) return;
  send<app::AskAnswer>(
      "ask to join " + show->room.id.value(), somebody(),
      [room = show->room.id](App& app, const Caller& by, const MaybeIdempotency& once, Done<app::AskAnswer> done) {
        app.requests().ask(by, room, "Me!", once, std::move(done));
      },
      [](const app::AskAnswer& answer) { return answer.view.request.id.value(); },
      [](const app::AskAnswer& answer) { return Promise{EventType::request_created, answer.view.request.id.value()}; });
}

void People::withdraw() {
  const StageRequest* one = any_request();
  if (one == nullptr) return;
  send<app::RequestView>(
      "withdraw " + one->id.value(), caller(one->user),
      [id = one->id](App& app, const Caller& by, const MaybeIdempotency& once, Done<app::RequestView> done) {
        app.requests().withdraw(by, id, once, std::move(done));
      },
      id_of_request,
      [](const app::RequestView& view) { return Promise{EventType::request_withdrawn, view.request.id.value()}; });
}

void People::decline() {
  const StageRequest* one = any_request();
  if (one == nullptr) return;
  send<app::RequestView>(
      "decline " + one->id.value(), host_of(ledger_.rooms().at(one->room).state),
      [id = one->id](App& app, const Caller& by, const MaybeIdempotency& once, Done<app::RequestView> done) {
        app.requests().decline(by, id, "Later.", once, std::move(done));
      },
      id_of_request,
      [](const app::RequestView& view) { return Promise{EventType::request_declined, view.request.id.value()}; });
}

}  // namespace costage::sim
