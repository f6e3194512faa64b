#include "adapters/livekit_client/ingress_service.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <iterator>
#include <utility>

#include "adapters/livekit_client/media_room.hpp"
#include "adapters/livekit_client/service_answer.hpp"

namespace costage::livekit_client {
namespace {

namespace asio = boost::asio;

using Found = domain::Answer<std::optional<app::Ingress>>;

app::IngressState state_of(livekit::IngressState::Status status) {
  switch (status) {
    case livekit::IngressState::ENDPOINT_BUFFERING:
      return app::IngressState::buffering;
    case livekit::IngressState::ENDPOINT_PUBLISHING:
      return app::IngressState::publishing;
    case livekit::IngressState::ENDPOINT_ERROR:
      return app::IngressState::failed;
    default:
      return app::IngressState::waiting;
  }
}

livekit::IngressInput input_of(app::IngressInput input) {
  return input == app::IngressInput::whip ? livekit::WHIP_INPUT : livekit::RTMP_INPUT;
}

bool is_for(const livekit::IngressInfo& info, const app::MediaGrant& grant, app::IngressInput input) {
  return info.input_type() == input_of(input) && info.participant_metadata() == grant.metadata;
}

}  // namespace

app::Ingress ingress_of(const livekit::IngressInfo& info) {
  return {.id = info.ingress_id(),
          .input = info.input_type() == livekit::WHIP_INPUT ? app::IngressInput::whip : app::IngressInput::rtmp,
          .url = info.url(),
          .stream_key = Secret{info.stream_key()},
          .state = state_of(info.state().status()),
          .error = plain(info.state().error())};
}

template <class Response, class Request>
asio::awaitable<Called<Response>> IngressService::call(std::string method, Request request) {
  const boost::json::object grant{{"ingressAdmin", true}};
  co_return co_await api_.call<Response>("Ingress", std::move(method), request, grant);
}

asio::awaitable<Called<IngressService::Infos>> IngressService::list(domain::RoomId room) {
  livekit::ListIngressRequest request;
  request.set_room_name(room.value());
  const auto listed = co_await call<livekit::ListIngressResponse>("ListIngress", request);
  if (!listed) co_return fail(listed.error());
  Infos out{listed->items().begin(), listed->items().end()};
  co_return std::move(out);
}

asio::awaitable<Called<IngressService::Infos>> IngressService::of(domain::RoomId room, app::Identity identity) {
  auto all = co_await list(room);
  if (!all) co_return fail(all.error());
  std::erase_if(*all, [&](const auto& one) { return one.participant_identity() != identity.value(); });
  co_return std::move(*all);
}

asio::awaitable<app::MediaOutcome> IngressService::end(Infos infos) {
  auto outcome = app::MediaOutcome::done;
  for (const livekit::IngressInfo& one : infos) {
    livekit::DeleteIngressRequest request;
    request.set_ingress_id(one.ingress_id());
    const auto ended = co_await call<livekit::IngressInfo>("DeleteIngress", request);
    if (!ended && ended.error().why != Refused::not_found) outcome = app::MediaOutcome::failed;
  }
  co_return outcome;
}

asio::awaitable<Called<livekit::IngressInfo>> IngressService::create(app::MediaGrant grant, app::IngressInput input) {
  livekit::CreateIngressRequest request;
  request.set_input_type(input_of(input));
  request.set_name(grant.name);
  request.set_room_name(grant.room.value());
  request.set_participant_identity(grant.identity.value());
  request.set_participant_name(grant.name);
  request.set_participant_metadata(grant.metadata);
  co_return co_await call<livekit::IngressInfo>("CreateIngress", request);
}

asio::awaitable<Found> IngressService::open_for(app::MediaGrant grant, app::IngressInput input) {
  auto known = co_await of(grant.room, grant.identity);
  if (!known) co_return domain::refuse(not_taken(known.error()));
  const auto same = std::ranges::find_if(*known, [&](const auto& one) { return is_for(one, grant, input); });
  if (same != known->end()) co_return ingress_of(*same);
  if (co_await end(*known) == app::MediaOutcome::failed) co_return domain::refuse(domain::Code::unavailable);
  const auto created = co_await create(grant, input);
  if (!created) co_return domain::refuse(not_taken(created.error()));
  co_return ingress_of(*created);
}

asio::awaitable<Found> IngressService::find_for(domain::RoomId room, app::Identity identity) {
  const auto known = co_await of(room, identity);
  if (!known) co_return domain::refuse(not_taken(known.error()));
  if (known->empty()) co_return std::nullopt;
  co_return ingress_of(known->front());
}

void IngressService::open(const app::MediaGrant& grant, app::IngressInput input, app::IngressFound done) {
  asio::co_spawn(
      loop_, [self = shared_from_this(), grant, input] { return self->open_for(grant, input); },
      answered<Found>(std::move(done), domain::refuse(domain::Code::unavailable)));
}

void IngressService::find(const domain::RoomId& room, const app::Identity& identity, app::IngressFound done) {
  asio::co_spawn(
      loop_, [self = shared_from_this(), room, identity] { return self->find_for(room, identity); },
      answered<Found>(std::move(done), domain::refuse(domain::Code::unavailable)));
}

void IngressService::close(const domain::RoomId& room, const app::Identity& identity, app::MediaDone done) {
  const auto end_theirs = [self = shared_from_this(), room, identity]() -> asio::awaitable<app::MediaOutcome> {
    const auto known = co_await self->of(room, identity);
    if (!known) co_return app::MediaOutcome::failed;
    co_return co_await self->end(*known);
  };
  asio::co_spawn(loop_, end_theirs, answered<app::MediaOutcome>(std::move(done), app::MediaOutcome::failed));
}

asio::awaitable<app::MediaOutcome> IngressService::end_dead(domain::RoomId room) {
  const auto known = co_await list(room);
  if (!known) co_return app::MediaOutcome::failed;
  for (const livekit::IngressInfo& one : *known) {
    const domain::LeaseId lease = lease_in(one.participant_metadata());
    if (lease.value().empty()) continue;  // of another program
    const domain::RoomId where{one.room_name()};
    const app::Identity who{one.participant_identity()};
    is_alive_(where, who, lease, [self = shared_from_this(), one](bool alive) {
      if (alive) return;
      asio::co_spawn(self->loop_, self->end(Infos{one}), [self](const std::exception_ptr&, app::MediaOutcome) {});
    });
  }
  co_return app::MediaOutcome::done;
}

asio::awaitable<app::MediaOutcome> IngressService::end_all(domain::RoomId room) {
  auto known = co_await list(room);
  if (!known) co_return app::MediaOutcome::failed;
  co_return co_await end(std::move(*known));
}

}  // namespace costage::livekit_client
