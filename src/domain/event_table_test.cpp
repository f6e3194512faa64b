#include "domain/event_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "domain/permission.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

TEST(EventTable, NamesReadBothWaysAndSayWhatIsChanged) {
  std::set<std::string_view> names;
  for (const EventInfo& row : all_events()) {
    EXPECT_EQ(event_type_from(row.name), row.type);
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(data_for(row.type).index(), static_cast<std::size_t>(row.aggregate)) << row.name;
  }
  EXPECT_FALSE(event_type_from("room.exploded"));
}

TEST(EventTable, InvitationsAreBetweenTheirPeople) {  // S-002
  Show show;
  show.invite(kGuest);
  const Event& invited = show.last.at(0);
  const auto sees = [&](const Actor& who) { return may_see(invited, who.user, sight_of(show.state, who)); };
  EXPECT_TRUE(sees(kHost) && sees(kGuest) && sees(kAdmin));
  EXPECT_FALSE(sees(kOther));
  EXPECT_EQ(*subject(invited), kGuest.user);
  EXPECT_EQ(subject(show.history.at(0)), nullptr) << "the room's creation is for everybody";
  EXPECT_TRUE(may_see(show.history.at(0), kOther.user, {}));
}

}  // namespace
}  // namespace costage::domain
