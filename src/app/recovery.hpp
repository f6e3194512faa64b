// What is done with the rooms that were open when the program ended.
#pragma once

#include <functional>

#include "app/work/unit_of_work.hpp"

namespace costage::app {

// `command` is carried out in each, after which it is known here. MediaLost where the media server starts with us:
// whoever was connected is not any more, and rooms that were live wait for their host. A room whose record is damaged
// stays closed; the others are recovered. false: storage refused.
void recover_rooms(UnitOfWork& work, const domain::Command& command, std::function<void(bool ok)> done);

}  // namespace costage::app
