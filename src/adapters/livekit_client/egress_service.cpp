#include "adapters/livekit_client/egress_service.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <utility>

#include "adapters/livekit_client/service_answer.hpp"

namespace costage::livekit_client {
namespace {

namespace asio = boost::asio;

// A thousand shows that were recorded today are a megabyte: not with every look.
constexpr unsigned kLooksForEnded = 5;

// What LiveKit says of a URL holds all of it, and its key.
domain::Refusal refusal_for(const CallFailure& failure) {
  if (failure.why == Refused::wrong_request)
    return domain::Refusal::invalid("urls", "LiveKit's egress service does not take one of these addresses.");
  if (failure.why != Refused::nobody) return not_taken(failure);
  domain::Refusal out{domain::Code::unavailable};
  out.detail = "No egress service takes that: none runs beside the LiveKit server, or all are busy.";
  return out;
}

domain::Answer<domain::Egress> answer_of(const Called<livekit::EgressInfo>& called) {
  if (!called) return domain::refuse(refusal_for(called.error()));
  auto report = report_of(*called);
  if (!report) return domain::refuse(domain::Code::unavailable);
  return std::move(report->egress);
}

}  // namespace

template <class Response, class Request>
asio::awaitable<Called<Response>> EgressService::call(std::string method, Request request) {
  const boost::json::object grant{{"roomRecord", true}};
  co_return co_await api_.call<Response>("Egress", std::move(method), request, grant);
}

template <class Request>
void EgressService::ask(std::string method, Request request, app::EgressDone done) {
  asio::co_spawn(
      loop_,
      [self = shared_from_this(), method = std::move(method),
       request = std::move(request)]() -> asio::awaitable<domain::Answer<domain::Egress>> {
        const auto called = co_await self->call<livekit::EgressInfo>(method, request);
        co_return answer_of(called);
      },
      answered<domain::Answer<domain::Egress>>(std::move(done), domain::refuse(domain::Code::unavailable)));
}

void EgressService::start(const app::EgressOrder& order, app::EgressDone done) {
  ask("StartRoomCompositeEgress", request_for(order, settings_), std::move(done));
}

void EgressService::stop(const domain::EgressId& id, app::EgressStopped done) {
  asio::co_spawn(
      loop_, [self = shared_from_this(), id] { return self->stop_one(id); },
      answered<Stopped>(std::move(done), domain::refuse(domain::Code::unavailable)));
}

// LiveKit goes on listing what a service did that died; that it asked in vain is how it shows.
asio::awaitable<EgressService::Stopped> EgressService::stop_one(domain::EgressId id) {
  livekit::StopEgressRequest request;
  request.set_egress_id(id.value());
  auto stopped = co_await call<livekit::EgressInfo>("StopEgress", request);
  // It is over already.
  if (!stopped && stopped.error().why == Refused::wrong_request) stopped = co_await find(id);
  const auto why_not = stopped ? std::nullopt : std::optional{stopped.error().why};
  if (why_not == Refused::timed_out || why_not == Refused::not_found) co_return std::nullopt;
  auto answer = answer_of(stopped);
  if (!answer) co_return domain::refuse(answer.error());
  co_return std::optional{std::move(*answer)};
}

asio::awaitable<Called<livekit::EgressInfo>> EgressService::find(domain::EgressId id) {
  livekit::ListEgressRequest request;
  request.set_egress_id(id.value());
  const auto listed = co_await call<livekit::ListEgressResponse>("ListEgress", request);
  if (!listed) co_return fail(listed.error());
  if (listed->items().empty()) co_return fail(CallFailure{Refused::not_found, "it is not listed"});
  co_return listed->items(0);
}

// LiveKit's own page does not follow, and a recorder that shows it connects anew by the attempt. Of one that has just
// ended there is none to be set.
void EgressService::set_layout(const domain::EgressId& id, domain::Layout layout, app::MediaDone done) {
  if (settings_.template_url.empty()) return done(app::MediaOutcome::done);
  livekit::UpdateLayoutRequest request;
  request.set_egress_id(id.value());
  request.set_layout(template_of(layout));
  ask("UpdateLayout", std::move(request), [done = std::move(done)](const domain::Answer<domain::Egress>& answer) {
    const bool again = !answer && answer.error().code == domain::Code::unavailable;
    done(again ? app::MediaOutcome::failed : app::MediaOutcome::done);
  });
}

void EgressService::on_webhook(const livekit::EgressInfo& info) {
  if (auto report = report_of(info)) listener_(*report);
}

asio::awaitable<void> EgressService::look() {
  livekit::ListEgressRequest request;
  request.set_active(looks_++ % kLooksForEnded != 0);
  const auto listed = co_await call<livekit::ListEgressResponse>("ListEgress", request);
  note_trouble(listed ? "" : listed.error().sentence);
  if (!listed) co_return;
  for (const livekit::EgressInfo& info : listed->items()) on_webhook(info);
}

void EgressService::note_trouble(const std::string& sentence) {
  if (sentence == std::exchange(trouble_, sentence) || sentence.empty()) return;
  spdlog::warn("recordings and restreams are not known: {} says to ListEgress: {}", api_.name(), sentence);
}

}  // namespace costage::livekit_client
