// Requests as people's programs make them: to any node, given up after a while and made again, with the same key, until
// there is an answer.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "nodes.hpp"

namespace costage::sim {

// What came of it.
struct Outcome {
  std::optional<domain::Code> refused;
  std::string made;                                   // what the key made: its id
  std::function<bool()> holds = [] { return true; };  // whether what was acknowledged is in the database
};

// `start` calls the use case; its last argument is to be called with what came of it.
struct Request {
  std::string what;
  app::Caller by;
  std::function<void(app::App&, const app::MaybeIdempotency&, std::function<void(const Outcome&)>)> start;
};

class Requests {
 public:
  Requests(World& world, Nodes& nodes) : world_(world), nodes_(nodes) {}

  void send(Request request);
  // Those that a node has not answered yet.
  void look();
  [[nodiscard]] std::uint64_t answered() const { return answered_; }
  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
  [[nodiscard]] const std::map<std::string, int>& answers() const { return answers_; }

 private:
  struct Call {
    Request request;
    app::Idempotency once;
    int tries = 0;
    bool done = false;
  };
  struct Attempt {
    std::shared_ptr<Call> call;
    std::shared_ptr<Process> process;
    milliseconds asked_at{0};  // awake()
  };

  void try_once(const std::shared_ptr<Call>& call);
  void arrive(const std::shared_ptr<Call>& call, Node& node, std::uint64_t number);
  void on_answer(const std::shared_ptr<Call>& call, std::uint64_t number, const Outcome& outcome);
  void on_heard(const std::shared_ptr<Call>& call, const Outcome& outcome);
  void try_again(const std::shared_ptr<Call>& call, milliseconds pause);

  World& world_;
  Nodes& nodes_;
  std::uint64_t keys_ = 0, attempts_ = 0, answered_ = 0, accepted_ = 0;
  std::map<std::uint64_t, Attempt> open_;
  std::map<std::string, std::string> made_;  // under each key
  std::map<std::string, int> answers_;       // how often each
};

}  // namespace costage::sim
