// streams and events: gapless numbered histories by name ("room/{id}", "chat/{id}"), and how far each has come.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/storage/event_codec.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {

class StreamTable {
 public:
  explicit StreamTable(Sql& sql) : sql_(sql) {}

  // 0: there is none yet. Read before the rest of what the stream is about: from here on no other writer changes that.
  std::uint64_t last(const std::string& stream);
  // Throws LostRace unless the first event is the next one.
  template <class Event>
  void append(const std::string& stream, const std::vector<Event>& events) {
    advance(stream, events.front().seq, events.back().seq);
    for (const Event& event : events)
      put(stream, {value_of(event.seq), std::string(name(event.type)), value_of(event.at), value_of(event.actor),
                   encode(event.data)});
  }
  template <class Event, class Type>
  std::vector<Event> since(const std::string& stream, std::optional<Type> (*type_from)(std::string_view),
                           std::uint64_t seq, std::size_t limit) {
    std::vector<Event> out;
    select(stream, seq, limit, [&](const soci::row& row) {
      Event event;
      read(value_at(row, 0), event.seq);
      event.type = stored::known(type_from(row.get<std::string>(1)));
      read(value_at(row, 2), event.at);
      read(value_at(row, 3), event.actor);
      event.data = decode_event(event.type, row.get<std::string>(4));
      out.push_back(std::move(event));
    });
    return out;
  }

 private:
  void advance(const std::string& stream, std::uint64_t first, std::uint64_t last);
  void put(const std::string& stream, Values event);
  void select(const std::string& stream, std::uint64_t seq, std::size_t limit, const UseRow& use);

  Sql& sql_;
};

}  // namespace costage::storage
