// A show by chance: people who act at random, several at once, while storage, media server and program fail.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/app.hpp"
#include "app/testing/late_storage_test.hpp"
#include "app/testing/media_rooms_test.hpp"
#include "app/testing/witness_test.hpp"
#include "base/clock.hpp"
#include "base/rng.hpp"

namespace costage::app::testing {

class People {
 public:
  explicit People(std::uint64_t seed);
  // So many acts, then everything works again and time passes.
  void play(int acts);
  [[nodiscard]] const std::vector<std::string>& trail() const { return trail_; }
  [[nodiscard]] const Witness& witness() const { return witness_; }

 private:
  // Several acts may be under way when one of them is carried out.
  void act();
  void settle();
  void look();
  void rights_are_those_of_the_stage();
  void links_are_those_of_the_media_server();
  void nothing_waits_for_ever();

  // ---- people ----
  void create_room();
  void update_room();
  void stop_room();
  void watch();
  void stop_watching();
  void report();
  void block();
  void switch_invitations();
  void ask_to_join();
  void crowd_asks();
  void withdraw();
  void decline();
  void invite();
  void invite_several();
  void answer_invitation();
  void cancel();
  void resend();
  void call_to_stage();
  void everybody_at_once();
  void broadcaster_data();
  void leave();
  void remove();
  void act_on_devices();
  void give_rights();
  void report_egress();
  void keep_order();

  // ---- media ----
  void connect();
  void send_media();
  void lose_connection();
  void come_back();
  void hang_up();
  void tell_media_events();

  // ---- the world ----
  void time_passes();
  void storage_fills();
  void disk_fails();
  void races_are_lost();
  void media_fails();
  void trouble_passes();
  void program_restarts();
  void start_program();

  void accept(const Witness::Sent& one);
  void cancel(const Witness::Sent& one);
  void invite(const Caller& by, const RoomId& room, const UserId& whom);
  void open_lease(const Caller& who, const RoomId& room);

  // One that is answered once, and what `yes` says of a good answer is kept.
  template <class T, class Yes>
  Done<T> once(Yes yes);
  MaybeIdempotency key(const std::string& request);
  bool chance(std::uint64_t one_in) { return chance_.below(one_in) == 0; }
  template <class Range>
  const auto& any(const Range& range) {
    return *std::next(range.begin(), static_cast<std::ptrdiff_t>(chance_.below(range.size())));
  }
  RoomId any_room();
  Caller host_of(const RoomId& room);
  const Caller& somebody() { return any(callers_); }
  const Witness::Sent* any_invitation();
  const Caller& caller(const UserId& user) const;

  SeededRng chance_;
  SeededRng ids_;
  bool embedded_;  // media server: it ends with the program
  LateStorage storage_;
  MediaRooms media_;
  VirtualClock clock_;
  Witness witness_;
  std::unique_ptr<App> app_;
  std::vector<Caller> callers_;
  std::vector<RoomId> rooms_;
  std::map<std::uint64_t, int> unanswered_;  // of this program
  std::uint64_t asked_ = 0;
  std::set<std::string> connections_;
  std::vector<std::string> trail_;
};

template <class T, class Yes>
Done<T> People::once(Yes yes) {
  const std::uint64_t number = ++asked_;
  unanswered_[number] = 0;
  return [this, number, yes](const domain::Answer<T>& answer) {
    EXPECT_EQ(++unanswered_.at(number), 1) << "answered once";
    if (!answer) trail_.push_back("  -> " + std::string(info(answer.error().code).name));
    if (answer) yes(*answer);
  };
}

}  // namespace costage::app::testing
