#include "requests.hpp"

#include <fmt/format.h>

namespace costage::sim {

using namespace std::chrono_literals;
using domain::Code;

namespace {

constexpr int kTries = 8;
constexpr milliseconds kAnswerBound = 60s;  // in which a node that runs must have answered
constexpr unsigned kTwice = 50;             // in a thousand: the same request at two nodes at once
constexpr unsigned kLostOnTheWay = 20;

}  // namespace

void Requests::send(Request request) {
  auto call = std::make_shared<Call>(Call{std::move(request), {}});
  call->once = {"key" + std::to_string(++keys_), call->request.what};
  world_.note("#" + std::to_string(keys_) + ' ' + call->request.by.user.value() + ": " + call->request.what);
  try_once(call);
  if (world_.trouble(kTwice)) try_once(call);
}

void Requests::try_once(const std::shared_ptr<Call>& call) {
  if (call->done || ++call->tries > kTries) return;
  const auto node = nodes_.any();
  if (!node) return try_again(call, world_.between(100ms, 2s));
  const std::uint64_t number = ++attempts_;
  const auto on_the_way = world_.between(1ms, 30ms);
  if (!world_.trouble(kLostOnTheWay))
    node->process().post(on_the_way, [this, call, node, number] { arrive(call, *node, number); });
  try_again(call, world_.between(3s, 12s));
}

void Requests::try_again(const std::shared_ptr<Call>& call, milliseconds pause) {
  world_.after(pause, [this, call] { try_once(call); });
}

void Requests::arrive(const std::shared_ptr<Call>& call, Node& node, std::uint64_t number) {
  open_[number] = {call, node.process().shared_from_this(), node.process().awake()};
  node.app().users().seen(call->request.by);
  call->request.start(node.app(), call->once,
                      [this, call, number](const Outcome& outcome) { on_answer(call, number, outcome); });
}

// At the node.
void Requests::on_answer(const std::shared_ptr<Call>& call, std::uint64_t number, const Outcome& outcome) {
  if (open_.erase(number) == 0)
    return world_.broken(Invariant::answered, call->request.what + " is answered more than once");
  if (!outcome.refused) {
    if (!outcome.holds())
      return world_.broken(Invariant::acknowledged, call->once.key + ": " + call->request.what + " was acknowledged");
    const auto& made = made_.try_emplace(call->once.key, outcome.made).first->second;
    if (made != outcome.made)
      world_.broken(Invariant::one_effect,
                    call->once.key + ": " + call->request.what + " made " + made + " and " + outcome.made);
  }
  if (!world_.trouble(kLostOnTheWay))
    world_.after(world_.between(1ms, 30ms), [this, call, outcome] { on_heard(call, outcome); });
}

void Requests::on_heard(const std::shared_ptr<Call>& call, const Outcome& outcome) {
  if (call->done) return;
  if (outcome.refused == Code::unavailable) return;  // tried again in a while
  call->done = true;
  ++answered_;
  const std::string answer = outcome.refused ? std::string(domain::info(*outcome.refused).name) : "yes " + outcome.made;
  ++answers_[outcome.refused ? answer : "yes"];
  if (!outcome.refused) ++accepted_;
  world_.note("  " + call->once.key + " -> " + answer);
}

void Requests::look() {
  std::erase_if(open_, [](const auto& one) { return !one.second.process->is_alive(); });
  for (const auto& [number, attempt] : open_)
    if (attempt.process->awake() - attempt.asked_at > kAnswerBound)
      world_.broken(Invariant::answered,
                    attempt.call->once.key + ": " + attempt.call->request.what + " waits for ever");
}

}  // namespace costage::sim
